"""Numbers in the real register: suggested between neighbours, never given twice, written and undone in one stroke."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering import batches, claims
from gazetteer.numbering.ground import load
from gazetteer.numbering.writing import divisions_at
from gazetteer.numbering.writing_many import divisions_of
from gazetteer.plates import orders
from geo.problems import BadInput, Conflict
from geo.store.engine import translated
from tests import street

TODAY = date(2026, 11, 23)


@pytest.fixture
def road(db: Session) -> str:
    return street.lay_out(db)


def suggested(db: Session, road: str, at: str) -> str:
    return load(db, road).suggest(*street.points(at)[0]).text


def test_a_door_between_two_gets_the_number_between(db: Session, road: str) -> None:
    street.door(db, road, "2", "f")
    street.door(db, road, "6", "d")
    assert suggested(db, road, "e") == "4"
    assert suggested(db, road, "G") == "1"


def test_without_a_free_number_the_neighbour_before_gets_a_sub_number(db: Session, road: str) -> None:
    street.door(db, road, "2", "f")
    street.door(db, road, "4", "d")
    advice = load(db, road).suggest(*street.points("e")[0])
    assert (advice.number, advice.sub) == (2, 1)
    assert "没有空号" in "".join(advice.reasons)
    street.door(db, road, "2", "e", "1")
    assert suggested(db, road, "e") == "2-2"


def test_a_reserved_number_is_used_only_when_it_is_said(db: Session, road: str) -> None:
    street.door(db, road, "2", "f")
    street.door(db, road, "6", "d")
    claims.reserve(db, road, [4], actor="test", reason="空地")
    advice = load(db, road).suggest(*street.points("e")[0])
    assert (advice.text, advice.from_reserve) == ("4", True)
    with pytest.raises(Conflict, match="预留号"):
        claims.claim(db, road, "4", "", "held", actor="test")
    assert claims.claim(db, road, "4", "", "held", actor="test", use_reserved=True)


def test_a_whole_street_is_written_in_one_stroke_and_taken_back_in_one(db: Session, road: str) -> None:
    ground = load(db, road)
    points = street.points("abcdefABCDGH")
    plan = batches.plan_for(ground, points)
    assert batches.difference(ground, points, plan).new == 12
    assert db.scalar(text("SELECT count(*) FROM register.address")) == 0
    batch = batches.write_plan(db, ground, points, plan, actor="test", shown="测试", on_day=TODAY)
    numbers = set(db.scalars(text("SELECT number FROM register.address WHERE valid_to IS NULL")))
    assert numbers == {str(n) for n in range(1, 13)}
    assert batches.undo(db, batch, by="测试", on_day=TODAY) == 12
    assert db.scalar(text("SELECT count(*) FROM register.address WHERE valid_to IS NULL")) == 0
    with pytest.raises(Conflict, match="已经撤销"):
        batches.undo(db, batch, by="测试", on_day=TODAY)
    assert batches.write_plan(db, load(db, road), points, plan, actor="test", shown="测试", on_day=TODAY)


def test_an_estate_is_a_tree_from_a_pattern(db: Session, road: str) -> None:
    ground = load(db, street.estate(db))
    where = {"lon": 121.2, "lat": 28.6}
    batch = batches.write_estate(
        db, ground, "1-2幢 × 2单元 × 3层 × 2户", actor="test", shown="测试", on_day=TODAY, **where
    )
    found = list(db.scalars(text("SELECT standard_address FROM register.address ORDER BY code")))
    assert len(found) == 24
    assert "浙江省台州市黄岩区南城街道梅开苑2幢2单元302室" in found
    shown = db.scalars(
        text("SELECT standard_address FROM register.address WHERE estate IS NOT NULL ORDER BY code")
    )
    assert any(one.endswith("1幢1单元101室") for one in shown)
    assert db.scalar(text("SELECT count(*) FROM register.address_point WHERE kind = 'building'")) == 24
    with pytest.raises(Conflict, match="已经登记"), translated(), db.begin_nested():
        batches.write_estate(
            db, ground, "2幢 × 2单元 × 3层 × 2户", actor="test", shown="测试", on_day=TODAY, **where
        )
    assert batches.undo(db, batch, by="测试", on_day=TODAY) == 24


def test_a_road_without_a_line_says_so(db: Session, road: str) -> None:
    db.execute(text("UPDATE register.road_segment SET valid_to = current_date"))
    with pytest.raises(BadInput, match="线形"):
        batches.plan_for(load(db, road), street.points("ab"))


def test_the_database_itself_refuses_a_second_claim(db: Session, road: str) -> None:
    insert = text(
        "INSERT INTO register.number_claim (handle, number, state, actor) VALUES (:r, '8', 'held', 'x')"
    )
    db.execute(insert, {"r": road})
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError, match="uq_number_claim"), db.begin_nested():
        db.execute(insert, {"r": road})


def test_many_places_lie_in_the_divisions_that_each_lies_in_alone(db: Session, road: str) -> None:
    street.door(db, road, "2", "f")
    db.execute(text("UPDATE register.address SET comm = :v"), {"v": street.VILLAGE})
    db.execute(
        text("UPDATE register.division SET boundary = ST_Multi(ST_MakeEnvelope(:w, :s, :e, :n, 4490)) WHERE code = :c"),
        {"c": street.TOWN, **box_around(street.points("ab"))},
    )  # fmt: skip
    places = street.points("abfGAE")
    alone = [
        divisions_at(db, division, *place, road)
        for division in (street.TOWN, street.COUNTY)
        for place in places
    ]
    assert alone == [
        one for division in (street.TOWN, street.COUNTY) for one in divisions_of(db, division, places, road)
    ]
    assert {found[2] for found in alone} == {street.VILLAGE}


def box_around(places: list[tuple[float, float]]) -> dict[str, float]:
    (lons, lats), edge = tuple(zip(*places, strict=True)), 1e-5
    return {"w": min(lons) - edge, "e": max(lons) + edge, "s": min(lats) - edge, "n": max(lats) + edge}


def test_a_plan_whose_number_was_taken_meanwhile_writes_nothing(db: Session, road: str) -> None:
    points = street.points("abAB")
    ground = load(db, road)
    plan = batches.plan_for(ground, points)
    claims.claim(db, road, str(plan.doors[-1].number), "", "held", actor="other")
    with pytest.raises(Conflict, match="占用"):
        batches.write_plan(db, ground, points, plan, actor="test", shown="测试", on_day=TODAY)
    assert db.scalar(text("SELECT count(*) FROM register.address")) == 0


def test_the_plates_of_a_street_are_ordered_once_and_retired_with_its_batch(db: Session, road: str) -> None:
    points = street.points("abAB")
    ground = load(db, road)
    batch = batches.write_plan(
        db, ground, points, batches.plan_for(ground, points), actor="test", shown="测试", on_day=TODAY
    )
    doors = batches.addresses_of(db, batch)
    assert len(orders.order_all(db, doors, actor="test")) == 4
    assert orders.order_all(db, doors, actor="test") == []
    states = "SELECT state, count(*) FROM register.\"case\" WHERE machine = 'plate' GROUP BY 1"
    assert [tuple(row) for row in db.execute(text(states))] == [("ordered", 4)]
    batches.undo(db, batch, by="测试", on_day=TODAY)
    assert orders.retire_all(db, doors, actor="test", roles={"officer"}) == 4
    assert [tuple(row) for row in db.execute(text(states))] == [("retired", 4)]
    assert batches.difference(load(db, road), points, batches.plan_for(ground, points)).standing == ()
