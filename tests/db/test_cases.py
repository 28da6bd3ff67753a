"""Cases move along their table, clocks count days as offices do, files are what they say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo.cases import attachments, clocks, states
from geo.cases.days import WorkingDays, working_days
from geo.problems import BadInput, Conflict, NotAllowed, NotFound
from geo.settings import settings
from geo.store import blobs
from geo.store.acts import act
from geo.store.engine import owner_engine, session


@pytest.fixture
def letters(database_url: str) -> Iterator[Session]:
    """A machine of three states: written, sent, answered."""
    with owner_engine().begin() as owner:
        owner.exec_driver_sql("""
            INSERT INTO register.case_state (machine, state, label, final) VALUES
              ('letter', 'written', '已拟稿', false), ('letter', 'sent', '已发出', false), ('letter', 'answered', '已复函', true);
            INSERT INTO register.case_transition (machine, act, from_state, to_state, label, roles) VALUES
              ('letter', 'send', 'written', 'sent', '发出', '{officer}'),
              ('letter', 'answer', 'sent', 'answered', '复函', '{reviewer,officer}')""")
    with session() as db:
        act(db, actor="wang", action="letter.write")
        states.begin(db, "letter", "L-1", "written", actor="wang")
        yield db


def test_a_case_moves_step_by_step_and_tells_its_history(letters: Session):
    assert [t.label for t in states.acts(letters, "letter", "L-1", {"officer"})] == ["发出"]
    assert (
        states.move(letters, "letter", "L-1", "send", actor="wang", roles={"officer"}, note="挂号") == "sent"
    )
    assert states.current(letters, "letter", "L-1") == "sent"
    assert [(e.label, e.to_state, e.note) for e in states.history(letters, "letter", "L-1")] == [
        ("已拟稿", "written", ""),
        ("发出", "sent", "挂号"),
    ]


def test_a_step_that_the_state_does_not_allow_or_the_role_may_not_take_is_refused(letters: Session):
    with pytest.raises(Conflict, match="已拟稿"):
        states.move(letters, "letter", "L-1", "answer", actor="wang", roles={"officer"})
    with pytest.raises(NotAllowed, match="发出"):
        states.move(letters, "letter", "L-1", "send", actor="li", roles={"reviewer"})
    with pytest.raises(NotFound):
        states.move(letters, "letter", "L-9", "send", actor="wang", roles={"officer"})
    assert states.acts(letters, "letter", "L-1", {"auditor"}) == []


def test_the_database_itself_refuses_a_step_that_the_table_lacks(letters: Session):
    with pytest.raises(IntegrityError, match="fk_case_event_step"), letters.begin_nested():
        letters.execute(
            text("INSERT INTO register.case_event (machine, subject, act, from_state, to_state, actor) "
                 "VALUES ('letter', 'L-1', 'send', 'written', 'answered', 'wang')")
        )  # fmt: skip


def test_a_clock_counts_calendar_days_or_working_days_and_is_told_in_words(letters: Session):
    # The National Day week of 2026: 1 to 7 October are free, 10 October (a Saturday) is worked.
    due = clocks.start(
        letters, "letter", "L-1", "answer", label="复函", on=date(2026, 9, 30), days=3, basis="working"
    )
    assert due == date(2026, 10, 10)
    filed = clocks.start(
        letters, "letter", "L-1", "file", label="备案", on=date(2026, 9, 30), days=15, basis="calendar"
    )
    assert filed == date(2026, 10, 15)
    answer, file = clocks.of_subject(letters, "letter", "L-1")
    days = working_days(letters)
    assert clocks.words(answer, date(2026, 10, 8), days) == "还剩 2 个工作日"
    assert clocks.words(file, date(2026, 10, 8), days) == "还剩 7 天"
    assert clocks.words(answer, date(2026, 10, 12), days) == "已超期 2 天"
    assert clocks.words(answer, date(2026, 10, 10), days) == "今天到期"
    assert [c.name for c in clocks.open_clocks(letters, ["letter"])] == ["answer", "file"]
    clocks.stop(letters, "letter", "L-1", "answer", on=date(2026, 10, 9))
    [answer, _] = clocks.of_subject(letters, "letter", "L-1")
    assert (answer.kept, clocks.words(answer, date(2026, 11, 1), days)) == (True, "按时办结")
    assert [c.name for c in clocks.open_clocks(letters)] == ["file"]


def test_the_offices_own_days_go_before_the_calendar_and_unknown_years_are_said():
    days = WorkingDays({date(2026, 11, 23): False})
    assert not days.is_working(date(2026, 11, 23))
    assert days.add(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert days.between(date(2026, 11, 24), date(2026, 11, 20)) == -1
    assert not days.known(date(2090, 3, 1))
    assert days.is_working(date(2090, 3, 1)) and not days.is_working(date(2090, 3, 4))


def test_a_photo_comes_back_byte_for_byte_and_a_damaged_file_is_said(letters: Session):
    picture = io.BytesIO()
    Image.new("RGB", (8, 6), "blue").save(picture, "JPEG")
    kept = attachments.put(letters, "letter", "L-1", "photo", "C:\\照片\\正面.jpg", picture.getvalue(),
                           actor="wang", lon=121.2, lat=28.6)  # fmt: skip
    [found] = attachments.of(letters, "letter", "L-1")
    assert (found.name, found.media_type, found.lon, found.is_image) == (
        "正面.jpg",
        "image/jpeg",
        121.2,
        True,
    )
    assert attachments.read(letters, kept.id)[1] == picture.getvalue()
    assert blobs.place(kept.sha256).is_relative_to(settings().home)
    blobs.place(kept.sha256).write_bytes(b"cut")
    with pytest.raises(NotFound, match="损坏"):
        attachments.read(letters, kept.id)
    attachments.retire(letters, kept.id)
    assert attachments.of(letters, "letter", "L-1") == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jpg", b"not a picture"), ("a.pdf", b"x"), ("a.exe", b"MZ"), ("a.docx", b"x"), ("a.png", b"")],
)
def test_a_file_that_is_not_what_it_says_is_refused(letters: Session, name: str, content: bytes):
    with pytest.raises(BadInput):
        attachments.put(letters, "letter", "L-1", "photo", name, content, actor="wang")
    assert attachments.of(letters, "letter", "L-1") == []
