"""PostGIS answers the naming checks as the register in memory does."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.culture import heritage
from gazetteer.naming.memory import MemoryRegister
from gazetteer.naming.model import DivisionArea, NamedPlace, Scope
from gazetteer.naming.surroundings import Surroundings
from gazetteer.proposal import name_keys, store
from gazetteer.proposal.model import Draft
from gazetteer.proposal.surroundings import PostgisRegister
from tests.naming import SQUARE
from tests.proposals import EAST, EAST_AREA, WEST, WEST_AREA, district, place, road

COUNTY_SCOPE = Scope("county", ("331003",))
TOWN_SCOPE = Scope("township", ("331003002",))
AREA_SCOPE = Scope("builtup", (), WEST_AREA.buffer(-0.0001))
PLACES = [
    NamedPlace("R1", "永宁路", "E", WEST, SQUARE.line("14"), former_names=("解放路",)),
    NamedPlace("R2", "永宁东路", "E", EAST, SQUARE.line("36")),
    NamedPlace("R3", "永宁路一巷", "E", WEST, SQUARE.line("45")),
    NamedPlace("R4", "咏宁街", "E", EAST, SQUARE.line("69"), protected="县级地方传统地名"),
    NamedPlace("P1", "永宁江", "A", WEST, SQUARE.point("7")),
    NamedPlace("P2", "九峰山", "A", WEST, SQUARE.point("5"), protected="山水地名"),
    NamedPlace("P3", "旧街里", "F", WEST, SQUARE.point("1"), state="销名"),
]
DIVISIONS = [
    DivisionArea("330000000000", "浙江省", "浙江"),
    DivisionArea("331000000000", "台州市", "台州"),
    DivisionArea("331003000000", "黄岩区", "黄岩"),
    DivisionArea(WEST, "西城街道", "西城", WEST_AREA),
    DivisionArea(EAST, "东城街道", "东城", EAST_AREA),
]


@pytest.fixture
def both(db: Session) -> tuple[Surroundings, Surroundings]:
    """The same names in memory and in the database."""
    district(db)
    for one in PLACES:
        assert one.geometry is not None
        if one.category == "E":
            road(db, one.code, one.name, one.geometry, one.division)
            if one.protected:
                heritage.add(db, "road", one.code, "地方传统地名", "县级", evidence="示例：县志")
        else:
            place(db, one.code, one.name, one.category, one.geometry, division=one.division, state=one.state,
                  heritage=one.protected)  # fmt: skip
    alias = db.execute(
        text("INSERT INTO register.alias (alias, kind) VALUES ('解放路', '路更名') RETURNING id")
    ).scalar_one()
    db.execute(text("INSERT INTO register.alias_target (alias, road) VALUES (:a, 'R1')"), {"a": alias})
    return MemoryRegister(PLACES, DIVISIONS), PostgisRegister(db, "331003")


def codes(rows: object) -> list[str]:
    return sorted(row.code for row in rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize("scope", [COUNTY_SCOPE, TOWN_SCOPE, AREA_SCOPE])
def test_names_words_and_sounds_are_found_alike_in_every_scope(
    both: tuple[Surroundings, Surroundings], scope: Scope
) -> None:
    memory, database = both
    for name in ("永宁路", "永 宁路", "旧街里", "没有路"):
        assert codes(database.same_name(name, scope)) == codes(memory.same_name(name, scope))
    for word in ("永宁", "永宁路", "永宁东"):
        assert codes(database.same_specific(word, "E", scope)) == codes(
            memory.same_specific(word, "E", scope)
        )
    keys = ["yong ning", "jiu feng"]
    assert codes(database.same_sound(keys, "E", scope)) == codes(memory.same_sound(keys, "E", scope))
    assert codes(database.roads_in("永宁路花园", scope)) == codes(memory.roads_in("永宁路花园", scope))


def test_neighbours_come_alike_and_nearest_first(both: tuple[Surroundings, Surroundings]) -> None:
    memory, database = both
    for spot in (SQUARE.point("1"), SQUARE.line("25"), SQUARE.area("5698")):
        for metres in (30.0, 250.0, 3000.0):
            assert [r.code for r in database.roads_near(spot, metres)] == [
                r.code for r in memory.roads_near(spot, metres)
            ]
            assert [r.code for r in database.places_near(spot, metres, "AC")] == [
                r.code for r in memory.places_near(spot, metres, "AC")
            ]


def test_divisions_protection_and_former_names_come_alike(both: tuple[Surroundings, Surroundings]) -> None:
    memory, database = both
    for name in ("西城花园", "黄岩东城街道", "无"):
        assert codes(database.divisions_in(name)) == codes(memory.divisions_in(name))
    assert database.divisions_in("西城花园")[0].area is not None
    for name, record in (("九峰山", ""), ("永宁江", ""), ("x", "P2"), ("咏宁街", ""), ("x", "R4")):
        assert codes(database.protected_named(name, record)) == codes(memory.protected_named(name, record))
    for name in ("解放路", "旧街里", "永宁路"):
        assert codes(database.cancelled_aliases(name, "331003")) == codes(
            memory.cancelled_aliases(name, "331003")
        )
    assert [d.name for d in database.known_divisions("331003")] == ["浙江省", "台州市", "黄岩区"]


def test_built_up_areas_and_planned_names_are_asked_too(
    db: Session, both: tuple[Surroundings, Surroundings]
) -> None:
    database = both[1]
    assert database.built_up_at(SQUARE.point("4")) is None
    db.execute(
        text("INSERT INTO register.built_up_area (name, division, geom) VALUES ('城区', :d, ST_GeomFromText(:g, 4490))"),
        {"d": WEST, "g": WEST_AREA.wkt},
    )  # fmt: skip
    found = PostgisRegister(db, "331003").built_up_at(SQUARE.line("14"))
    assert found is not None and found[0] == "城区"
    db.execute(
        text("INSERT INTO register.planned_name (name, category, division, plan, geom) "
             "VALUES ('橘乡路', 'E', :d, '方案', ST_GeomFromText(:g, 4490))"),
        {"d": WEST, "g": SQUARE.line("47").wkt},
    )  # fmt: skip
    assert [p.name for p in database.planned_at(SQUARE.point("4"), 50)] == ["橘乡路"]
    assert [p.name for p in database.planned_named("橘乡路")] == ["橘乡路"]


def test_a_renamed_road_is_found_by_its_new_name_at_once(
    db: Session, both: tuple[Surroundings, Surroundings]
) -> None:
    db.execute(text("UPDATE register.road SET name = '橘花路', version = version + 1 WHERE code = 'R1'"))
    found = PostgisRegister(db, "331003")
    assert codes(found.same_name("橘花路", COUNTY_SCOPE)) == ["R1"]
    assert codes(found.same_name("永宁路", COUNTY_SCOPE)) == []
    assert name_keys.refresh(db) == 0


def test_a_proposal_under_way_holds_its_name_but_not_against_itself(
    db: Session, both: tuple[Surroundings, Surroundings]
) -> None:
    code = store.make(
        db, Draft("E", WEST, name="橘香路", geometry=SQUARE.line("78")), actor="zhang", state="submitted"
    )
    assert codes(PostgisRegister(db, "331003").same_name("橘香路", COUNTY_SCOPE)) == [code]
    assert codes(PostgisRegister(db, "331003").roads_near(SQUARE.point("8"), 10)) == [code]
    assert codes(PostgisRegister(db, "331003", without=code).same_name("橘香路", COUNTY_SCOPE)) == []


def test_lookups_go_through_indexes(db: Session, both: tuple[Surroundings, Surroundings]) -> None:
    db.execute(
        text("INSERT INTO register.name_key (kind, code, category, name, division, state, plain, words, sounds, stale) "
             "SELECT 'place', 'X' || n, 'H', '名' || n, '331003001000', '现行', '名' || n, ARRAY['H:名' || n], "
             "ARRAY['H:ming ' || n], false FROM generate_series(1, 20000) n")
    )  # fmt: skip
    db.execute(text("SET LOCAL enable_seqscan = on"))
    for condition in (
        "plain = '永宁路'",
        "words && ARRAY['E:永宁']",
        "sounds && ARRAY['E:yong ning']",
        "stale",
    ):
        plan = "\n".join(db.scalars(text(f"EXPLAIN SELECT code FROM register.name_key k WHERE {condition}")))
        assert "Seq Scan" not in plan, plan
