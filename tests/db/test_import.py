"""Files into the register: all or nothing, datum doubted, nothing twice, every refusal with its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from gazetteer.register.importing import import_file
from geo.crs import convert
from geo.problems import BadInput
from geo.store.engine import session

DIVISIONS = """区划代码,名称,级别,上级代码
330000000000,浙江省,1,
331000000000,台州市,2,330000000000
331003000000,黄岩区,3,331000000000
331003002000,南城街道,4,331003000000
331003002201,药山村,5,331003002000
"""
HEAD = "区县,镇街,街路巷,门牌号,名称,经度,纬度\n"
ROWS = [
    f"黄岩区,南城街道,横街路,{n}号,,{121.25 + n / 5000:.6f},{28.63 + n / 7000:.6f}\n" for n in range(1, 21)
]


@pytest.fixture
def folder(database_url: str, tmp_path: Path) -> Path:
    """A folder for files, with the district's divisions loaded."""
    import_file("divisions", written(tmp_path / "divisions.csv", DIVISIONS), datum="cgcs2000")
    return tmp_path


def written(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_text(content, encoding=encoding)
    return path


def count(table: str) -> int:
    with session() as db:
        return int(db.scalar(text(f"SELECT count(*) FROM register.{table}")) or 0)


def test_a_good_file_loads_with_its_doors_roads_points_and_one_batch(folder: Path) -> None:
    report = import_file(
        "addresses", written(folder / "a.csv", HEAD + "".join(ROWS)), datum="wgs84", actor="zhang"
    )
    assert (report.inserted, report.handles_made, report.exit_code) == (20, 1, 0)
    assert report.columns["road"] == "街路巷"
    assert (count("address"), count("address_point"), count("road")) == (20, 20, 1)
    with session() as db:
        assert db.scalar(text("SELECT standard_address FROM register.address WHERE number = '7'")) == (
            "浙江省台州市黄岩区南城街道横街路7号"
        )
        assert db.scalar(text("SELECT state FROM register.road")) == "未登记"
        assert db.scalar(text("SELECT DISTINCT crs_source FROM register.address")) == "wgs84"
        entries = db.execute(
            text("SELECT row_count, detail ->> 'sha256' AS hash FROM audit.entry "
                 "WHERE actor = 'zhang' AND table_name = 'register.address'")
        ).all()  # fmt: skip
    assert [(e.row_count, len(e.hash)) for e in entries] == [(20, 64)]


def test_the_same_file_again_changes_nothing(folder: Path) -> None:
    file = written(folder / "a.csv", HEAD + "".join(ROWS))
    import_file("addresses", file, datum="gcj02")
    again = import_file("addresses", file, datum="gcj02")
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 20)
    assert (count("address"), count("address_point"), count("address_history")) == (20, 20, 0)


@pytest.mark.parametrize(
    ("row", "title", "evidence"),
    [
        ("黄岩区,南城街道,横街路,,,121.25,28.63", "门牌号", "没有门牌号"),
        ("黄岩区,西城街道,横街路,9号,,121.25,28.63", "镇街", "没有“西城街道”"),
        ("黄岩区,南城街道,横街路,无,,121.25,28.63", "门牌号", "不是门牌号"),
        ("黄岩区,南城街道,横街路,3号,,121.25,28.63", "门牌号", "重复"),
        ("黄岩区,南城街道,横街路,99号,,0,0", "坐标", "不在中国"),
        ("黄岩区,南城街道,横街路,99号,,28.63,121.25", "坐标", "写反了"),
        ("黄岩区,南城街道,横街路,99号,,524500,3168000", "坐标", "与其他行的写法不同"),
        ("黄岩区,南城街道,横街路,99号,,nan,28.63", "", ""),
        ("黄岩区,南城街道,,99号,,121.25,28.63", "街路巷", "没有道路"),
    ],
)
def test_one_bad_row_refuses_the_whole_file_and_names_the_row(
    folder: Path, row: str, title: str, evidence: str
) -> None:
    file = written(folder / "a.csv", HEAD + "".join(ROWS) + row + "\n")
    with pytest.raises(BadInput, match="整个文件没有入库") as caught:
        import_file("addresses", file, datum="wgs84")
    [finding] = [f for f in caught.value.findings if f.severity == "block"]
    assert finding.row == 22
    assert title in finding.where
    assert evidence in finding.evidence
    assert finding.remedy
    assert (count("address"), count("road"), count("import_batch")) == (0, 0, 1)


def test_partial_loads_the_good_rows_and_lists_the_bad_ones_beside_the_file(folder: Path) -> None:
    file = written(folder / "a.csv", HEAD + "".join(ROWS) + "黄岩区,南城街道,横街路,无,=1+1,121.25,28.63\n")
    report = import_file("addresses", file, datum="wgs84", partial=True)
    assert (report.inserted, report.refused, report.exit_code) == (20, 1, 3)
    assert report.refused_file is not None
    listed = report.refused_file.read_text("utf-8-sig")
    assert listed.count("\n") == 2
    assert "22," in listed
    assert ",'=1+1" in listed


def test_a_dry_run_counts_and_writes_nothing(folder: Path) -> None:
    report = import_file(
        "addresses", written(folder / "a.csv", HEAD + "".join(ROWS)), datum="wgs84", dry_run=True
    )
    assert (report.inserted, report.written) == (20, False)
    assert (count("address"), count("road")) == (0, 0)


def test_an_undeclared_datum_is_refused_with_what_to_pass(folder: Path) -> None:
    with pytest.raises(BadInput) as caught:
        import_file("addresses", written(folder / "a.csv", HEAD + "".join(ROWS)))
    assert "--datum wgs84" in caught.value.remedy
    assert "没有写入任何数据" in caught.value.sentence and "暂按" not in caught.value.sentence
    assert caught.value.exit_code == 1
    assert not [f for f in caught.value.findings if f.code == "datum.undeclared"]  # it is said once
    assert count("address") == 0


def test_a_file_shifted_against_the_register_is_refused_and_its_true_datum_named(folder: Path) -> None:
    import_file("addresses", written(folder / "a.csv", HEAD + "".join(ROWS)), datum="wgs84")
    lon, lat = convert(
        [121.25 + n / 5000 for n in range(1, 21)], [28.63 + n / 7000 for n in range(1, 21)], "wgs84", "gcj02"
    )
    shifted = [
        f"横街路{n}号,食堂{n},{x:.6f},{y:.6f}\n" for n, x, y in zip(range(1, 21), lon, lat, strict=True)
    ]
    file = written(folder / "f.csv", "地址,名称,经度,纬度\n" + "".join(shifted))
    with pytest.raises(BadInput, match="一致偏移") as caught:
        import_file("facilities", file, datum="wgs84")
    assert "--datum gcj02" in caught.value.remedy
    assert import_file("facilities", file, datum="gcj02").inserted == 20


def test_swapped_axes_are_refused(folder: Path) -> None:
    rows = [f"黄岩区,南城街道,横街路,{n}号,,28.63,121.25\n" for n in range(1, 9)]
    with pytest.raises(BadInput, match="对调") as caught:
        import_file("addresses", written(folder / "a.csv", HEAD + "".join(rows)), datum="wgs84")
    assert "--map lon=纬度 --map lat=经度" in caught.value.remedy


def test_a_datum_that_the_files_name_contradicts_is_refused_until_it_is_confirmed(folder: Path) -> None:
    file = written(folder / "doors_gcj02.csv", HEAD + "".join(ROWS))
    with pytest.raises(BadInput, match="doors_gcj02") as caught:
        import_file("addresses", file, datum="wgs84")
    assert "--datum gcj02" in caught.value.remedy and "--trust-datum" in caught.value.remedy
    assert count("address") == 0
    report = import_file("addresses", file, datum="wgs84", trust_datum=True)
    assert (report.inserted, report.datum) == (20, "wgs84")
    assert [f.code for f in report.findings if f.severity == "warn"] == ["datum.hinted"]


def test_a_name_that_tells_both_datums_contradicts_none(folder: Path) -> None:
    file = written(folder / "gcj02_to_wgs84.csv", HEAD + "".join(ROWS))
    assert import_file("addresses", file, datum="wgs84").inserted == 20


def test_free_text_is_taken_apart_and_no_door_is_lost(folder: Path) -> None:
    rows = (
        "地址,户名,经度,纬度\n"
        "浙江省台州市黄岩区南城街道横街路128号,老王面馆,121.25,28.63\n"
        "黄岩区南城街道永宁路400弄10号,,121.251,28.631\n"
        "黄岩区横街路128号之1,,121.252,28.632\n"
        "黄岩区梅开苑66栋,,121.253,28.633\n"
    )
    report = import_file("addresses", written(folder / "t.csv", rows, "gb18030"), datum="wgs84")
    assert (report.inserted, report.encoding) == (4, "gb18030")
    with session() as db:
        found = db.execute(
            text("SELECT handle_kind, handle_name, number, sub, bld, town, name FROM register.address ORDER BY handle_name, sub")
        ).all()  # fmt: skip
    assert [tuple(row) for row in found] == [
        ("estate", "梅开苑", "", "", "66", None, ""),
        ("road", "横街路", "128", "", "", "331003002000", "老王面馆"),
        ("road", "横街路", "128", "1", "", None, ""),
        ("road", "永宁路", "400弄10", "", "", "331003002000", ""),
    ]


def test_two_shops_behind_one_number_are_one_door_with_two_names(folder: Path) -> None:
    rows = (
        HEAD + "黄岩区,南城街道,横街路,8号,面馆,121.25,28.63\n黄岩区,南城街道,横街路,8号,书店,121.25,28.63\n"
    )
    report = import_file("addresses", written(folder / "a.csv", rows), datum="wgs84")
    assert (report.inserted, report.refused) == (1, 0)
    assert any(f.code == "import.same-door" and f.row == 3 for f in report.findings)
    with session() as db:
        assert db.scalar(text("SELECT name FROM register.address")) == "面馆；书店"


def test_another_kind_of_file_is_refused_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(BadInput, match="不像行政区划"):
        import_file("divisions", written(folder / "a.csv", "甲,乙\n1,2\n"))
    with pytest.raises(BadInput, match="没有数据"):
        import_file("addresses", written(folder / "b.csv", HEAD))


TWINS = """区划代码,名称,级别,上级代码
110000000000,北京市,1,
110101000000,东城区,3,110000000000
110101002000,南城街道,4,110101000000
110101003000,孤名街道,4,110101000000
"""


def test_the_text_of_an_address_tells_the_county_that_its_columns_leave_out(folder: Path) -> None:
    rows = "所属镇街,所属村（社区）,道路名称,门牌号,标准地址\n南城街道,药山村,横街路,8号,浙江省台州市黄岩区南城街道横街路8号\n"
    import_file("divisions", written(folder / "twins.csv", TWINS))
    report = import_file("addresses", written(folder / "a.csv", rows))
    assert (report.inserted, report.columns["comm"]) == (1, "所属村（社区）")
    with session() as db:
        assert db.scalar(text("SELECT comm FROM register.address")) == "331003002201"


def test_a_county_said_once_holds_for_the_rows_that_name_none(folder: Path) -> None:
    import_file("divisions", written(folder / "twins.csv", TWINS))
    rows = "区县,镇街,街路巷,门牌号\n,南城街道,横街路,8号\n东城区,南城街道,横街路,8号\n"
    file = written(folder / "a.csv", rows)
    with pytest.raises(BadInput, match="没有写区县"):
        import_file("addresses", file)
    assert import_file("addresses", file, constants={"county": "黄岩区"}).inserted == 2
    with session() as db:
        counties = db.scalars(text("SELECT county FROM register.address ORDER BY county")).all()
    assert counties == ["110101000000", "331003000000"]
    with pytest.raises(BadInput, match="没有字段") as caught:
        import_file("addresses", file, constants={"countee": "黄岩区"})
    assert caught.value.exit_code == 2


def test_a_township_named_alone_is_taken_where_it_can_be_only_one(folder: Path) -> None:
    import_file("divisions", written(folder / "twins.csv", TWINS))
    once = import_file("addresses", written(folder / "a.csv", "镇街,街路巷,门牌号\n孤名街道,横街路,8号\n"))
    [said] = [f for f in once.findings if f.code == "import.county-guessed"]
    assert "全国只有一个" in said.evidence and "东城区" in said.evidence and "--set county" in said.remedy
    at_home = import_file("addresses", written(folder / "b.csv", "镇街,街路巷,门牌号\n南城街道,横街路,8号\n"))
    [said] = [f for f in at_home.findings if f.code == "import.county-guessed"]
    assert "已有地址的区县" in said.evidence and "东城区" in said.evidence


def test_refused_rows_go_to_the_working_folder_where_the_files_own_is_closed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    inner = folder / "read only"
    inner.mkdir()
    file = written(inner / "a.csv", HEAD + "".join(ROWS) + "黄岩区,南城街道,横街路,无,,121.25,28.63\n")
    # The tests may run as root, whom no mode of a folder keeps out.
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != inner)
    report = import_file("addresses", file, datum="wgs84", partial=True)
    assert report.refused_file == folder / "a.refused.csv"
    assert report.refused_file.exists()


@pytest.mark.shared
def test_the_canteens_in_gcj02_are_noticed_against_the_doors_of_the_same_city(
    database_url: str, shared_data: Path
) -> None:
    from gazetteer.register.base_data import load_base

    with session(timeout_s=0) as db:
        load_base(db)
    import_file("addresses", shared_data / "geocoding" / "reference_addresses.csv", datum="wgs84")
    with pytest.raises(BadInput) as caught:
        import_file("facilities", shared_data / "points" / "canteens_gcj02.csv")
    assert "--datum gcj02" in caught.value.remedy
    assert count("facility") == 0
    assert (
        import_file("facilities", shared_data / "points" / "canteens_gcj02.csv", datum="gcj02").inserted > 0
    )


@pytest.mark.parametrize(
    ("row", "evidence"),
    [
        (",,121.25,28.63", "地址为空"),
        ("😀😀,,121.25,28.63", "看不出地址"),
        ("شارع,,121.25,28.63", "看不出地址"),
        ("横街路1号,,121.25,28.63", "没有写区县"),
        ("黄岩区横街路1号,,121.271,", "纬度为空"),
        ("黄岩区横街路1号,,,28.63", "经度为空"),
        (f"黄岩区{'路' * 10_000}1号,,121.25,28.63", "超过上限 200 个字"),
        (f"黄岩区{'长' * 80}路1号,,121.25,28.63", "超过上限 50 个字"),
    ],
)
def test_a_row_is_told_what_is_really_wrong_with_it(folder: Path, row: str, evidence: str) -> None:
    rows = "地址,名称,经度,纬度\n黄岩区横街路2号,甲,121.251,28.631\n" + row + "\n"
    with pytest.raises(BadInput) as caught:
        import_file("addresses", written(folder / "a.csv", rows), datum="wgs84", dry_run=True)
    assert [(f.row, evidence in f.evidence) for f in caught.value.findings if f.severity == "block"] == [
        (3, True)
    ]


def test_findings_stand_in_the_order_of_the_rows(folder: Path) -> None:
    rows = (
        HEAD
        + "黄岩区,南城街道,横街路,无,,121.25,28.63\n黄岩区,南城街道,横街路,3号,,121.25,\n,,,,,121.25,28.63\n"
    )
    with pytest.raises(BadInput) as caught:
        import_file(
            "addresses", written(folder / "a.csv", rows + "黄岩区,西城街道,横街路,3号,,,\n"), datum="wgs84"
        )
    assert [f.row for f in caught.value.findings if f.severity == "block"] == [2, 3, 4, 5]


def test_a_file_without_header_and_one_of_null_bytes_and_none_at_all_are_called_so(folder: Path) -> None:
    with pytest.raises(BadInput, match="看不出哪一列是地址"):
        import_file("addresses", written(folder / "a.csv", "黄岩区横街路1号,甲\n黄岩区横街路2号,乙\n"))
    with pytest.raises(BadInput, match="只有空字节"):
        import_file("addresses", written(folder / "b.csv", "\0" * 5000))
    with pytest.raises(BadInput, match="没有文件") as caught:
        import_file("addresses", folder / "c.csv")
    assert caught.value.sentence.isascii() is False and "No such" not in caught.value.sentence


def test_a_text_without_a_number_is_kept_and_said(folder: Path) -> None:
    rows = "地址,经度,纬度\n黄岩区测试路,121.25,28.63\n黄岩区横街路2号,121.251,28.631\n"
    report = import_file("addresses", written(folder / "a.csv", rows), datum="wgs84")
    assert report.inserted == 2
    [said] = [f for f in report.findings if f.code == "import.no-number"]
    assert (said.row, said.severity) == (2, "warn") and "测试路" in said.evidence
