"""Boundary lines and markers go in and out like every kind, are checked on the way, and keep their history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import text

from boundary.checks import Tolerances
from boundary.exporting import export_file
from boundary.importing import import_file, steps
from gazetteer.sample import border, district, tables
from gazetteer.sample.writing import _boundary, _csv, _geojson
from geo.crs import convert
from geo.problems import BadInput
from geo.store.acts import act
from geo.store.engine import session

DIVISIONS = """区划代码,名称,级别,上级代码
330000000000,浙江省,1,
331000000000,台州市,2,330000000000
331003000000,黄岩区,3,331000000000
331082000000,临海市,3,331000000000
331024000000,仙居县,3,331000000000
"""
LINES = """界线代码,界线名称,界线等级,相邻区划,界桩数,协议日期,下次联检,geometry
HL,黄临线,县级,331003、临海市,7,1998-05-01,2028,"LINESTRING (121.00 28.70, 121.10 28.70, 121.20 28.70)"
HX,黄仙线,县级,黄岩区、仙居县,5,,2027,"LINESTRING (121.00 28.70, 121.00 28.60)"
"""
HEAD = "界桩代码,界桩编号,界桩类型,界线,序号,经度,纬度,是否公开,一号方位物名称,一号方位物方位角,一号方位物距离,所在地1\n"
MARKERS = HEAD + (
    "M0,0382ⅠQ,单立三面型,黄临线、黄仙线,0、0,121.00,28.70,是,古树,45°30′,12.5,富山乡\n"
    "M1,0382001Q,单立双面型,黄临线,1,121.05,28.70,否,,,,\n"
    "M2,0382002Q,单立双面型,HL,2,121.10,28.70,是,电杆,10,8,\n"
)


@pytest.fixture
def folder(database_url: str, tmp_path: Path) -> Path:
    """A folder for files, with four divisions and two lines loaded."""
    import_file("divisions", written(tmp_path / "d.csv", DIVISIONS), datum="cgcs2000")
    report = import_file("boundaries", written(tmp_path / "l.csv", LINES), datum="cgcs2000", actor="li")
    assert (report.inserted, report.refused) == (2, 0)
    return tmp_path


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def alarms(report: object) -> list[tuple[str, int | None]]:
    return [(f.code, f.row) for f in report.findings if f.code.startswith("marker.")]  # type: ignore[attr-defined]


def scalar(query: str) -> object:
    with session() as db:
        return db.scalar(text(query))


def test_lines_stand_with_their_sides_and_markers_on_their_lines(folder: Path) -> None:
    report = import_file("markers", written(folder / "m.csv", MARKERS), datum="cgcs2000", actor="li")
    assert (report.inserted, report.refused, alarms(report)) == (3, 0, [])
    with session() as db:
        sides = db.scalars(
            text("SELECT division FROM register.boundary_side WHERE line = 'HL' ORDER BY 1")
        ).all()
        places = db.execute(
            text("SELECT marker, line, serial FROM register.boundary_marker_line ORDER BY 1, 2")
        ).all()
        thing = db.execute(
            text("SELECT name, azimuth, distance FROM register.reference_object ORDER BY marker")
        ).first()
        kept = db.scalar(
            text("SELECT attributes ->> '所在地1' FROM register.boundary_marker WHERE code = 'M0'")
        )
    assert sides == ["331003000000", "331082000000"]
    assert [tuple(row) for row in places] == [
        ("M0", "HL", 0),
        ("M0", "HX", 0),
        ("M1", "HL", 1),
        ("M2", "HL", 2),
    ]
    assert tuple(thing or ()) == ("古树", 45.5, 12.5)
    assert kept == "富山乡"


def test_the_same_file_again_changes_nothing_and_a_changed_object_is_an_update_of_its_marker(
    folder: Path,
) -> None:
    file = written(folder / "m.csv", MARKERS)
    import_file("markers", file, datum="cgcs2000", source="原件")
    again = import_file("markers", file, datum="cgcs2000", source="原件")
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 3)
    changed = written(folder / "m.csv", MARKERS.replace("45°30′,12.5", "45°30′,13"))
    report = import_file("markers", changed, datum="cgcs2000", source="原件")
    assert (report.inserted, report.updated, report.unchanged) == (0, 1, 2)


def test_an_object_that_is_gone_is_retired_and_not_deleted(folder: Path) -> None:
    import_file("markers", written(folder / "m.csv", MARKERS), datum="cgcs2000")
    import_file("markers", written(folder / "m.csv", MARKERS.replace("电杆,10,8", ",,")), datum="cgcs2000")
    assert scalar("SELECT valid_to = current_date FROM register.reference_object WHERE marker = 'M2'") is True


@pytest.mark.parametrize(
    ("row", "title", "evidence"),
    [
        ("M3,,单立双面型,黄天线,3,121.12,28.70,,,,,", "界线代码", "没有界线“黄天线”"),
        (",,单立双面型,黄临线,3,121.12,28.70,,,,,", "界桩代码", "都是空的"),
        ("M3,,木桩,黄临线,3,121.12,28.70,,,,,", "界桩类型", "不是界桩类型"),
        ("M3,,,黄临线,3,121.12,28.70,,古树,400,5,", "方位角", "不是 0 到 360"),
        ("M3,,,黄临线,3,121.12,28.70,,,45,5,", "方位物", "没有方位物名称"),
        ("M3,,,黄临线,3,121.12,28.75,,,,,", "界线代码", "不会是这条线上的界桩"),
        ("M2,,,黄临线,3,121.12,28.70,,,,,", "界桩代码", "重复"),
    ],
)
def test_a_bad_row_refuses_the_file_and_names_the_row(
    folder: Path, row: str, title: str, evidence: str
) -> None:
    with pytest.raises(BadInput) as caught:
        import_file("markers", written(folder / "m.csv", MARKERS + row + "\n"), datum="cgcs2000")
    [finding] = [f for f in caught.value.findings if f.severity == "block"]
    assert finding.row == 5
    assert title in finding.where
    assert evidence in finding.evidence
    assert scalar("SELECT count(*) FROM register.boundary_marker") == 0


def test_b1_compares_the_form_with_the_objects_own_position(folder: Path) -> None:
    head = HEAD.replace("所在地1", "一号方位物经度,一号方位物纬度")
    # Thirty metres due north of the marker; the grid's north turns by half a degree here.
    rows = "M1,,,黄临线,1,121.05,28.70,,石,359.5,30,121.05,28.7002707\nM2,,,黄临线,2,121.10,28.70,,石,180,30,121.10,28.7002707\n"
    file = written(folder / "m.csv", head + rows)
    report = import_file("markers", file, datum="cgcs2000", dry_run=True)
    assert alarms(report) == [("marker.b1", 3)]
    assert "正好相反" in next(f.evidence for f in report.findings if f.code == "marker.b1")
    loose = steps(Tolerances(azimuth_deg=181))
    assert alarms(import_file("markers", file, datum="cgcs2000", dry_run=True, steps=loose)) == []


def test_b3_alarms_off_the_line_and_knows_that_double_markers_stand_on_the_banks(folder: Path) -> None:
    # 0.0005° is 55 m.
    rows = "M1,,单立双面型,黄临线,1,121.05,28.7005,,,,,\nM2,,同号双立,黄临线,2,121.10,28.7005,,,,,\n"
    report = import_file("markers", written(folder / "m.csv", HEAD + rows), datum="cgcs2000")
    assert alarms(report) == [("marker.b3", 2)]
    assert report.inserted == 2


def test_b4_judges_a_file_together_with_the_markers_already_there(folder: Path) -> None:
    import_file("markers", written(folder / "m.csv", MARKERS), datum="cgcs2000")
    late = HEAD + "M9,,,黄临线,9,121.02,28.70,,,,,\nM4,,,黄临线,4,121.15,28.70,,,,,\n"
    assert alarms(import_file("markers", written(folder / "n.csv", late), datum="cgcs2000")) == [
        ("marker.b4", 2)
    ]


def test_a_file_of_projected_coordinates_alone_is_placed_by_its_declared_grid(folder: Path) -> None:
    east, north = convert(121.05, 28.70, "cgcs2000", "4549")
    head = "界桩编号,关联界线,纵坐标,横坐标\n"
    rows = "".join(
        f"03820{n:02d}Q,黄临线,{float(north):.3f},{float(east) + n * 100:.3f}\n" for n in range(1, 9)
    )
    file = written(folder / "m.csv", head + rows)
    with pytest.raises(BadInput) as caught:
        import_file("markers", file)
    assert "--datum 4549" in caught.value.remedy
    assert import_file("markers", file, datum="4549").inserted == 8
    assert scalar("SELECT max(abs(ST_Y(geom) - 28.70)) < 0.0001 FROM register.boundary_marker") is True
    assert scalar("SELECT east FROM register.boundary_marker ORDER BY code LIMIT 1") == pytest.approx(
        float(east) + 100, abs=0.001
    )


def test_exchanged_axes_and_projected_columns_that_disagree_are_noticed(folder: Path) -> None:
    swapped = (
        MARKERS.replace(",121.", ",x.")
        .replace(",28.70", ",121.05")
        .replace(",x.00", ",28.70")
        .replace(",x.05", ",28.70")
        .replace(",x.10", ",28.70")
    )
    with pytest.raises(BadInput, match="对调"):
        import_file("markers", written(folder / "m.csv", swapped), datum="cgcs2000")
    east, north = (float(v) for v in convert(121.05, 28.70, "cgcs2000", "4549"))
    both = f"界桩编号,界线,经度,纬度,纵坐标,横坐标\n1,黄临线,121.05,28.70,{east:.2f},{north:.2f}\n"
    report = import_file("markers", written(folder / "b.csv", both), datum="cgcs2000", dry_run=True)
    assert alarms(report) == [("marker.projected", 2)]
    off = both.replace(f"{east:.2f},{north:.2f}", f"{north:.2f},{east + 4:.2f}")
    report = import_file("markers", written(folder / "b.csv", off), datum="cgcs2000", dry_run=True)
    assert "4.0 米" in next(f.evidence for f in report.findings if f.code == "marker.projected")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "gpkg", "zip"])
def test_what_is_exported_is_imported_unchanged(folder: Path, ending: str) -> None:
    import_file("boundaries", folder / "l.csv", datum="cgcs2000", source="原件")
    import_file("markers", written(folder / "m.csv", MARKERS), datum="cgcs2000", source="原件")
    for kind in ("boundaries", "markers"):
        file = folder / f"out-{kind}.{ending}"
        assert export_file(kind, file).rows == {"boundaries": 2, "markers": 3}[kind]
        back = import_file(kind, file, datum="cgcs2000", source="原件")
        assert (back.inserted, back.updated, back.refused) == (0, 0, 0)


def test_a_new_wording_keeps_the_old_one_as_it_was_on_its_day(folder: Path) -> None:
    import_file("markers", written(folder / "m.csv", MARKERS), datum="cgcs2000")
    with session() as db:
        act(db, actor="li", action="marker.repair")
        db.execute(
            text(
                "UPDATE register.boundary_marker SET state = '已修复', valid_from = '2024-06-01' WHERE code = 'M1'"
            )
        )
    then = "SELECT state FROM register.boundary_marker_as_of('{}') WHERE code = 'M1'"
    assert (scalar(then.format("2024-05-31")), scalar(then.format("2024-06-01"))) == ("完好", "已修复")


def test_the_columns_as_of_a_day_are_the_tables_own(database_url: str) -> None:
    for table in ("boundary_line", "boundary_marker", "reference_object"):
        with session() as db:
            assert db.execute(text(f"SELECT * FROM register.{table}_as_of(current_date)")).all() == []
            same = db.scalar(
                text("SELECT array_agg(a.attname ORDER BY a.attnum) = (SELECT array_agg(h.attname ORDER BY h.attnum) "
                     "FROM pg_attribute h WHERE h.attrelid = CAST(:h AS regclass) AND h.attnum > 0 AND h.attname NOT LIKE 'superseded%') "
                     "FROM pg_attribute a WHERE a.attrelid = CAST(:t AS regclass) AND a.attnum > 0"),
                {"t": f"register.{table}", "h": f"register.{table}_history"},
            )  # fmt: skip
            body = db.scalar(text(f"SELECT prosrc FROM pg_proc WHERE proname = '{table}_as_of'"))
            columns = db.scalars(text("SELECT attname FROM pg_attribute WHERE attrelid = CAST(:t AS regclass) AND attnum > 0 "
                                      "ORDER BY attnum"), {"t": f"register.{table}"}).all()  # fmt: skip
        assert same
        said = str(body).split("SELECT ")[1].split("FROM")[0]
        assert [name.strip() for name in said.split(",")] == list(columns)


@pytest.fixture(scope="module")
def sample(
    clone: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The sample's line and markers as the sample's own script writes them."""
    folder = tmp_path_factory.mktemp("sample")
    drawn = district.draw(300, 331003)
    _geojson(folder / "boundaries.geojson", _boundary())
    _csv(folder / "markers.csv", tables.marker_rows(drawn))
    with clone():
        import_file("divisions", written(folder / "d.csv", DIVISIONS), datum="cgcs2000")
        yield folder


def test_the_samples_line_and_markers_load_without_a_mapping_and_without_an_alarm(sample: Path) -> None:
    line = import_file("boundaries", sample / "boundaries.geojson", datum="cgcs2000")
    markers = import_file("markers", sample / "markers.csv", datum="cgcs2000")
    assert (line.inserted, markers.inserted, markers.refused) == (1, border.MARKERS + 1, 0)
    assert [f.sentence() for f in markers.findings if f.severity != "inform"] == []
    assert scalar(
        "SELECT count(*) FROM register.reference_object WHERE made_up AND geom IS NOT NULL"
    ) == 3 * (border.MARKERS + 1)
