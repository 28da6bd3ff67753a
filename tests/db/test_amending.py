"""A case that was sent back is corrected, its number follows, and what stood before is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.registration import amending, deciding, store, taking
from gazetteer.registration.clerk import PUBLIC, Clerk
from gazetteer.registration.model import Application, Person
from geo.problems import BadInput, Conflict, NotAllowed
from tests import street

CLERK = Clerk("wang", "王五", frozenset({"counter"}))
WHO = Person("个人", "张三", "", "13800000000")


@pytest.fixture
def case(db: Session) -> store.Registration:
    """Handed in from home for number 4, wanting a paper, and sent back."""
    road = street.lay_out(db)
    street.door(db, road, "2", "f")
    lon, lat = street.points("e")[0]
    given = Application(
        "新编", WHO, "网上", handle=road, number="4", lon=lon, lat=lat, materials=("identity",)
    )
    code = taking.take(db, given, PUBLIC).code
    deciding.do(db, code, "return", CLERK, "缺权属证明")
    return store.find(db, code)


def held(db: Session) -> list[str]:
    return list(db.scalars(text("SELECT number FROM register.number_claim WHERE state = 'held' ORDER BY 1")))


def test_the_applicant_corrects_fields_and_materials_and_both_versions_stay(
    db: Session, case: store.Registration
) -> None:
    known = amending.application_of(db, case)
    person = replace(known.person, name="张三丰")
    given = replace(known, number="6", materials=("identity", "title"), person=person)
    changed = amending.amend(db, case.code, given, PUBLIC, seen=case.version)
    assert changed == ("门牌号", "材料", "申请人")
    assert held(db) == ["6"], "the number that was held is free again"
    (kept,) = amending.corrections(db, case.code)
    assert kept.actor == "申请人"
    assert kept.changes == (
        ("门牌号", "4", "6"),
        ("材料", "identity", "identity、title"),
        ("申请人", "张三", "张三丰"),
    )
    deciding.do(db, case.code, "resubmit", PUBLIC)
    deciding.do(db, case.code, "accept", CLERK)
    deciding.do(db, case.code, "approve", CLERK)
    assert str(store.find(db, case.code).standard_address).endswith("横街路6号")
    said = str(
        db.execute(text("SELECT * FROM audit.entry WHERE table_name = 'register.registration_version'")).all()
    )
    assert "张三" not in said


def test_keeping_ones_own_number_is_no_double_and_nothing_changed_is_no_version(
    db: Session, case: store.Registration
) -> None:
    known = amending.application_of(db, case)
    assert amending.amend(db, case.code, known, PUBLIC, seen=case.version) == ()
    assert amending.amend(db, case.code, replace(known, note="自建房"), CLERK, seen=case.version) == ("说明",)
    assert held(db) == ["4"]
    with pytest.raises(Conflict, match="刚被别人"):
        amending.amend(db, case.code, replace(known, note="x"), CLERK, seen=case.version)


def test_a_number_that_stands_and_a_wrong_field_are_refused_as_when_it_was_taken(
    db: Session, case: store.Registration
) -> None:
    known = amending.application_of(db, case)
    with pytest.raises(BadInput, match="已经登记"):
        amending.amend(db, case.code, replace(known, number="2"), PUBLIC, seen=case.version)
    with pytest.raises(BadInput, match="电话"):
        wrong = replace(known, person=replace(known.person, phone="12"))
        amending.amend(db, case.code, wrong, PUBLIC, seen=case.version)
    assert amending.corrections(db, case.code) == []


def test_the_applicant_corrects_only_what_was_sent_back_and_nobody_what_is_decided(
    db: Session, case: store.Registration
) -> None:
    known = amending.application_of(db, case)
    deciding.do(db, case.code, "resubmit", PUBLIC)
    with pytest.raises(Conflict, match="正在办理"):
        amending.amend(db, case.code, replace(known, note="x"), PUBLIC, seen=case.version)
    with pytest.raises(NotAllowed, match="办理范围"):
        other = Clerk("li", "李四", frozenset({"counter"}), "331004000000")
        amending.amend(db, case.code, replace(known, note="x"), other, seen=case.version)
    deciding.do(db, case.code, "refuse", CLERK, "不属实")
    with pytest.raises(Conflict, match="不予办理"):
        amending.amend(db, case.code, replace(known, note="x"), CLERK, seen=case.version)
