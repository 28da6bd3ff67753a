"""Events of a line go along their chain with the other side; who may see which line; papers from the records."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdf
import pytest
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary import access, events, papers, rounds
from boundary.checks import Tolerances
from boundary.figures import figures
from boundary.papers import queue
from boundary.reading_log import note_read
from geo.cases import clocks
from geo.documents import pdf
from geo.problems import BadInput, Conflict, NotAllowed, NotFound
from geo.store.acts import act
from geo.store.engine import session
from tests import walked
from tests.walked import DAY, HUANGYAN, LINHAI, ROLES, XIANJU

SITE = shapely.box(121.04, 28.699, 121.05, 28.701)


@pytest.fixture
def db(database_url: str, tmp_path: Path) -> Iterator[Session]:
    """A unit of work over three lines that meet."""
    walked.three_lines(tmp_path)
    with session() as opened:
        act(opened, actor="li", action="event.test")
        yield opened


def move(db: Session, code: str, step: str, **more: str) -> str:
    return events.move(db, code, step, actor="li", roles=ROLES, on=DAY, **more)  # type: ignore[arg-type]


def verified(db: Session, code: str, *sides: str) -> None:
    events.take_part(db, code, division=LINHAI, part="通报", on=DAY)
    move(db, code, "tell")
    for side in sides:
        events.take_part(db, code, division=side, part="核实", on=DAY, person="某")
    move(db, code, "verify")


def test_the_side_that_found_it_tells_the_others_and_not_itself(db: Session) -> None:
    with pytest.raises(BadInput, match="发现方"):
        events.report(
            db, line="HL", kind="界桩损坏", found_on=DAY, actor="li", marker="M1", found_side=XIANJU
        )
    code = events.report(
        db, line="HL", kind="界桩损坏", found_on=DAY, actor="li", marker="M0", found_side=HUANGYAN
    )
    with pytest.raises(BadInput, match="黄岩区是发现方，通报要发给对方"):
        events.take_part(db, code, division=HUANGYAN, part="通报", on=DAY)
    events.take_part(db, code, division=LINHAI, part="通报", on=DAY)
    with pytest.raises(Conflict, match="还没有登记通报仙居县"):
        move(db, code, "tell")
    events.take_part(db, code, division=XIANJU, part="通报", on=DAY)
    assert move(db, code, "tell") == "told"


def test_a_repair_without_the_other_sides_witness_is_not_accepted(db: Session) -> None:
    code = events.report(db, line="HL", kind="界桩损坏", found_on=DAY, actor="li", marker="M1")
    verified(db, code, HUANGYAN, LINHAI)
    with pytest.raises(Conflict, match="临海市到场见证") as refused:
        move(db, code, "handle", note="扶正浇筑", responsible=HUANGYAN)
    assert refused.value.code == "B7"
    events.take_part(db, code, division=LINHAI, part="见证", on=DAY, person="王丙")
    assert move(db, code, "handle", note="扶正浇筑", responsible=HUANGYAN) == "handled"
    assert move(db, code, "file") == "filed"
    assert move(db, code, "archive") == "archived"
    done = events.find(db, code)
    assert (done.handling, done.handled_on, done.responsible_name) == ("扶正浇筑", DAY, "黄岩区")


def test_at_a_tri_point_both_other_sides_must_witness(db: Session) -> None:
    code = events.report(db, line="HL", kind="字迹不清", found_on=DAY, actor="li", marker="M0")
    verified(db, code, HUANGYAN, LINHAI, XIANJU)
    events.take_part(db, code, division=LINHAI, part="见证", on=DAY, person="王")
    with pytest.raises(Conflict, match="仙居县"):
        move(db, code, "handle", note="描红", responsible=HUANGYAN)


def test_construction_across_the_line_needs_the_consent_of_both(db: Session) -> None:
    with pytest.raises(BadInput):
        events.report(db, line="HL", kind="跨界建设", found_on=DAY, actor="li")
    code = events.report(db, line="HL", kind="跨界建设", found_on=DAY, actor="li", shape=SITE)
    [near] = events.near_lines(db, SITE, Tolerances())
    assert (near.code, near.nearness.crosses) == ("HL", True)
    assert events.near_lines(db, shapely.box(121.04, 28.71, 121.05, 28.72), Tolerances()) == []
    verified(db, code, HUANGYAN, LINHAI)
    events.take_part(db, code, division=HUANGYAN, part="同意", on=DAY, document="黄民函〔2026〕1号")
    with pytest.raises(Conflict, match="临海市的同意文件"):
        move(db, code, "handle", note="同意建设")
    events.take_part(db, code, division=LINHAI, part="同意", on=DAY, document="临民函〔2026〕2号")
    assert move(db, code, "handle", note="同意建设") == "handled"


def test_no_step_without_what_the_other_side_owes(db: Session) -> None:
    code = events.report(db, line="HL", kind="河流改道", found_on=DAY, actor="li")
    with pytest.raises(Conflict):
        move(db, code, "tell")
    with pytest.raises(NotAllowed):
        events.take_part(db, code, division=XIANJU, part="通报", on=DAY)
    with pytest.raises(BadInput):
        events.take_part(db, code, division=LINHAI, part="见证", on=DAY)
    events.take_part(db, code, division=LINHAI, part="通报", on=DAY)
    move(db, code, "tell")
    [clock] = clocks.of_subject(db, events.MACHINE, code)
    assert clock.stopped_on == DAY
    with pytest.raises(Conflict, match="黄岩区、临海市还没有到场核实"):
        move(db, code, "verify")


@dataclass
class Inspector:
    division_code: str | None
    roles: frozenset[str] = frozenset({"public", "inspector"})
    name: str = "somebody"


def test_an_inspector_sees_the_lines_of_the_own_county_only(db: Session) -> None:
    assert access.lines_for(db, Inspector(XIANJU)) == ["HX", "LX"]
    assert access.may_see(db, Inspector(LINHAI), "HL") and not access.may_see(db, Inspector(XIANJU), "HL")
    assert access.may_see_marker(db, Inspector(XIANJU), "M0")
    assert not access.may_see_marker(db, Inspector(XIANJU), "M1")
    assert access.lines_for(db, Inspector(None)) == []
    with pytest.raises(NotFound):
        access.check_line(db, Inspector(XIANJU), "HL")
    with pytest.raises(NotFound):
        access.check_marker(db, Inspector("331004000000"), "M0")


def test_an_account_on_a_team_sees_its_rounds_line_until_it_is_taken_off_or_the_round_is_archived(
    db: Session,
) -> None:
    code = rounds.plan(db, "HL", 2026, actor="li", on=DAY).code
    for side in (HUANGYAN, XIANJU):
        rounds.add_member(db, code, division=side, name="张", account=side)
    chen, wu = Inspector(HUANGYAN, name=HUANGYAN), Inspector(XIANJU, name=XIANJU)
    assert access.lines_for(db, Inspector(HUANGYAN)) == ["HL", "HX"], "an account of the county on no team"
    assert (access.lines_for(db, chen), access.lines_for(db, wu)) == (["HL"], ["HX", "LX"])
    assert access.may_see_marker(db, wu, "M0") and not access.may_see_marker(db, wu, "M1")
    db.execute(text("""UPDATE register."case" SET state = 'archived' WHERE subject = :c"""), {"c": code})
    assert access.lines_for(db, chen) == []
    db.execute(text("""UPDATE register."case" SET state = 'planned' WHERE subject = :c"""), {"c": code})
    rounds.remove_member(db, code, division=HUANGYAN, name="张")
    assert access.lines_for(db, chen) == []
    officer = Inspector(HUANGYAN, frozenset({"officer"}), HUANGYAN)
    assert access.lines_for(db, officer) == ["HL", "HX"], "the office is bound by its division alone"


def test_reading_a_position_leaves_an_entry_in_the_audit_without_the_position(db: Session) -> None:
    note_read(db, ["M0", "M1"], actor="zhao", door="界桩页")
    entry = db.execute(
        text(
            "SELECT actor, action, operation, key, row_count, detail FROM audit.entry ORDER BY id DESC LIMIT 1"
        )
    ).one()
    assert (entry.actor, entry.action, entry.operation, entry.row_count) == ("zhao", "marker.read", "read", 2)
    assert (entry.key, entry.detail) == ({"markers": ["M0", "M1"]}, {"door": "界桩页"})


def test_the_papers_of_a_round_come_in_one_click_and_say_what_was_found(db: Session) -> None:
    code = walked.in_field(db)
    for marker in ("M0", "M1", "M2"):
        walked.complete(db, code, marker)
    walked.step(db, code, "sum", "sign")
    made = dict(papers.papers_of(db, code, on=DAY))
    assert len(made) == 3 + 3 + 3
    report, record = (pdf(made[name](db)) for name in ("1-联合检查报告", "界桩联检记录表/0382ⅠQ"))
    said = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report)).pages)
    for part in (
        "界线概况",
        "组织和人员",
        "界桩检查情况",
        "方位物",
        "界线段",
        "跨界建设",
        "问题和处理",
        "结论",
    ):
        assert part in said
    assert "应检界桩 3 颗，已检 3 颗" in said
    signed = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(record)).pages)
    assert all(f"{name}代表" in signed for name in ("黄岩区", "临海市", "仙居县"))
    with pytest.raises(NotFound):
        papers.paper(db, code, "poster", on=DAY)


def test_the_papers_are_drawn_once_however_often_they_are_asked_for(db: Session) -> None:
    code = walked.in_field(db)
    assert queue.find(db, code) is None
    assert queue.ask(db, code, actor="li") == queue.ask(db, code, actor="wang")
    known = queue.find(db, code)
    assert known is not None
    assert (known.state, known.drawn, known.asked_by) == ("running", 0, "li")
    assert (
        db.scalar(text("SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'boundary.bundle'"))
        == 1
    )
    with pytest.raises(Conflict):
        queue.read(db, code)


def test_photos_in_papers_carry_no_place_of_the_camera(db: Session) -> None:
    from PIL import Image

    from boundary.papers.photos import without_traces

    image, out = Image.new("RGB", (20, 20)), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "SECRET 28.700000"
    image.save(out, "JPEG", exif=exif)
    assert b"SECRET" in out.getvalue()
    kept, again = without_traces(out.getvalue()), io.BytesIO()
    kept.save(again, "JPEG")
    assert b"SECRET" not in again.getvalue()


def test_the_yearly_figures_count_rows_and_lead_to_them(db: Session) -> None:
    code = walked.in_field(db)
    walked.complete(db, code, "M1")
    events.report(db, line="HL", kind="河流改道", found_on=date(2026, 3, 1), actor="li")
    found = {one.code: one.value for one in figures(db, 2026)}
    assert found == {
        "boundary.lines": 3, "boundary.markers": 3, "boundary.rounds": 1, "boundary.done": 0,
        "boundary.inspected": 1, "boundary.events": 1,
    }  # fmt: skip
    assert {one.code: one.value for one in figures(db, 2025)}["boundary.events"] == 0
