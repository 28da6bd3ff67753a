"""Records of a joint inspection: taken in once, changed from the version they name, signed in their wording."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary import rounds
from boundary.checks import Tolerances
from boundary.inspection import add_photo, find, of_round, png_of, record, sign, svg_of
from geo.cases import clocks, states
from geo.problems import BadInput, Conflict, NotAllowed, NotFound
from geo.store.engine import session
from tests import walked
from tests.walked import AT, DAY, HUANGYAN, LINHAI, ROLES, STROKES, XIANJU


@pytest.fixture
def db(database_url: str, tmp_path: Path) -> Session:
    """A unit of work over three lines that meet."""
    walked.three_lines(tmp_path)
    with session() as opened:
        yield opened  # type: ignore[misc]


def test_a_record_is_stored_once_however_often_it_is_sent(db: Session) -> None:
    code = walked.in_field(db)
    first = walked.reading(code, "M1")
    saved = record(db, first)
    again = record(db, first)
    twin = record(db, replace(first, id=uuid.uuid4()))
    assert (saved.version, saved.changed) == (1, True)
    assert (again.id, again.version, again.changed) == (saved.id, 1, False)
    assert (twin.id, twin.changed) == (saved.id, False)
    assert [one.id for one in of_round(db, code)] == [saved.id]


def test_a_change_must_name_the_version_it_was_made_from(db: Session) -> None:
    code = walked.in_field(db)
    saved = record(db, walked.reading(code, "M1"))
    changed = walked.reading(code, "M1", state="倾斜", action="扶正")
    with pytest.raises(Conflict) as refused:
        record(db, changed)
    assert refused.value.code == "inspection.version"
    assert record(db, changed, base_version=1).version == 2
    with pytest.raises(Conflict):
        record(db, walked.reading(code, "M1", state="损坏"), base_version=1)
    assert find(db, saved.id).reading.state == "倾斜"


def test_what_was_measured_comes_back_as_it_was_written(db: Session) -> None:
    code = walked.in_field(db)
    given = walked.reading(
        code, "M1", measured=walked.measured(121.0500012, 28.7000034, height=211.4), note="路面加宽"
    )
    assert find(db, record(db, given).id).reading == given


def test_a_word_that_the_form_does_not_have_is_refused(db: Session) -> None:
    code = walked.in_field(db)
    with pytest.raises(BadInput):
        record(db, walked.reading(code, "M1", state="还行"))
    with pytest.raises(BadInput):
        record(db, walked.reading(code, "M1", inspected_at=datetime(2026, 5, 12, 9, 30)))
    with pytest.raises(BadInput):
        record(db, walked.reading(code, "M1", measured=walked.measured(28.7, 121.05)))


def test_no_record_without_a_task_or_outside_the_field(db: Session) -> None:
    code = walked.planned(db)
    with pytest.raises(Conflict) as early:
        record(db, walked.reading(code, "M1"))
    assert early.value.code == "round.not-in-field"
    walked.step(db, code, "check", "start")
    with pytest.raises(NotFound):
        record(db, walked.reading(code, "M9"))


def test_a_signature_counts_for_the_wording_it_was_given_to(db: Session) -> None:
    code = walked.in_field(db)
    saved = record(db, walked.reading(code, "M1"))
    sign(db, saved.id, division=LINHAI, signer="王丙", strokes=STROKES, signed_at=AT, version=1)
    assert [one.signer for one in find(db, saved.id).valid_signatures] == ["王丙"]
    record(db, walked.reading(code, "M1", note="补记"), base_version=1)
    assert find(db, saved.id).valid_signatures == ()
    with pytest.raises(Conflict):
        sign(db, saved.id, division=LINHAI, signer="王丙", strokes=STROKES, signed_at=AT, version=1)


def test_only_the_sides_of_a_marker_sign_and_three_at_a_tri_point(db: Session) -> None:
    code = walked.in_field(db)
    saved = record(db, walked.reading(code, "M1"))
    with pytest.raises(NotAllowed):
        sign(db, saved.id, division=XIANJU, signer="赵", strokes=STROKES, signed_at=AT, version=1)
    with pytest.raises(BadInput):
        sign(db, saved.id, division=LINHAI, signer="王", strokes=[], signed_at=AT, version=1)
    tri = walked.complete(db, code, "M0")
    assert [s.division for s in find(db, tri).valid_signatures] == sorted((HUANGYAN, XIANJU, LINHAI))


def test_a_signature_is_drawn_for_the_papers(db: Session) -> None:
    code = walked.in_field(db)
    drawn = find(db, walked.complete(db, code, "M1")).signatures[0].strokes
    assert svg_of(drawn).count("<polyline") == 2
    assert png_of(drawn).startswith(b"\x89PNG")


def test_the_same_photo_again_is_the_one_that_is_there(db: Session) -> None:
    code = walked.in_field(db)
    saved = record(db, walked.reading(code, "M1"))
    first = add_photo(db, saved.id, face="正面", name="1.jpg", content=walked.picture(9), actor="li")
    assert add_photo(db, saved.id, face="正面", name="2.jpg", content=walked.picture(9), actor="li") == first
    assert len(find(db, saved.id).photos) == 1


def test_lead_and_partner_swap_and_a_tri_point_is_walked_once_a_year(db: Session) -> None:
    first = rounds.find(db, walked.planned(db, "HL", 2021))
    second = rounds.find(db, walked.planned(db, "HL", 2026))
    assert (second.number, second.lead, second.partner) == (2, first.partner, first.lead)
    other = walked.planned(db, "HX", 2026)
    assert [t.marker for t in rounds.todo(db, second.code)] == ["M0", "M1", "M2"]
    assert [t.marker for t in rounds.todo(db, other)] == []
    with pytest.raises(Conflict):
        walked.planned(db, "HL", 2026)


def test_a_round_goes_along_its_chain_and_only_when_it_is_complete(db: Session) -> None:
    code = walked.planned(db)
    with pytest.raises(Conflict):
        walked.step(db, code, "start")
    walked.step(db, code, "check", "start")
    for marker in ("M0", "M1"):
        walked.complete(db, code, marker)
    with pytest.raises(Conflict, match="1 颗界桩没有记录"):
        walked.step(db, code, "sum")
    saved = record(db, walked.reading(code, "M2", state="字迹不清"))
    walked.step(db, code, "sum")
    with pytest.raises(Conflict) as lacking:
        walked.step(db, code, "sign")
    assert {f.evidence for f in lacking.value.findings} == {
        "照片 0 张，少于 4 张", "缺少黄岩区、临海市的签字", "状态为字迹不清，没有写处理情况"
    }  # fmt: skip
    walked.step(db, code, "reopen")
    record(db, walked.reading(code, "M2", state="字迹不清", action="重新描红"), base_version=saved.version)
    for n in range(4):
        add_photo(db, saved.id, face="正面", name=f"{n}.jpg", content=walked.picture(60 * n), actor="li")
    for side in (HUANGYAN, LINHAI):
        sign(db, saved.id, division=side, signer="某", strokes=STROKES, signed_at=AT, version=2)
    assert walked.step(db, code, "sum", "sign", "file", "archive") == "archived"
    line = db.execute(text("SELECT next_due FROM register.boundary_line WHERE code = 'HL'")).scalar_one()
    state = db.scalar(text("SELECT state FROM register.boundary_marker WHERE code = 'M2'"))
    assert (line, state) == (2031, "字迹不清")
    [clock] = clocks.of_subject(db, rounds.MACHINE, code)
    assert clock.stopped_on == DAY
    assert len(states.history(db, rounds.MACHINE, code)) == 9


def test_the_field_is_not_for_those_who_may_not_move_a_round(db: Session) -> None:
    code = walked.planned(db)
    with pytest.raises(NotAllowed):
        rounds.move(db, code, "check", actor="w", roles={"inspector"}, on=DAY, tolerances=Tolerances())
    assert ROLES


def test_a_measured_position_far_off_is_said_and_a_near_one_is_not(db: Session) -> None:
    code = walked.in_field(db)
    walked.complete(db, code, "M1", measured=walked.measured(121.05004, 28.70))
    walked.complete(db, code, "M2", measured=walked.measured(121.10004, 28.70, accuracy_m=None, epoch=""))
    walked.complete(db, code, "M0", measured=walked.measured(121.0003, 28.70))
    found = rounds.completeness(db, code, Tolerances())
    assert [(f.code, f.where) for f in found if f.code == "B2"] == [("B2", "0382ⅠQ")]
    assert "东 29.3 米" in next(f.evidence for f in found if f.code == "B2")
