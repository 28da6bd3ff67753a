"""From application to register: searched before made, held while open, written when approved, answered by the successor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.registration import deciding, importing, looking, papers, store, taking
from gazetteer.registration.clerk import Clerk
from gazetteer.registration.model import Application, Person
from geo.cases import clocks, states
from geo.documents import pdf, word
from geo.files import read_table, write_table
from geo.problems import BadInput, Conflict, NotAllowed, NotFound
from tests import street

CLERK = Clerk("wang", "王五", frozenset({"counter"}))
WHO = Person("个人", "张三", "", "13800000000", "浙（2026）黄岩不动产权第001号")
PAPERS = ("identity", "title")


@pytest.fixture
def road(db: Session) -> str:
    code = street.lay_out(db)
    street.door(db, code, "2", "f")
    street.door(db, code, "6", "d")
    street.door(db, code, "1", "H")
    return code


def new(road: str, at: str = "e", number: str = "4", **more: object) -> Application:
    lon, lat = street.points(at)[0]
    given = Application("新编", WHO, handle=road, number=number, lon=lon, lat=lat, materials=PAPERS)
    return replace(given, **more)  # type: ignore[arg-type]


def approved(db: Session, given: Application) -> store.Registration:
    code = taking.take(db, given, CLERK).code
    deciding.do(db, code, "approve", CLERK)
    return store.find(db, code)


def standard(db: Session, code: str | None) -> str:
    return looking.address_of(db, code or "")[0]


def test_an_approved_number_is_an_address_with_a_point_a_plate_order_and_a_paper(
    db: Session, road: str
) -> None:
    case = approved(db, new(road))
    assert standard(db, case.result) == "浙江省台州市黄岩区南城街道横街路4号"
    assert (
        db.scalar(text("SELECT count(*) FROM register.address_point WHERE address = :c"), {"c": case.result})
        == 1
    )
    assert (
        db.scalar(text("SELECT reason FROM register.plate WHERE address = :c"), {"c": case.result}) == "新编"
    )
    made = papers.paper(db, case.code, "黄岩区民政局")
    assert made.title == "门牌证" and pdf(made).startswith(b"%PDF") and len(word(made)) > 5000


def test_the_same_number_is_not_registered_twice_not_even_while_the_first_is_open(
    db: Session, road: str
) -> None:
    first = taking.take(db, new(road), CLERK).code
    with pytest.raises(BadInput, match="在办") as refused:
        taking.take(db, new(road), CLERK)
    assert first in str(refused.value.findings)
    deciding.do(db, first, "approve", CLERK)
    with pytest.raises(BadInput, match="已经登记"):
        taking.take(db, new(road), CLERK)


def test_a_refused_case_gives_its_number_free(db: Session, road: str) -> None:
    first = taking.take(db, new(road), CLERK).code
    with pytest.raises(BadInput, match="理由"):
        deciding.do(db, first, "refuse", CLERK)
    deciding.do(db, first, "refuse", CLERK, "材料不实")
    assert approved(db, new(road)).state == "approved"


def test_the_wrong_side_a_door_at_the_place_and_missing_papers_are_told_but_do_not_block(
    db: Session, road: str
) -> None:
    found = taking.findings(db, new(road, at="d", number="7", materials=()))
    assert {f.code for f in found} == {"registration.side", "registration.near", "registration.materials"}
    assert {f.severity for f in found} == {"warn"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "十二"}, "number"),
        ({"number": ""}, "number"),
        ({"sub": "x"}, "sub"),
        ({"postcode": "31802"}, "postcode"),
        ({"plate_size": "特大"}, "plate_size"),
        ({"person": Person(name="")}, "applicant"),
        ({"person": Person(name="张三", phone="123")}, "phone"),
        ({"person": Person(name="张三", id_number="330101199001010000")}, "id_number"),
        ({"handle": ""}, "handle"),
        ({"kind": "证明"}, "address"),
    ],
)
def test_each_wrong_field_is_named(db: Session, road: str, change: dict[str, object], code: str) -> None:
    found = [f for f in taking.findings(db, new(road, **change)) if f.severity == "block"]
    assert f"registration.{code}" in {f.code for f in found}


def test_a_changed_number_leads_from_the_old_door_to_the_new_one(db: Session, road: str) -> None:
    old = db.scalar(text("SELECT code FROM register.address WHERE number = '6'"))
    case = approved(db, replace(new(road, at="d", number="8"), kind="变更", address=str(old)))
    assert standard(db, case.result).endswith("横街路8号")
    assert looking.successor(db, str(old)) == (case.result, standard(db, case.result))
    assert not looking.address_of(db, str(old))[1]
    assert (
        db.scalar(text("SELECT count(*) FROM register.alias WHERE alias = '横街路6号' AND kind = '旧门牌'"))
        == 1
    )
    third = approved(db, replace(new(road, at="d", number="10"), kind="变更", address=str(case.result)))
    assert looking.successor(db, str(old)) == (third.result, standard(db, third.result))


def test_a_proof_feeds_the_aliases_once(db: Session, road: str) -> None:
    one = db.scalar(text("SELECT code FROM register.address WHERE number = '1'"))
    given = Application(
        "证明", WHO, address=str(one), same_as=("城关镇后街12号", "横街1号"), materials=PAPERS
    )
    case = approved(db, given)
    approved(db, given)
    rows = db.execute(text("SELECT alias, kind FROM register.alias ORDER BY alias")).all()
    assert [tuple(r) for r in rows] == [("城关镇后街12号", "同一不动产"), ("横街1号", "同一不动产")]
    made = papers.paper(db, case.code, "黄岩区民政局")
    assert "指向同一不动产" in str(made.blocks) and "张三" in str(made.blocks)


def test_an_ended_door_frees_its_number_and_its_plate(db: Session, road: str) -> None:
    case = approved(db, new(road))
    gone = approved(db, Application("注销", WHO, address=str(case.result), materials=PAPERS))
    assert gone.result == case.result
    assert not looking.address_of(db, str(case.result))[1]
    assert states.current(db, "plate", str(db.scalar(text("SELECT code FROM register.plate")))) == "retired"
    with pytest.raises(Conflict, match="没有可打印"):
        papers.paper(db, gone.code, "x")
    assert approved(db, new(road)).state == "approved"


def test_replacing_a_plate_leaves_the_address_as_it_is(db: Session, road: str) -> None:
    one = str(db.scalar(text("SELECT code FROM register.address WHERE number = '1'")))
    case = approved(db, Application("换发", WHO, address=one, materials=PAPERS))
    assert case.result == one and looking.address_of(db, one)[1]
    assert db.scalar(text("SELECT reason FROM register.plate")) == "换发"


def test_a_clock_of_ten_working_days_runs_from_acceptance_and_stops_with_the_decision(
    db: Session, road: str
) -> None:
    case = taking.take(db, new(road), CLERK, on=date(2026, 11, 23))
    [clock] = clocks.of_subject(db, "registration", case.code)
    assert (clock.due_on, clock.days, clock.basis) == (date(2026, 12, 7), 10, "working")
    deciding.do(db, case.code, "approve", CLERK, on=date(2026, 11, 24))
    assert clocks.of_subject(db, "registration", case.code)[0].kept


def test_the_public_submits_follows_with_its_code_and_nobody_else_can(db: Session, road: str) -> None:
    from gazetteer.registration.clerk import PUBLIC

    taken = taking.take(db, new(road, channel="网上"), PUBLIC)
    assert states.current(db, "registration", taken.code) == "submitted"
    assert store.follow(db, taken.code, taken.private).code == taken.code
    with pytest.raises(NotFound, match="查询码"):
        store.follow(db, taken.code, "00000000" if taken.private != "00000000" else "1")
    with pytest.raises(NotAllowed):
        deciding.do(db, taken.code, "accept", PUBLIC)
    deciding.do(db, taken.code, "accept", CLERK)
    deciding.do(db, taken.code, "return", CLERK, "缺位置图")
    deciding.do(db, taken.code, "resubmit", PUBLIC)
    deciding.do(db, taken.code, "withdraw", PUBLIC)
    assert approved(db, new(road)).state == "approved"


def test_a_clerk_of_another_district_is_refused(db: Session, road: str) -> None:
    other = Clerk("li", "李四", frozenset({"counter"}), "331004000000")
    with pytest.raises(NotAllowed, match="办理范围"):
        taking.take(db, new(road), other)
    at_home = Clerk("li", "李四", frozenset({"counter"}), "331003000000")
    assert taking.take(db, new(road), at_home).code


def test_the_audit_tells_of_the_applicant_without_saying_who(db: Session, road: str) -> None:
    taking.take(db, new(road), CLERK)
    said = str(db.execute(text("SELECT * FROM audit.entry WHERE table_name LIKE '%registration%'")).all())
    assert "registration_person" in said
    assert "张三" not in said and "13800000000" not in said and "不动产权第001号" not in said


def test_a_village_house_gets_the_next_number_of_its_village(db: Session, road: str) -> None:
    village = street.village(db)
    case = approved(db, new(village, number="1"))
    assert standard(db, case.result) == "浙江省台州市黄岩区南城街道塔山村上洋头1号"
    assert taking.suggested(db, new(village, number="")).number == "2"


def test_an_imported_batch_is_taken_back_whole_cases_plates_and_numbers(
    db: Session, road: str, tmp_path: Path
) -> None:
    file = tmp_path / "门牌.csv"
    write_table(file, {"道路": ["横街路"] * 2, "门牌号": ["31", "33"], "申请人": ["甲", "乙"]})
    batch = importing.write(db, importing.check(db, read_table(file)), CLERK, name="门牌.csv")
    cases = [c for c in store.listed(db, q="横街路3") if c.batch == batch]
    with pytest.raises(BadInput, match="不能撤销"):
        deciding.do(db, cases[0].code, "undo", CLERK)
    assert importing.undo(db, batch, CLERK, on=date.today()) == 2
    assert {store.find(db, c.code).state for c in cases} == {"withdrawn"}
    assert not db.scalar(text("SELECT count(*) FROM register.plate WHERE retired_at IS NULL"))
    assert importing.check(db, read_table(file)).refused == 0


def test_a_batch_that_also_ended_doors_is_not_taken_back_unseen(
    db: Session, road: str, tmp_path: Path
) -> None:
    one = str(db.scalar(text("SELECT code FROM register.address WHERE number = '1'")))
    file = tmp_path / "注销.csv"
    write_table(file, {"办理类型": ["注销"], "地址编码": [one], "申请人": ["甲"]})
    batch = importing.write(db, importing.check(db, read_table(file)), CLERK, name="注销.csv")
    with pytest.raises(Conflict, match="1件注销"):
        importing.undo(db, batch, CLERK, on=date.today())
