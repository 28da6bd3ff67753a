"""Taking an import back: the register is as before, unless something was built on the import, which is then named."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from gazetteer.register.importing import import_file, undoing
from geo.problems import Conflict, NotFound
from geo.store.engine import act, session
from tests.db.test_import import DIVISIONS, written

HEAD = "地址编码,区县,镇街,街路巷,门牌号,名称,经度,纬度\n"
IN_FORCE = text("""
    SELECT 'address', code, standard_address, name FROM register.address WHERE valid_to IS NULL
    UNION ALL SELECT 'road', code, name, state FROM register.road WHERE valid_to IS NULL
    UNION ALL SELECT 'place', code, standard_name, state || state_before FROM register.place WHERE valid_to IS NULL
    UNION ALL SELECT 'segment', id::text, road, ST_AsText(geom) FROM register.road_segment WHERE valid_to IS NULL
    UNION ALL SELECT 'point', p.address, p.kind, ST_AsText(p.geom) FROM register.address_point p
      JOIN register.address a ON a.code = p.address WHERE a.valid_to IS NULL
    ORDER BY 1, 2, 3
""")


@pytest.fixture
def folder(database_url: str, tmp_path: Path) -> Path:
    """A folder for files; the register has the district and ten doors of 横街路."""
    import_file("divisions", written(tmp_path / "divisions.csv", DIVISIONS), datum="cgcs2000")
    put(tmp_path, range(1, 11))
    return tmp_path


def row(n: int, name: str = "", shift: float = 0.0) -> str:
    return f"331003A{n:06d},黄岩区,南城街道,横街路,{n}号,{name},{121.25 + n / 5000 + shift:.6f},28.63\n"


def put(folder: Path, numbers: range, name: str = "", road: str = "横街路", shift: float = 0.0) -> int:
    content = HEAD + "".join(row(n, name, shift).replace("横街路", road) for n in numbers)
    report = import_file("addresses", written(folder / "a.csv", content), datum="cgcs2000", actor="zhang")
    assert report.batch is not None
    return report.batch


def in_force() -> list[tuple[str, ...]]:
    with session() as db:
        return [tuple(one) for one in db.execute(IN_FORCE)]


def take_back(batch: int) -> undoing.Imported:
    with session() as db:
        return undoing.take_back(db, batch, actor="zhang")


def test_a_wrong_file_is_taken_back_whole_and_the_mended_one_goes_in_under_the_same_codes(
    folder: Path,
) -> None:
    before = in_force()
    wrong = put(folder, range(6, 16), name="错名", road="恒街路", shift=0.01)
    assert in_force() != before
    seen = take_back(wrong)
    assert in_force() == before
    assert (seen.added, seen.changed) == ([("地址", 5), ("道路", 1)], [("地址", 5), ("定位点", 5)])
    with session() as db:
        said = db.execute(text("SELECT undone_by, undone_at IS NOT NULL AS done FROM register.import_batch WHERE id = :id"),
                          {"id": wrong}).one()  # fmt: skip
        assert (said.undone_by, said.done) == ("zhang", True)
        assert db.scalar(text("SELECT count(*) FROM register.address_as_of(current_date + 1)")) == 10
    with pytest.raises(Conflict, match="已经撤销过"):
        take_back(wrong)

    put(folder, range(11, 16))
    assert len([one for one in in_force() if one[0] == "address"]) == 15
    assert ("address", "331003A000011", "浙江省台州市黄岩区南城街道横街路11号", "") in in_force()


def test_a_second_import_over_the_first_is_taken_back_first(folder: Path) -> None:
    before = in_force()
    first = put(folder, range(11, 14))
    between = in_force()
    second = put(folder, range(11, 14), name="小店")
    with pytest.raises(Conflict, match=r"3 条地址之后又改过：.*横街路11号"):
        take_back(first)
    take_back(second)
    assert in_force() == between
    with pytest.raises(Conflict, match="之后又改过"):
        take_back(first)
    assert in_force() == between != before


def test_a_door_that_has_a_plate_keeps_the_import_and_is_named(folder: Path) -> None:
    batch = put(folder, range(11, 14))
    with session() as db:
        act(db, actor="li", action="plate.make")
        db.execute(
            text("INSERT INTO register.plate (code, address, kind, reason) "
                 "VALUES ('00000000001', '331003A000012', '小门牌', '新编')")
        )  # fmt: skip
    before = in_force()
    with pytest.raises(Conflict, match="1 条地址已经做了门牌：浙江省台州市黄岩区南城街道横街路12号"):
        take_back(batch)
    assert in_force() == before
    with session() as db, pytest.raises(Conflict, match="已经做了门牌"):
        undoing.ask(db, batch)


def test_places_go_back_to_the_state_they_came_from(folder: Path) -> None:
    head = "编码,标准名称,类别,状态,区划代码,含义\n"
    given = "P1,南城花苑,F,未登记,331003002000,\nP2,药山新村,F,现行,331003002000,甲\n"
    import_file("places", written(folder / "p.csv", head + given), datum="cgcs2000")
    before = in_force()
    changed = given.replace("未登记", "现行").replace("甲", "乙") + "P3,北城花苑,F,现行,331003002000,\n"
    report = import_file("places", written(folder / "p.csv", head + changed), datum="cgcs2000")
    assert report.batch is not None and (report.inserted, report.updated) == (1, 2)
    take_back(report.batch)
    assert in_force() == before
    with session() as db:
        assert db.scalar(text("SELECT meaning FROM register.place WHERE code = 'P2'")) == "甲"


def test_a_wording_that_began_on_a_day_goes_back_and_every_day_shows_what_it_showed(folder: Path) -> None:
    head = "编码,标准名称,类别,状态,区划代码,启用日期\n"
    given = "P1,南城花苑,F,现行,331003002000,2001-05-01\n"
    import_file("places", written(folder / "p.csv", head + given), datum="cgcs2000")
    days = ("2000-01-01", "2010-01-01", "2020-01-01")
    before = [named_on(day) for day in days]
    changed = given.replace("南城花苑", "北城花苑").replace("2001", "2015")
    report = import_file("places", written(folder / "p.csv", head + changed), datum="cgcs2000")
    assert report.batch is not None and [named_on(day) for day in days] == [[], ["南城花苑"], ["北城花苑"]]
    take_back(report.batch)
    assert [named_on(day) for day in days] == before == [[], ["南城花苑"], ["南城花苑"]]


def named_on(day: str) -> list[str]:
    with session() as db:
        return list(
            db.scalars(
                text("SELECT standard_name FROM register.place_as_of(CAST(:day AS date)) WHERE code = 'P1'"),
                {"day": day},
            )
        )


def test_the_line_of_a_road_comes_back_with_it(folder: Path) -> None:
    head = "编码,道路名称,区划代码,几何\n"
    first = 'R1,长街,331003002000,"LINESTRING(121.25 28.63,121.26 28.63)"\n'
    import_file("roads", written(folder / "r.csv", head + first), datum="cgcs2000")
    before = in_force()
    report = import_file(
        "roads",
        written(folder / "r.csv", head + first.replace("121.26 28.63", "121.27 28.64")),
        datum="cgcs2000",
    )
    assert report.batch is not None and in_force() != before
    take_back(report.batch)
    assert in_force() == before


def test_an_import_that_changed_nothing_and_one_that_is_not_there_say_so(folder: Path) -> None:
    same = put(folder, range(1, 11))
    with pytest.raises(Conflict, match="没有可以撤销的内容"):
        take_back(same)
    with session() as db, pytest.raises(NotFound):
        undoing.look(db, 999)
