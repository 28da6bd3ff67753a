"""Renaming, registering and retiring: codes stay, the past stays, every act leaves its trace."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gazetteer.register.acts import add_address, rename_road, retire_address
from gazetteer.register.index_source import alias_rows, data_version
from gazetteer.register.models import Address, Division, Place, Road
from geo.problems import Conflict
from geo.store.engine import act

COUNTY, TOWN = "331003000000", "331003002000"


@pytest.fixture
def road(db: Session) -> Road:
    """横街路 in 南城街道 since 1990 with doors 1 to 5."""
    act(db, actor="test", action="set-up")
    for code, level, parent, name in (
        ("330000000000", 1, None, "浙江省"), ("331000000000", 2, "330000000000", "台州市"),
        (COUNTY, 3, "331000000000", "黄岩区"), (TOWN, 4, COUNTY, "南城街道"),
    ):  # fmt: skip
        db.add(Division(code=code, level=level, parent=parent, name=name))
        db.flush()
    made = Road(name="横街路", division=TOWN, valid_from=date(1990, 1, 1))
    db.add(made)
    db.flush()
    for number in range(1, 6):
        add_address(
            db, road=made.code, number=str(number), county=COUNTY, town=TOWN, lon=121.25 + number / 1e4, lat=28.63,
            on_day=date(1995, 1, 1),
        )  # fmt: skip
    db.refresh(made)
    return made


def test_a_renamed_road_keeps_its_code_and_every_door_follows_with_its_own(db: Session, road: Road) -> None:
    codes = set(db.scalars(select(Address.code)))
    done = rename_road(
        db, road.code, "永宁路", version=road.version, on_day=date(2020, 5, 1), source_doc="黄地名〔2020〕1号"
    )
    assert done.addresses == 5
    assert set(db.scalars(select(Address.code))) == codes
    assert (
        db.scalars(select(Address.standard_address).order_by(Address.number)).first()
        == "浙江省台州市黄岩区南城街道永宁路1号"
    )
    assert (done.alias.alias, done.alias.kind, done.alias.valid_to) == ("横街路", "路更名", date(2020, 5, 1))


def test_as_of_an_earlier_day_the_old_name_still_stands(db: Session, road: Road) -> None:
    rename_road(db, road.code, "永宁路", version=road.version, on_day=date(2020, 5, 1))
    asked = text("SELECT name FROM register.road_as_of(:day)")
    doors = text("SELECT standard_address FROM register.address_as_of(:day) WHERE number = '3'")
    assert db.scalars(asked, {"day": date(2020, 4, 30)}).all() == ["横街路"]
    assert db.scalars(asked, {"day": date(2020, 5, 1)}).all() == ["永宁路"]
    assert db.scalars(doors, {"day": date(2019, 1, 1)}).all() == ["浙江省台州市黄岩区南城街道横街路3号"]
    assert db.scalars(doors, {"day": date(2021, 1, 1)}).all() == ["浙江省台州市黄岩区南城街道永宁路3号"]
    assert db.scalars(doors, {"day": date(1994, 1, 1)}).all() == []


def test_the_old_name_reaches_the_index_once_with_its_dates(db: Session, road: Road) -> None:
    rename_road(db, road.code, "永宁路", version=road.version, on_day=date(2020, 5, 1))
    [row] = [row for row in alias_rows(db) if row.alias == "横街路"]
    assert (row.target_kind, row.target, row.valid_from, row.valid_to) == (
        "road", road.code, date(1990, 1, 1), date(2020, 5, 1),
    )  # fmt: skip


def test_a_decision_made_on_an_older_version_is_refused(db: Session, road: Road) -> None:
    rename_road(db, road.code, "永宁路", version=road.version, on_day=date(2020, 5, 1))
    with pytest.raises(Conflict, match="已被别人修改"):
        rename_road(db, road.code, "橘乡路", version=1, on_day=date(2021, 5, 1))


def test_a_name_that_another_road_of_the_county_bears_is_refused(db: Session, road: Road) -> None:
    db.add(Road(name="永宁路", division=COUNTY))
    db.flush()
    with pytest.raises(Conflict, match="已有名为"):
        rename_road(db, road.code, "永宁路", version=road.version, on_day=date(2020, 5, 1))


def test_a_retired_door_is_kept_and_found_as_of_before(db: Session, road: Road) -> None:
    door = db.scalars(select(Address).where(Address.number == "2")).one()
    retire_address(db, door.code, version=door.version, on_day=date(2022, 1, 1))
    found = text("SELECT count(*) FROM register.address_as_of(:day)")
    assert db.scalar(found, {"day": date(2021, 12, 31)}) == 5
    assert db.scalar(found, {"day": date(2022, 1, 1)}) == 4
    assert db.scalar(text("SELECT count(*) FROM published.address")) == 4
    # The number is free again.
    add_address(
        db, road=road.code, number="2", county=COUNTY, town=TOWN, lon=121.2, lat=28.6, on_day=date(2023, 1, 1)
    )


def test_every_write_has_an_audit_entry_and_raises_the_data_version(db: Session, road: Road) -> None:
    before = db.scalar(text("SELECT count(*) FROM audit.entry"))
    assert data_version(db) == 1  # one transaction so far
    named = act(db, actor="zhang", action="road.rename")
    rename_road(db, road.code, "永宁路", version=road.version, on_day=date(2020, 5, 1))
    entries = db.execute(
        text("SELECT actor, action, table_name FROM audit.entry WHERE act_id = :id"), {"id": named.id}
    )
    tables = [row.table_name for row in entries]
    assert tables.count("register.address") == 5
    assert {"register.road", "register.alias", "register.alias_target"} <= set(tables)
    assert (before or 0) > 0


def test_a_state_can_only_move_along_the_table_of_transitions(db: Session, road: Road) -> None:
    place = Place(category="A", standard_name="九峰山", division=COUNTY, state="现行")
    db.add(place)
    db.flush()
    place.state = "销名"
    db.flush()
    place.state = "现行"
    with pytest.raises(IntegrityError, match="fk_place_state_before_state"), db.begin_nested():
        db.flush()


def test_codes_are_opaque_distinct_and_carry_a_check_character(db: Session) -> None:
    codes = db.scalars(text("SELECT register.new_code('A') FROM generate_series(1, 20000)")).all()
    assert len(set(codes)) == 20000
    assert {len(code) for code in codes} == {10}
    assert len({code[:4] for code in codes[:100]}) > 50


def test_the_history_functions_name_every_column_in_the_tables_order(db: Session) -> None:
    for table in ("division", "place", "road", "road_segment", "address", "alias", "facility"):
        columns = db.scalars(
            text("SELECT attname FROM pg_attribute WHERE attrelid = CAST(:t AS regclass) AND attnum > 0 "
                 "AND NOT attisdropped ORDER BY attnum"), {"t": f"register.{table}"},
        ).all()  # fmt: skip
        body = db.scalar(text("SELECT prosrc FROM pg_proc WHERE proname = :name"), {"name": f"{table}_as_of"})
        assert body is not None
        listed = [name.strip() for name in body.split("FROM")[0].replace("SELECT", "").split(",")]
        assert listed == list(columns), table
