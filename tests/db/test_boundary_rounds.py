"""An extra round (补充联检) is walked in any year and leaves the numbers and the turns of the five years as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary import inspection, papers, rounds
from boundary.checks import Tolerances
from geo.documents import Paragraph
from geo.problems import Conflict
from geo.store.acts import act
from geo.store.engine import session
from tests import walked
from tests.walked import DAY


@pytest.fixture
def db(database_url: str, tmp_path: Path) -> Iterator[Session]:
    """A unit of work over three lines that meet."""
    walked.three_lines(tmp_path)
    with session() as opened:
        act(opened, actor="li", action="round.test")
        yield opened


def plan(db: Session, line: str, year: int, **more: str) -> rounds.Round:
    return rounds.plan(db, line, year, actor="li", on=DAY, **more)  # type: ignore[arg-type]


def test_an_extra_round_takes_all_markers_of_a_line_that_is_walked_in_the_same_year_too(db: Session) -> None:
    regular = plan(db, "HL", 2026)
    extra = plan(db, "HL", 2026, reason="河流改道")
    again = plan(db, "HL", 2026, reason="自然灾害")
    assert (extra.code, again.code) == ("HL-2026-S1", "HL-2026-S2")
    assert extra.title == "黄临线 2026 年补充联检（河流改道）"
    assert [t.marker for t in rounds.todo(db, extra.code)] == [
        t.marker for t in rounds.todo(db, regular.code)
    ]
    with pytest.raises(Conflict):
        plan(db, "HL", 2026)


def test_after_an_extra_round_the_five_years_go_on_with_their_number_and_their_lead(db: Session) -> None:
    first = plan(db, "HL", 2026)
    plan(db, "HL", 2028, reason="道路变化")
    following = plan(db, "HL", 2031)
    assert (following.number, following.lead, following.partner) == (
        first.number + 1,
        first.partner,
        first.lead,
    )


def test_filing_an_extra_round_moves_no_due_year_and_its_papers_say_so(db: Session) -> None:
    code = plan(db, "HL", 2026, reason="河流改道").code
    for member in ("331003000000", "331082000000"):
        rounds.add_member(db, code, division=member, name="张甲")
    walked.step(db, code, "check", "start")
    for marker in ("M0", "M1", "M2"):
        walked.complete(db, code, marker)
    walked.step(db, code, "sum", "sign", "file")
    assert db.scalar(text("SELECT next_due FROM register.boundary_line WHERE code = 'HL'")) == 2026
    report, letter = papers.report(db, code), papers.letter(db, code, on=DAY)
    assert report.title == "黄临线2026年补充联合检查报告"
    said = "".join(block.text for block in (*report.blocks, *letter.blocks) if isinstance(block, Paragraph))
    assert "不改变五年联检的年份" in said
    assert "应检界桩 3 颗，已检 3 颗，其中完好 3 颗" in said


def test_a_record_whose_time_lies_ahead_is_said_for_a_phones_clock_may_be_wrong(db: Session) -> None:
    code = walked.in_field(db)
    walked.complete(db, code, "M1", inspected_at=datetime.now(UTC) + timedelta(hours=3))
    walked.complete(db, code, "M2", inspected_at=datetime.now(UTC))
    ahead = [f.where for f in rounds.completeness(db, code, Tolerances()) if "时间在将来" in f.evidence]
    assert ahead == ["0382001Q"]


def test_a_withdrawn_record_counts_neither_for_the_round_nor_for_the_marker(db: Session) -> None:
    code = walked.in_field(db)
    walked.complete(db, code, "M1")
    assert (rounds.find(db, code).recorded, len(inspection.of_marker(db, "M1"))) == (1, 1)
    assert inspection.withdraw(db, code, "M1") and not inspection.withdraw(db, code, "M1")
    assert (rounds.find(db, code).recorded, inspection.of_marker(db, "M1")) == (0, [])
    assert [task.state for task in rounds.todo(db, code) if task.marker == "M1"] == [None]
    anew = inspection.record(db, walked.reading(code, "M1"))
    assert (anew.changed, rounds.find(db, code).recorded) == (True, 1)
    assert inspection.of_round(db, code)[0].valid_signatures == (), "what was signed before does not count"
