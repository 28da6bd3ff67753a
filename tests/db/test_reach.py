"""Every table whose rows lie somewhere is held to the division of whoever writes; what changed is counted cheaply and right."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.index_source import data_version, fold_changes
from geo.problems import NotAllowed
from geo.store.acts import REACH
from geo.store.engine import act, session
from geo.store.sight import SEES, whole

WEST, EAST = "331003000000", "331004000000"
WHERE = (
    "division",
    "town",
    "county",
    "road",
    "place",
    "address",
    "plate",
    "facility",
    "proposal",
    "registration",
)
"""Columns that say where a row lies."""
NOT_HELD = {
    "division": "the list of divisions itself, which the whole district keeps",
    "division_succession": "the same", "road_division": "follows its road, whose row is held", "place_code": "codes of other systems",
    "name_key": "kept by triggers from rows that are held", "number_claim": "stands beside a registration that is held",
    "number_batch_row": "stands beside addresses that are held", "cemetery_village": "which villages a site serves, beyond its own",
    "population_cell": "statistics of the whole district", "burial_count": "the same", "built_up_area": "drawn for the whole district",
    "repair_checked": "a list under repair, which no township works on", "road_finding": "the audit of the whole network",
    "exchange_term": "words of the exchange", "site_ledger_row": "a ledger of the whole district",
    "plate_sync": "what a phone sent; the plate itself is held",
}  # fmt: skip
_TABLES = text("""
    SELECT c.relname AS name, EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'check_reach') AS held
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'register' AND c.relkind = 'r' AND c.relname NOT LIKE '%\\_history'
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname = ANY (:columns))
    ORDER BY 1
""")


@pytest.fixture
def laid(database_url: str) -> None:
    """Two counties with a road, a door, a place, a plate, a meal point each: codes end in W and E."""
    with session() as db:
        act(db, actor="system", action="x")
        for code, end in ((WEST, "W"), (EAST, "E")):
            given = {"d": code, "e": end}
            for statement in (
                "INSERT INTO register.division (code, name, level) VALUES (:d, '区' || :e, 3)",
                "INSERT INTO register.road (code, name, division) VALUES ('R' || :e, '和平路', :d)",
                "INSERT INTO register.place (code, standard_name, category, division) VALUES ('P' || :e, '方山', 'A', :d)",
                "INSERT INTO register.address (code, county, handle_kind, handle_name, road, number, standard_address) "
                "VALUES ('A' || :e, :d, 'road', '和平路', 'R' || :e, '1', '和平路1号')",
                "INSERT INTO register.plate (code, address, kind, reason) VALUES ('0000000000' || CASE :e WHEN 'W' THEN '1' ELSE '2' END, "
                "'A' || :e, '小门牌', '新编')",
                "INSERT INTO register.facility (code, kind, name, division) VALUES ('F' || :e, 'meal', '食堂', :d)",
                "INSERT INTO register.meal_point (facility, tier) VALUES ('F' || :e, '老年食堂')",
                "INSERT INTO register.alias (id, alias, kind) OVERRIDING SYSTEM VALUE VALUES (CASE :e WHEN 'W' THEN 901 ELSE 902 END, '方岩', '旧称')",
                "INSERT INTO register.alias_target (alias, place) VALUES (CASE :e WHEN 'W' THEN 901 ELSE 902 END, 'P' || :e)",
            ):
                db.execute(text(statement), given)


WRITES = (
    "UPDATE register.plate SET kind = '大门牌' WHERE code = '0000000000{n}'",
    "INSERT INTO register.plate (code, address, kind, reason) VALUES ('0000000000{m}', 'A{e}', '小门牌', '换发')",
    "UPDATE register.alias SET valid_to = current_date WHERE id = 90{n}",
    "INSERT INTO register.alias_target (alias, road) VALUES (901, 'R{e}')",
    "INSERT INTO register.road_segment (road, geom) VALUES ('R{e}', ST_GeomFromText('LINESTRING(121 28, 121.1 28)', 4490))",
    "INSERT INTO register.address_point (address, kind, geom) VALUES ('A{e}', 'entrance', ST_GeomFromText('POINT(121 28)', 4490))",
    "UPDATE register.meal_point SET state = 'paused' WHERE facility = 'F{e}'",
    "INSERT INTO register.meal_hours (facility, meal, days, opens, closes, valid_from) VALUES ('F{e}', '中餐', '{{1}}', '11:00', '12:00', current_date)",
    "UPDATE register.facility SET name = '抢来的食堂' WHERE code = 'F{e}'",
)  # fmt: skip


@pytest.mark.parametrize("write", WRITES, ids=range(len(WRITES)))
def test_a_county_writes_its_own_rows_and_no_others_also_where_only_a_reference_says_where_they_lie(
    laid: None, write: str
) -> None:
    held = REACH.set("331003")
    try:
        with session() as db:
            act(db, actor="clerk", action="x")
            assert db.execute(text(write.format(e="W", n="1", m="3"))).rowcount == 1
        with pytest.raises(NotAllowed, match="辖区"), session() as db:
            act(db, actor="clerk", action="x")
            db.execute(text(write.format(e="E", n="2", m="4")))
    finally:
        REACH.reset(held)


def test_no_table_whose_rows_lie_somewhere_is_forgotten(db: Session) -> None:
    found = {row.name: row.held for row in db.execute(_TABLES, {"columns": list(WHERE)})}
    assert {"plate", "alias_target", "road_segment", "meal_hours", "registration", "facility"} <= {
        n for n, held in found.items() if held
    }
    boundary = {name for name in found if name.startswith(("boundary_", "event_", "inspection_", "field_"))}
    assert {name for name, held in found.items() if not held} - set(NOT_HELD) - boundary == set()


def test_a_report_is_taken_of_any_place_and_decided_where_it_lies(laid: None) -> None:
    held = REACH.set("331003")
    try:
        with session() as db:
            act(db, actor="clerk", action="report.take")
            db.execute(
                text(
                    "INSERT INTO register.report (kind, text, code, origin) VALUES ('other', '写错了', 'PE', 'x')"
                )
            )
        with pytest.raises(NotAllowed), session() as db:
            act(db, actor="clerk", action="report.decide")
            db.execute(text("UPDATE register.report SET text = '改过的话'"))
    finally:
        REACH.reset(held)


def test_a_question_to_the_whole_district_sees_it_and_the_range_is_back_afterwards(laid: None) -> None:
    token, count = SEES.set("331003"), text("SELECT count(*) FROM register.plate")
    try:
        with session() as db:
            assert db.scalar(count) == 1
            with whole(db):
                assert db.scalar(count) == 2
            assert db.scalar(count) == 1
    finally:
        SEES.reset(token)


def change(number: int) -> None:
    with session() as db:
        act(db, actor="system", action="x")
        db.execute(text("UPDATE register.place SET meaning = :m WHERE code = 'PW'"), {"m": str(number)})


def test_the_data_version_counts_every_change_once_however_often_it_is_folded_meanwhile(laid: None) -> None:
    with session() as db:
        before = data_version(db)
    stop, errors = threading.Event(), []

    def keep_folding() -> None:
        while not stop.is_set():
            try:
                with session() as db:
                    fold_changes(db)
            except Exception as error:
                errors.append(error)

    folders = [threading.Thread(target=keep_folding) for _ in range(2)]
    for thread in folders:
        thread.start()
    for number in range(40):
        change(number)
        with session() as db:
            assert data_version(db) == before + number + 1
    stop.set()
    for thread in folders:
        thread.join()
    with session() as db:
        fold_changes(db)
        assert db.scalar(text("SELECT count(*) FROM register.data_change")) == 1
        assert data_version(db) == before + 40
    assert errors == []


def test_a_change_that_is_open_while_the_others_are_folded_still_raises_the_version(laid: None) -> None:
    with session() as late:
        act(late, actor="system", action="x")
        late.execute(text("UPDATE register.place SET meaning = '晚' WHERE code = 'PE'"))
        with session() as db:
            before = data_version(db)
            fold_changes(db)
        with session() as db:
            assert data_version(db) == before
    with session() as db:
        assert data_version(db) == before + 1
