"""The sample's lines, markers and its last round go in through the same doors as a real one's, and say that they are samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date

import pytest

from boundary import events, register, rounds
from boundary.inspection import of_round, read_photo
from boundary.parties import sides_of_marker
from boundary.sample_load import load_sample
from boundary.sample_rounds import LINE, load_rounds
from boundary.tolerances import tolerances
from geo.store.engine import session


@pytest.fixture(scope="module")
def sample(clone: Callable[..., AbstractContextManager[str]]) -> Iterator[None]:
    """A small sample district with its lines and rounds."""
    with clone():
        for report in load_sample(doors=200, actor="test"):
            assert report.written, report.findings
        yield


def test_the_tri_point_stands_on_three_lines_and_is_signed_by_three(sample: None) -> None:
    with session() as db:
        tri = register.marker(db, "SAMPLE-00")
        assert (len(tri.lines), len(sides_of_marker(db, tri.code)), tri.type_text) == (3, 3, "单立三面型")
        [last] = [one for one in of_round(db, f"{LINE}-2021") if one.reading.marker == tri.code]
        assert len(last.valid_signatures) == 3
        assert read_photo(db, last.photos[0].id)[1].startswith(b"\xff\xd8")


def test_the_last_round_is_archived_complete_and_the_next_is_planned_by_the_other_side(sample: None) -> None:
    with session() as db:
        planned, last = rounds.listed(db, [LINE])
        assert (last.state, last.tasks, last.recorded) == ("archived", 8, 8)
        assert (planned.state, planned.number, planned.lead) == ("planned", last.number + 1, last.partner)
        assert [f for f in rounds.completeness(db, last.code, tolerances()) if f.severity == "block"] == []
        assert [t.marker for t in rounds.todo(db, planned.code)] == [f"SAMPLE-{n:02d}" for n in range(8)]


def test_the_office_check_of_the_sample_finds_nothing_but_the_count_of_markers(sample: None) -> None:
    with session() as db:
        found = rounds.office_check(db, LINE, on=date(2026, 3, 2), tolerances=tolerances())
    assert [f.evidence for f in found] == ["协议界桩 7 颗，登记 8 颗"]


def test_all_of_it_says_that_it_is_made_up_and_a_second_time_nothing_is_added(sample: None) -> None:
    load_rounds()
    with session() as db:
        assert all(one.made_up for one in rounds.listed(db, [LINE]))
        assert len(rounds.listed(db, [LINE])) == 2
        [event] = events.listed(db, [LINE])
        assert (event.made_up, event.state) == (True, "found")
