"""What goes out comes in again unchanged, whatever the kind and the format."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest

from gazetteer.register.exporting import export_file
from gazetteer.register.importing import import_file
from geo.files import read_table, write_table

FILES = {
    "divisions": "区划代码,名称,级别,上级代码,类型,拼音\n330000000000,浙江省,1,,省,zhe jiang\n331000000000,台州市,2,330000000000,市,tai zhou\n"
    "331003000000,黄岩区,3,331000000000,区,huang yan\n331003002000,南城街道,4,331003000000,街道,nan cheng\n",
    "places": "标准名称,专名,通名,类别,区划代码,来历,状态,启用日期,经度,纬度,示例数据\n"
    "永宁江,永宁,江,A,331003000000,因永宁县得名,现行,1985-03-01,121.26,28.65,是\n九峰山,九峰,山,A,331003000000,,现行,,121.29,28.66,\n",
    "roads": "编码,道路名称,道路等级,宽度,区划代码,geometry\n"
    'R1,横街路,支路,12.5,331003002000,"LINESTRING (121.25 28.63, 121.251 28.631)"\n'
    'R1,横街路,支路,12.5,331003002000,"LINESTRING (121.251 28.631, 121.252 28.631)"\n'
    ',,巷弄,,331003002000,"LINESTRING (121.26 28.64, 121.261 28.641)"\n',
    "addresses": "区县,镇街,街路巷,门牌号,附号,小区,幢,室,名称,启用日期,经度,纬度\n"
    "黄岩区,南城街道,横街路,128号,1,梅开苑,66,301,老王面馆,1999-01-01,121.2501234,28.6301234\n"
    "黄岩区,南城街道,横街路,400弄10号,,,,,,,121.25,28.63\n",
    "facilities": "设施种类,名称,类别,区划代码,地址,容量,电话,经度,纬度,供餐\n"
    "助餐点,南城食堂,老年食堂,331003002000,黄岩区南城街道横街路400弄10号,52,0576-84120000,121.25,28.63,早中晚\n",
    "aliases": "别名,别名种类,对象种类,对象编码,停用日期,依据文件\n城关路,俗称,道路,R1,2001-01-01,黄政〔2001〕3号\n",
}
FORMATS = ("csv", "xlsx", "geojson", "gpkg", "zip")
CASES = [
    (kind, ending) for kind in FILES for ending in FORMATS if kind != "aliases" or ending in ("csv", "xlsx")
]


@pytest.fixture(scope="module")
def register(
    clone: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A small register of every kind of record."""
    folder = tmp_path_factory.mktemp("files")
    with clone():
        for kind, content in FILES.items():
            (folder / f"{kind}.csv").write_text(content, encoding="utf-8")
            report = import_file(kind, folder / f"{kind}.csv", datum="cgcs2000", source="原件")
            assert report.exit_code == 0
        yield folder


@pytest.mark.parametrize(("kind", "ending"), CASES)
def test_what_is_exported_is_imported_unchanged(register: Path, kind: str, ending: str) -> None:
    file = register / f"out-{kind}.{ending}"
    written = export_file(kind, file)
    report = import_file(kind, file, datum="cgcs2000", source="原件")
    assert written.rows > 0
    assert (report.inserted, report.updated, report.refused) == (0, 0, 0)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_says_over_its_positions_in_which_datum_they_are_and_is_believed(
    register: Path, ending: str
) -> None:
    file = register / f"stated.{ending}"
    export_file("addresses", file)
    report = import_file("addresses", file, source="原件")
    assert (report.inserted, report.updated, report.refused) == (0, 0, 0)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_no_field_has_its_own_column_and_stays_when_a_file_does_not_speak_of_it(
    register: Path, ending: str
) -> None:
    file = register / f"whole.{ending}"
    export_file("facilities", file)
    columns = read_table(file).columns
    assert "其他属性" not in columns and any(columns["供餐"])
    few_columns = [
        name for name in columns if name in ("编码", "设施种类", "名称", "区划代码", "地址", "电话")
    ]
    few = register / f"few.{ending}"
    write_table(few, {name: columns[name] for name in few_columns})
    assert import_file("facilities", few, source="原件").updated == 0
    emptied = {**columns, "供餐": [None] * len(columns["供餐"])}
    write_table(few, emptied)
    assert import_file("facilities", few, datum="cgcs2000", source="原件").updated == 1
    assert import_file("facilities", file, datum="cgcs2000", source="原件").updated == 1, (
        "and the whole file puts it back"
    )


def test_another_datum_goes_out_and_comes_back_to_the_millimetre(register: Path) -> None:
    file = register / "gcj.csv"
    export_file("addresses", file, datum="gcj02")
    assert "121.2501234" not in file.read_text("utf-8-sig")
    report = import_file("addresses", file, datum="gcj02", source="原件", dry_run=True)
    assert (report.inserted, report.refused) == (0, 0)


def test_sample_rows_say_so_and_so_does_the_file(register: Path) -> None:
    file = register / "marked.csv"
    assert export_file("places", file).made_up == 1
    head, *rows = file.read_text("utf-8-sig").splitlines()
    assert "示例数据" in head
    assert "数据说明" in head
    assert sum("示例数据：" in row for row in rows) == len(rows)


def test_as_of_a_day_before_its_beginning_a_record_is_not_there(register: Path) -> None:
    assert export_file("places", register / "old.csv", as_of=date(1980, 1, 1)).rows == 2
    assert export_file("places", register / "new.csv").rows == 3


def test_divisions_go_out_by_name_with_their_code_beside_them(register: Path) -> None:
    file = register / "named.csv"
    report = export_file("addresses", file)
    head, first, *_ = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    cells = dict(zip(head, first, strict=True))
    assert (cells["区县"], cells["镇街"], cells["行政区划代码"]) == ("黄岩区", "南城街道", "331003002000")
    assert "CGCS2000" in report.sentence()
    export_file("roads", file)
    head, first, *_ = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    cells = dict(zip(head, first, strict=True))
    assert (cells["区县"], cells["镇街"], cells["区划代码"]) == ("黄岩区", "南城街道", "331003002000")
