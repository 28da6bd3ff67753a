"""The clock is set forward or back: logins, codes, throttle and statutory days stay right.

The database's clock cannot be turned here; setting it back by a day is, for all that compares with it, the same as moving
every stored time a day forward, and that is what these tests do.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from api.security import second_step, throttle
from api.security.accounts import add_account, get_account
from api.security.login import login, login_with_code
from api.security.sessions import find_pending, find_session, open_logins
from geo.cases import clocks
from geo.cases.days import working_days
from geo.problems import NotLoggedIn, TooOften
from geo.store.engine import act, session

PASSWORD = "四个不相干的词 mango"
HERE, ELSEWHERE = "192.0.2.7", "192.0.2.8"
DAY = 86_400


@pytest.fixture
def account(database_url: str) -> str:
    with session() as db:
        act(db, actor="test", action="account.add")
        add_account(db, "zhang", PASSWORD, ["officer"])
    return "zhang"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clock that codes are looked at by: it stands, and goes where the test puts it."""
    standing = SimpleNamespace(now=time.time())
    standing.time = lambda: standing.now
    monkeypatch.setattr(second_step, "time", standing)
    return standing


def turn(days: float) -> None:
    """Set the database's clock forward by so many days, or back."""
    with session() as db:
        for table, columns in {
            "session": ("created_at", "seen_at"),
            "login_attempt": ("at",),
            "oidc_flow": ("made_at",),
        }.items():
            moved = ", ".join(f"{column} = {column} - make_interval(secs => :s)" for column in columns)
            db.execute(text(f"UPDATE access.{table} SET {moved}"), {"s": days * DAY})


def opens(token: str) -> bool:
    with session() as db:
        return find_session(db, token) is not None


def fail(times: int, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(NotLoggedIn):
            login("zhang", "wrong password", address=address)


@pytest.mark.parametrize("days", [-400, -1, -0.02, 1, 400])
def test_a_login_never_outlives_its_time_whichever_way_the_clock_goes(account: str, days: float) -> None:
    token = login(account, PASSWORD, address=HERE).token
    assert opens(token)
    turn(days)
    assert not opens(token)
    with session() as db:
        assert open_logins(db, get_account(db, account).id, "") == [] or days < 0
    fresh = login(account, PASSWORD, address=HERE).token
    assert opens(fresh), "whoever logs in again works on"


def test_a_small_correction_of_the_clock_throws_nobody_out(account: str) -> None:
    token = login(account, PASSWORD, address=HERE).token
    turn(-60 / DAY)
    assert opens(token)
    turn(120 / DAY)
    assert opens(token)


def test_a_password_without_its_code_does_not_wait_longer_because_the_clock_went_back(
    account: str, clock: SimpleNamespace
) -> None:
    with session() as db:
        known = get_account(db, account).id
        secret = second_step.begin(db, known).split("secret=")[1].split("&")[0]
        second_step.confirm(db, known, second_step.pyotp.TOTP(secret).at(clock.now))
    pending = login(account, PASSWORD, address=HERE).token
    turn(-1)
    with session() as db:
        assert find_pending(db, pending) is None


def test_failures_count_after_the_clock_went_back_behind_a_success(account: str) -> None:
    login(account, PASSWORD, address=HERE)
    turn(-30)
    fail(throttle.FAILURES_A_NAME)
    with pytest.raises(TooOften):
        login(account, PASSWORD, address=ELSEWHERE)


def test_a_clock_that_goes_back_forgets_no_failure_and_one_that_goes_on_lets_in_again(account: str) -> None:
    fail(throttle.FAILURES_A_NAME)
    turn(-1)
    with pytest.raises(TooOften):
        login(account, PASSWORD, address=HERE)
    turn(1 + throttle.MINUTES / 1440 + 0.001)
    assert opens(login(account, PASSWORD, address=HERE).token)


@pytest.mark.parametrize("hours", [-24, -1, 1, 24 * 365])
def test_no_code_opens_twice_and_none_of_another_hour_opens(
    account: str, clock: SimpleNamespace, hours: int
) -> None:
    with session() as db:
        known = get_account(db, account).id
        totp = second_step.pyotp.TOTP(second_step.begin(db, known).split("secret=")[1].split("&")[0])
        codes = second_step.confirm(db, known, totp.at(clock.now))
    used = totp.at(clock.now + 30)
    login_with_code(login(account, PASSWORD, address=HERE).token, used, address=HERE)
    clock.now += hours * 3600
    pending = login(account, PASSWORD, address=HERE).token
    with pytest.raises(NotLoggedIn):
        login_with_code(pending, used, address=HERE)
    if hours > 0:
        login_with_code(pending, totp.at(clock.now), address=HERE)
    else:
        # Steps that lie behind the last one used are used up, until the clock has caught up; the paper codes open.
        with pytest.raises(NotLoggedIn):
            login_with_code(pending, totp.at(clock.now), address=HERE)
        login_with_code(pending, codes[0], address=HERE)


@pytest.mark.parametrize("days", [-40, -1, 1, 40])
def test_a_statutory_clock_keeps_its_last_day_and_only_what_is_left_changes(
    database_url: str, days: int
) -> None:
    start = date(2026, 11, 2)
    with session() as db:
        act(db, actor="test", action="clock")
        db.execute(
            text("INSERT INTO register.case_state (machine, state, label) VALUES ('m', 'open', '在办')")
        )
        db.execute(text("INSERT INTO register.\"case\" (machine, subject, state) VALUES ('m', 's', 'open')"))
        due = clocks.start(
            db, "m", "s", "decide", label="作出决定", on=start, days=10, basis="working", source="示例"
        )
    assert due == date(2026, 11, 16)
    today = start + timedelta(days=days)
    with session() as db:
        [clock] = clocks.of_subject(db, "m", "s")
        words = clocks.words(clock, today, working_days(db))
    assert clock.due_on == due
    assert ("超期" in words) == (today > due), words
