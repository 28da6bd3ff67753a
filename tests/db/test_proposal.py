"""Proposals along their states: checks stop, clocks run, decisions fall, names enter the register."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import (
    application,
    batch,
    checking,
    deciding,
    entering,
    figures,
    signs,
    steps,
    store,
    voices,
)
from gazetteer.proposal.model import Draft
from geo.cases import clocks, states
from geo.problems import BadInput, Conflict, NotAllowed, NotFound, TooOften
from tests.naming import SQUARE
from tests.proposals import CLERK, DAY, EAST, WEST, district, estate, papers, place, road, segment


@pytest.fixture
def office(db: Session) -> Session:
    """The small district with a few names."""
    district(db)
    road(db, "R1", "永宁路", SQUARE.line("14"))
    place(db, "P1", "永宁江", "A", SQUARE.point("7"))
    place(db, "P2", "石门岭", "A", SQUARE.point("8"))
    return db


def noticed(db: Session, code: str) -> None:
    """Take an estate's application as far as the end of its notice."""
    papers(db, code)
    steps.simple(db, code, "submit", officer=CLERK, on=DAY)
    steps.accept(db, code, officer=CLERK, on=DAY)
    steps.check(db, code, officer=CLERK, on=DAY)
    steps.notice(db, code, officer=CLERK, on=DAY)


def test_an_estate_goes_from_the_draft_into_the_register_inside_both_clocks(office: Session) -> None:
    code = store.make(office, estate(), actor="zhang")
    noticed(office, code)
    steps.close(office, code, officer=CLERK, on=DAY + timedelta(8))
    made = deciding.opine(office, [code], officer=CLERK, on=DAY + timedelta(9))
    assert deciding.find(office, made).number == "民地名意〔2026〕1号"
    deciding.approve(office, [code], "台建地〔2026〕7号", officer=CLERK, on=DAY + timedelta(10))
    steps.file(office, code, "备2026-1", officer=CLERK, on=DAY + timedelta(14))
    entered = entering.announce(office, code, "公告2026-1", officer=CLERK, on=DAY + timedelta(18))
    row = office.execute(
        text("SELECT standard_name, category, state, valid_from, pinyin FROM register.place WHERE code = :c"),
        {"c": entered},
    ).one()
    assert tuple(row)[:4] == ("橘韵家园", "F", "现行", DAY + timedelta(10))
    kept = {c.name: c.kept for c in clocks.of_subject(office, "proposal", code)}
    assert kept == {"decision": True, "notice": True, "filing": True, "announcement": True, "signs": None}
    with pytest.raises(BadInput, match="还没有登记标志"):
        steps.sign(office, code, officer=CLERK, on=DAY + timedelta(19))
    standing(office, code)
    assert store.find(office, code).state == "signed"
    assert all(c.kept for c in clocks.of_subject(office, "proposal", code))


def standing(office: Session, code: str) -> None:
    """Order two signs and follow each of them until it stands; the last one ends the case."""
    on = DAY + timedelta(18)
    first, second = signs.order(office, code, [signs.Spot("南门"), *signs.spots(office, store.find(office, code))],
                                officer=CLERK, on=on, maker="示例标牌厂")  # fmt: skip
    assert signs.find(office, second).lon is not None
    with pytest.raises(Conflict, match="还有 2 块"):
        steps.sign(office, code, officer=CLERK, on=on)
    assert signs.move(office, first, "made", officer=CLERK, on=on, version=1).state_label == "已制作"
    with pytest.raises(Conflict, match="别人"):
        signs.move(office, first, "set", officer=CLERK, on=on, version=1)
    with pytest.raises(BadInput, match="早于"):
        signs.move(office, first, "set", officer=CLERK, on=DAY, version=2)
    signs.move(office, first, "set", officer=CLERK, on=on + timedelta(1), version=2)
    assert store.find(office, code).state == "announced"
    signs.move(office, second, "set", officer=CLERK, on=on + timedelta(1), version=1)
    with pytest.raises(BadInput, match="原因"):
        signs.move(office, second, "removed", officer=CLERK, on=on + timedelta(1), version=2)
    assert signs.count(office, signs.Filter(set_year=DAY.year)) == 2
    counted = {figure.code: figure.value for figure in figures.figures(office, DAY.year)}
    assert counted["naming.signs"] == 2
    assert [one.spot for one in signs.listed(office, signs.Filter(photo="no", state="set"))] == [
        "南门",
        "橘韵家园主入口",
    ]


def test_an_incomplete_application_is_not_taken_in_and_every_gap_is_named(office: Session) -> None:
    code = store.make(office, estate(meaning="", geometry=None), actor="zhang", state="submitted")
    with pytest.raises(BadInput, match="位置图形、含义、申请书、位置图（标明四至）、立项批准或规划许可"):
        steps.accept(office, code, officer=CLERK, on=DAY)


def test_a_refused_name_does_not_pass_and_a_warning_passes_with_a_written_reason(office: Session) -> None:
    code = store.make(office, estate("东城花园"), actor="zhang", state="submitted")
    papers(office, code)
    steps.accept(office, code, officer=CLERK, on=DAY)
    with pytest.raises(BadInput, match="1 项拦截") as refused:
        steps.check(office, code, officer=CLERK, on=DAY)
    assert {f.code for f in refused.value.findings if f.severity == "block"} == {"N13"}
    known = store.find(office, code)
    store.change(
        office,
        code,
        estate("橘韵大厦", feature="building", storeys=5, floor_area_m2=3000.0),
        version=known.version,
    )
    with pytest.raises(BadInput, match="1 项缺书面说明"):
        steps.check(office, code, officer=CLERK, on=DAY)
    known = store.find(office, code)
    given = estate(
        "橘韵大厦", feature="building", storeys=5, floor_area_m2=3000.0, reasons={"N14": "沿用规划名称"}
    )
    store.change(office, code, given, version=known.version)
    assert steps.check(office, code, officer=CLERK, on=DAY) == "checked"


def test_the_notice_ends_neither_early_nor_with_an_unanswered_comment(office: Session) -> None:
    code = store.make(office, estate(), actor="zhang")
    noticed(office, code)
    said = voices.comment(office, code, "名称很好", name="王某", contact="139", network="n1", on=DAY)
    with pytest.raises(Conflict, match="才期满"):
        steps.close(office, code, officer=CLERK, on=DAY + timedelta(7))
    with pytest.raises(Conflict, match="1 条公众意见"):
        steps.close(office, code, officer=CLERK, on=DAY + timedelta(8))
    with pytest.raises(BadInput, match="理由"):
        voices.handle(office, said, "不采纳", "", actor="zhang")
    with pytest.raises(BadInput, match="个人信息"):
        voices.handle(office, said, "采纳", "", actor="zhang", shown="名称很好，电话13800000000")
    assert voices.public_of(office, code) == (1, [])
    voices.handle(office, said, "采纳", "", actor="zhang", shown="名称很好")
    [told] = voices.public_of(office, code)[1]
    assert (told.content, told.name, told.contact) == ("名称很好", "", "")
    assert steps.close(office, code, officer=CLERK, on=DAY + timedelta(8)) == "reviewing"


def test_comments_are_slowed_down_and_end_with_the_notice(office: Session) -> None:
    code = store.make(office, estate(), actor="zhang")
    with pytest.raises(Conflict, match="公示期"):
        voices.comment(office, code, "早了", name="", contact="", network="n", on=DAY)
    noticed(office, code)
    for _ in range(voices.HOURLY):
        voices.comment(office, code, "好", name="", contact="", network="n", on=DAY)
    with pytest.raises(TooOften):
        voices.comment(office, code, "好", name="", contact="", network="n", on=DAY)


def test_a_required_step_cannot_be_left_out(office: Session) -> None:
    code = store.make(office, estate(), actor="zhang", state="submitted")
    papers(office, code)
    steps.accept(office, code, officer=CLERK, on=DAY)
    steps.check(office, code, officer=CLERK, on=DAY)
    with pytest.raises(Conflict, match="公示"):
        deciding.opine(office, [code], officer=CLERK, on=DAY)


def test_in_a_district_an_approval_needs_the_opinion_first_and_a_clerk_without_the_role_gives_none(
    office: Session,
) -> None:
    code = store.make(office, estate(), actor="zhang")
    noticed(office, code)
    steps.close(office, code, officer=CLERK, on=DAY + timedelta(8))
    on = DAY + timedelta(9)
    with pytest.raises(Conflict, match="命名意见"):
        deciding.approve(office, [code], "文号", officer=CLERK, on=on)
    with pytest.raises(NotAllowed):
        deciding.opine(office, [code], officer=steps.Officer("li", {"officer"}), on=on)


def test_a_village_is_approved_here_without_an_opinion(office: Session) -> None:
    draft = Draft("C", WEST, feature="natvil", name="桂香坪", geometry=SQUARE.point("5"), applicant="村委会",
                  reason="新建", meaning="桂花飘香")  # fmt: skip
    code = store.make(office, draft, actor="zhang", state="submitted")
    papers(office, code)
    steps.accept(office, code, officer=CLERK, on=DAY)
    steps.check(office, code, officer=CLERK, on=DAY)
    for step in ("argue", "consult"):
        steps.simple(office, code, step, officer=CLERK, on=DAY)
    steps.notice(office, code, officer=CLERK, on=DAY)
    steps.close(office, code, officer=CLERK, on=DAY + timedelta(8))
    with pytest.raises(Conflict, match="不出具意见"):
        deciding.opine(office, [code], officer=CLERK, on=DAY + timedelta(9))
    deciding.approve(office, [code], "黄政地〔2026〕1号", officer=CLERK, on=DAY + timedelta(9))
    assert deciding.find(office, str(store.find(office, code).approval)).body == "黄岩区人民政府"


def test_unnamed_roads_become_proposals_by_township_with_candidates_and_opinions(office: Session) -> None:
    lines = [SQUARE.line("12"), SQUARE.line("45"), SQUARE.line("78"), SQUARE.line("23"), SQUARE.line("56")]
    ids = [segment(office, line, division=WEST if i < 3 else EAST) for i, line in enumerate(lines)]
    codes = batch.start(office, [[one] for one in ids], actor="zhang", on=DAY)
    assert len(codes) == 5
    _, rows = batch.members(office, batch.of(office, codes[0]))
    names = [row.draft.name for row in rows]
    assert len(set(names)) == 5 and all(len(row.candidates) >= 3 for row in rows)
    assert batch.advance(office, batch.of(office, codes[0]), officer=CLERK, on=DAY) == {}
    rows = batch.members(office, batch.of(office, codes[0]))[1]
    assert [group.title for group in batch.groups(rows)] == ["西城街道", "东城街道"]
    assert len(batch.groups(rows, 3)) == 3 and len(batch.groups(rows, 1)) == 1
    made = batch.opine(office, batch.groups(rows, 3), officer=CLERK, on=DAY)
    assert [deciding.find(office, one).number for one in made] == [
        f"民地名意〔2026〕{n}号" for n in (1, 2, 3)
    ]
    with pytest.raises(BadInput, match="没有可以发起"):
        batch.start(office, [[one] for one in ids], actor="zhang", on=DAY)


def test_an_announced_lane_takes_its_segment_and_an_unregistered_road_keeps_its_doors(
    office: Session,
) -> None:
    ids = [segment(office, SQUARE.line("56"), division=EAST)]
    [code] = batch.start(office, [ids], actor="zhang", on=DAY)
    batch.advance(office, batch.of(office, code), officer=CLERK, on=DAY)
    deciding.opine(office, [code], officer=CLERK, on=DAY)
    deciding.approve(office, [code], "台政地〔2026〕1号", officer=CLERK, on=DAY)
    steps.file(office, code, "备1", officer=CLERK, on=DAY)
    entered = entering.announce(office, code, "公告1", officer=CLERK, on=DAY)
    assert (
        office.scalar(text("SELECT road FROM register.road_segment WHERE id = :i"), {"i": ids[0]}) == entered
    )
    assert {f.code: f.value for f in figures.figures(office, 2026)}["naming.unnamed-cleared"] == 1


def test_a_renaming_keeps_the_old_name_as_a_dated_alias(office: Session) -> None:
    draft = Draft("E", WEST, act="更名", name="橘源路", old_name="永宁路", record="R1", geometry=SQUARE.line("14"),
                  width_m=20.0, applicant="民政局", reason="名实不符", meaning="橘之源")  # fmt: skip
    code = store.make(office, draft, actor="zhang", state="submitted")
    steps.accept(office, code, officer=CLERK, on=DAY)
    steps.check(office, code, officer=CLERK, on=DAY)
    deciding.opine(office, [code], officer=CLERK, on=DAY)
    deciding.approve(office, [code], "台政地〔2026〕2号", officer=CLERK, on=DAY)
    steps.file(office, code, "备2", officer=CLERK, on=DAY)
    assert entering.announce(office, code, "公告2", officer=CLERK, on=DAY) == "R1"
    assert office.scalar(text("SELECT name FROM register.road WHERE code = 'R1'")) == "橘源路"
    assert office.execute(text("SELECT alias, kind, valid_to FROM register.alias")).one() == (
        "永宁路", "路更名", DAY,
    )  # fmt: skip


def test_an_application_of_the_public_is_followed_by_number_and_private_code_only(office: Session) -> None:
    receipt = application.take(office, estate(), network="n")
    assert application.follow(office, receipt.number, application.shown(receipt.code)).state == "submitted"
    for number, code in ((receipt.number, "AAAAA-AAAAA"), ("N0000000", receipt.code), (receipt.number, "")):
        with pytest.raises(NotFound, match="编号或查询码不对"):
            application.follow(office, number, code)
    with pytest.raises(BadInput, match="联系电话"):
        application.take(office, estate(phone=""), network="n")


def test_personal_data_stays_out_of_the_audit(office: Session) -> None:
    application.take(office, estate(contact="张三丰", phone="13912345678"), network="n")
    found = office.scalar(text("SELECT count(*) FROM audit.entry e WHERE e::text ~ '张三丰|13912345678'"))
    assert found == 0


def test_the_check_sheet_is_kept_with_its_rules_and_day(office: Session) -> None:
    code = store.make(office, estate(), actor="zhang", state="submitted")
    checking.keep(office, store.find(office, code), day=DAY)
    known = store.find(office, code)
    assert known.findings is not None and len(known.findings) == 23
    assert known.rules.startswith("331003@2025-06-01#") and known.pinyin == "Júyùn Jiāyuán"


def test_two_officers_on_one_version_and_a_day_ahead_are_refused(office: Session) -> None:
    code = store.make(office, estate(), actor="zhang")
    store.change(office, code, estate("橘香家园"), version=1)
    with pytest.raises(Conflict, match="已被别人修改"):
        store.change(office, code, estate("橘源家园"), version=1)
    with pytest.raises(BadInput, match="今天以后"):
        steps.simple(office, code, "submit", officer=CLERK, on=date.today() + timedelta(1))
    assert states.current(office, "proposal", code) == "draft"
