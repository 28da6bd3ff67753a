"""The old population comes in by grid or by address; addresses are added up and not kept; a wrong row stops the file."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from gazetteer.service.meals.population import by_town, population, take_in
from geo.problems import BadFile, BadInput

DAY = date(2026, 6, 30)
PLACES = {
    "永宁路1号": (121.2601, 28.6501),
    "永宁路3号": (121.2605, 28.6505),
    "环城路9号": (121.2801, 28.6601),
}


def write(folder: Path, lines: str) -> Path:
    file = folder / "people.csv"
    file.write_text(lines, encoding="utf-8")
    return file


def test_a_grid_replaces_the_counts_before_and_ends_them_that_day(db, tmp_path: Path):
    head = "网格编号,经度,纬度,60岁以上,80岁以上\n"
    take_in(
        db,
        write(tmp_path, head + "A1,121.26,28.65,40,7\n"),
        on_day=date(2026, 1, 1),
        datum="cgcs2000",
        source="公安",
    )
    made = take_in(
        db,
        write(tmp_path, head + "A1,121.26,28.65,44,8\nA2,121.27,28.65,10,1\n"),
        on_day=DAY,
        datum="cgcs2000",
        source="公安",
    )
    assert (made.rows, made.cells, made.aged_60, made.missed) == (2, 2, 54, 0)
    assert population(db, DAY).aged_60.tolist() == [44, 10]
    assert population(db, date(2026, 3, 1)).aged_60.tolist() == [40]
    assert sum(row[2] for row in by_town(db, DAY)) == 54


def test_addresses_are_added_up_in_cells_and_none_is_kept(db, tmp_path: Path):
    file = write(
        tmp_path, "地址,60岁以上,80岁以上\n永宁路1号,3,1\n永宁路3号,4,0\n环城路9号,2,2\n没有这里,5,0\n"
    )
    made = take_in(db, file, on_day=DAY, datum="cgcs2000", source="社区", locate=PLACES.get)
    assert (made.rows, made.cells, made.aged_60, made.missed) == (3, 2, 9, 1)
    assert "第 5 行" in made.findings[0].where
    rows = db.execute(
        text(
            "SELECT cell, ST_X(geom) AS lon, ST_Y(geom) AS lat, aged_60 FROM register.population_cell ORDER BY aged_60"
        )
    ).all()
    assert [row.aged_60 for row in rows] == [2, 7]
    assert all((round(row.lon, 6), round(row.lat, 6)) not in PLACES.values() for row in rows)
    assert not any("路" in row.cell for row in rows)


@pytest.mark.parametrize(
    "row", ["A1,121.26,28.65,4,7", "A1,0,0,4,1", "A1,,28.65,4,1", "A1,121.26,28.65,-4,-7"]
)
def test_a_wrong_row_stops_the_whole_file_and_is_named(db, tmp_path: Path, row: str):
    file = write(tmp_path, "网格编号,经度,纬度,60岁以上,80岁以上\nA0,121.2,28.6,9,1\n" + row + "\n")
    with pytest.raises(BadFile) as refused:
        take_in(db, file, on_day=DAY, datum="cgcs2000", source="公安")
    assert refused.value.findings[0].row == 3
    assert db.scalar(text("SELECT count(*) FROM register.population_cell")) == 0


def test_a_day_before_the_counts_in_force_is_refused(db, tmp_path: Path):
    file = write(tmp_path, "网格编号,经度,纬度,60岁以上,80岁以上\nA0,121.2,28.6,9,1\n")
    take_in(db, file, on_day=DAY, datum="cgcs2000", source="公安")
    with pytest.raises(BadInput, match="早于"):
        take_in(db, file, on_day=date(2026, 1, 1), datum="cgcs2000", source="公安")
