"""Renaming, merging and giving up names: an impact list before, no address orphaned after, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.acts import add_address
from gazetteer.register.impact import orphans
from gazetteer.register.models import Address, Alias, Division, Place, Road
from gazetteer.register.renaming import impact, of_record, rename, retire
from gazetteer.register.undoing import undo
from gazetteer.road_audit.reading import old_plates
from geo.problems import BadInput, Conflict
from geo.store.engine import act

COUNTY, TOWN = "331003000000", "331003002000"
DAY = date(2024, 5, 1)
MakeRoad = Callable[..., Road]


@pytest.fixture
def make_road(db: Session) -> MakeRoad:
    """``make_road("横街路", 1, 3, 5)``: a road in 南城街道 with doors of these numbers and one line."""
    act(db, actor="test", action="set-up")
    for code, level, parent, name in (
        ("330000000000", 1, None, "浙江省"), ("331000000000", 2, "330000000000", "台州市"),
        (COUNTY, 3, "331000000000", "黄岩区"), (TOWN, 4, COUNTY, "南城街道"),
    ):  # fmt: skip
        db.add(Division(code=code, level=level, parent=parent, name=name))
        db.flush()

    def made(name: str, *numbers: int) -> Road:
        road = Road(name=name, division=TOWN, valid_from=date(1990, 1, 1))
        db.add(road)
        db.flush()
        db.execute(
            text("INSERT INTO register.road_segment (road, division, geom) VALUES "
                 "(:road, :town, ST_GeomFromText('LINESTRING(121.25 28.63, 121.26 28.63)', 4490))"),
            {"road": road.code, "town": TOWN},
        )  # fmt: skip
        for number in numbers:
            add_address(db, road=road.code, number=str(number), county=COUNTY, town=TOWN,
                        lon=121.25 + number / 1e4, lat=28.63, on_day=date(1995, 1, 1))  # fmt: skip
        return road

    return made


def texts(db: Session) -> list[str]:
    return list(
        db.scalars(text("SELECT standard_address FROM register.address WHERE valid_to IS NULL ORDER BY 1"))
    )


def test_the_impact_list_counts_before_anything_is_written(db: Session, make_road: MakeRoad) -> None:
    road = make_road("横街路", 1, 3, 5)
    make_road("横街路一巷")
    seen = impact(db, "road", road.code)
    assert seen.addresses == 3
    assert seen.sample[0].endswith("横街路1号")
    assert seen.derived == ("横街路一巷",)
    assert texts(db)[0].endswith("横街路1号")


def test_a_renamed_road_leaves_a_dated_alias_and_no_orphan(db: Session, make_road: MakeRoad) -> None:
    road = make_road("横街路", 1, 3, 5)
    done = rename(
        db, "road", road.code, "永宁路", actor="zhang", on=DAY, reason="道路改建", document="示例〔2024〕1号"
    )
    assert (done.addresses, orphans(db)) == (3, [])
    assert all("永宁路" in line for line in texts(db))
    alias = db.query(Alias).one()
    assert (alias.alias, alias.valid_from, alias.valid_to) == ("横街路", date(1990, 1, 1), DAY)
    [kept] = of_record(db, road.code)
    assert (kept.act, kept.old_name, kept.new_name, kept.reason) == ("更名", "横街路", "永宁路", "道路改建")


def test_an_undone_renaming_gives_back_name_and_doors_and_withdraws_the_alias(
    db: Session, make_road: MakeRoad
) -> None:
    road = make_road("横街路", 1, 3)
    before = texts(db)
    done = rename(db, "road", road.code, "永宁路", actor="zhang", on=DAY)
    undo(db, done.renaming, actor="li")
    assert texts(db) == before
    alias = db.query(Alias).one()
    assert alias.valid_from == alias.valid_to
    with pytest.raises(Conflict, match="已经撤销"):
        undo(db, done.renaming, actor="li")


def test_two_names_of_one_road_become_one_and_shared_doors_keep_a_pointer(
    db: Session, make_road: MakeRoad
) -> None:
    kept, losing = make_road("永宁路", 1, 3), make_road("新大路", 3, 7)
    seen = impact(db, "road", losing.code, successor=kept.code)
    assert len(seen.clashes) == 1
    done = retire(db, "road", losing.code, successor=kept.code, actor="zhang", on=DAY)
    assert [line[-6:] for line in texts(db)] == ["道永宁路1号", "道永宁路3号", "道永宁路7号"]
    ended = db.get(Address, seen.clashes[0][0])
    assert ended is not None
    assert (ended.valid_to, ended.principal) == (DAY, seen.clashes[0][1])
    assert orphans(db) == []
    undo(db, done.renaming, actor="zhang")
    assert sum("新大路" in line for line in texts(db)) == 2
    assert orphans(db) == []
    assert db.scalar(text("SELECT count(*) FROM register.road_segment WHERE valid_to IS NULL")) == 2


def test_one_number_at_two_places_is_not_taken_for_one_door(db: Session, make_road: MakeRoad) -> None:
    kept, losing = make_road("永宁路", 1), make_road("新大路", 1)
    db.execute(
        text("UPDATE register.address_point SET geom = ST_Translate(geom, 0.01, 0) WHERE address = "
             "(SELECT code FROM register.address WHERE road = :r)"), {"r": losing.code},
    )  # fmt: skip
    with pytest.raises(Conflict, match="不是同一个门"):
        retire(db, "road", losing.code, successor=kept.code, actor="zhang", on=DAY)


def test_a_name_with_doors_on_it_is_not_given_up_without_a_successor(
    db: Session, make_road: MakeRoad
) -> None:
    road = make_road("横街路", 1)
    with pytest.raises(Conflict, match="没有归属"):
        retire(db, "road", road.code, actor="zhang", on=DAY)


def test_the_line_of_a_cancelled_name_goes_on_as_an_unnamed_road(db: Session, make_road: MakeRoad) -> None:
    road = make_road("横街路")
    done = retire(db, "road", road.code, actor="zhang", on=DAY, reason="道路已不存在此名")
    assert (
        db.scalar(text("SELECT count(*) FROM register.road_segment WHERE road IS NULL AND valid_to IS NULL"))
        == 1
    )
    with pytest.raises(Conflict, match="销名不能撤销"):
        undo(db, done.renaming, actor="zhang")


def test_a_renamed_estate_takes_its_doors_and_the_auxiliary_addresses_along(
    db: Session, make_road: MakeRoad
) -> None:
    road = make_road("横街路", 5)
    estate = Place(category="F", standard_name="梅开苑", division=TOWN)
    db.add(estate)
    db.flush()
    db.execute(
        text("UPDATE register.address SET estate = :e, estate_name = '梅开苑', auxiliary_address = '黄岩区南城街道梅开苑' "
             "WHERE road = :r"), {"e": estate.code, "r": road.code},
    )  # fmt: skip
    done = rename(db, "place", estate.code, "梅香苑", actor="zhang", on=DAY)
    row = db.execute(
        text("SELECT estate_name, auxiliary_address, standard_address FROM register.address")
    ).one()
    assert done.addresses == 1
    assert row.estate_name == "梅香苑"
    assert "梅香苑" in row.auxiliary_address
    assert "横街路5号" in row.standard_address


def test_a_name_of_another_road_an_old_version_and_a_day_to_come_are_refused(
    db: Session, make_road: MakeRoad
) -> None:
    road, other = make_road("横街路"), make_road("永宁路")
    with pytest.raises(Conflict, match="已有名为"):
        rename(db, "road", road.code, other.name, actor="zhang", on=DAY)
    with pytest.raises(Conflict, match="被别人修改"):
        rename(db, "road", road.code, "新名路", actor="zhang", on=DAY, version=99)
    with pytest.raises(BadInput, match="还没有到"):
        rename(db, "road", road.code, "新名路", actor="zhang", on=date(2999, 1, 1))


def test_plates_with_the_former_name_are_found_until_they_are_replaced(
    db: Session, make_road: MakeRoad
) -> None:
    road = make_road("横街路", 1, 3)
    address = db.scalar(
        text("SELECT code FROM register.address WHERE road = :r ORDER BY code LIMIT 1"), {"r": road.code}
    )
    plate = text("INSERT INTO register.plate (code, address, kind, reason, replaces, ordered_at) "
                 "VALUES (:code, :address, 'door', :reason, :before, :at)")  # fmt: skip
    db.execute(
        plate,
        {"code": "00000000001", "address": address, "reason": "新编", "before": None, "at": date(2000, 1, 1)},
    )
    assert list(old_plates(db)) == []
    rename(db, "road", road.code, "永宁路", actor="zhang", on=DAY)
    [found] = old_plates(db)
    assert found.names == ("横街路", "永宁路") and found.detail == {"plates": 1} and found.township == TOWN
    db.execute(plate, {"code": "00000000002", "address": address, "reason": "换发", "before": "00000000001",
                       "at": datetime.now(UTC) + timedelta(days=1)})  # fmt: skip
    assert list(old_plates(db)) == []
