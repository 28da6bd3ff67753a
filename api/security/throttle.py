"""Slow down who guesses passwords; counted in the database, so that every process sees the same count.

The count outlives a restart. After many failures in a day the account itself is locked, whoever asks from wherever.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import TooOften

MINUTES = 15
FAILURES_A_NAME, FAILURES_AN_ADDRESS = 5, 30
FAILURES_A_DAY, LOCKED_HOURS = 20, 24

# A success clears the count of its name: what counts is failures in a row, in the order they came. Their numbers tell it,
# and not their times: after a clock was set back, a success of its future would hide every failure. A time that is
# still to come counts as now.
_COUNT = text("""
    SELECT count(*) FILTER (
             WHERE name = :name AND id > coalesce((SELECT max(id) FROM access.login_attempt
                                                   WHERE name = :name AND succeeded), 0)
           ) AS by_name,
           count(*) FILTER (WHERE address = :address) AS by_address,
           (SELECT locked_until > now() FROM access.account WHERE name = :name) AS locked
    FROM access.login_attempt
    WHERE NOT succeeded AND at > now() - make_interval(mins => :minutes)
      AND (name = :name OR address = :address)
""")
_LOCK = text("""
    UPDATE access.account SET locked_until = now() + make_interval(hours => :hours)
    WHERE name = :name AND disabled_at IS NULL AND coalesce(locked_until, '-infinity') < now() AND (
      SELECT count(*) FROM access.login_attempt WHERE name = :name AND NOT succeeded AND at > now() - interval '1 day'
      AND id > coalesce((SELECT max(id) FROM access.login_attempt WHERE name = :name AND succeeded), 0)
    ) >= :failures
""")


def check_attempts(db: Session, name: str, address: str) -> None:
    """Refuse another try after too many failures for this name or from this address.

    Raises:
        TooOften: 5 failures for the name or 30 from the address within 15 minutes, or the account is locked.
    """
    row = db.execute(_COUNT, {"name": name, "address": address, "minutes": MINUTES}).one()
    if row.locked:
        raise TooOften("这个账号因连续登录失败已锁定", "请系统管理员核实身份后解锁", code="locked")
    if row.by_name >= FAILURES_A_NAME or row.by_address >= FAILURES_AN_ADDRESS:
        raise TooOften(
            "登录失败次数太多", f"请 {MINUTES} 分钟后再试，忘记密码请找系统管理员重设", code="login-throttled"
        )


def note_attempt(db: Session, name: str, address: str, *, succeeded: bool) -> None:
    """Remember one try. Tries older than a day are forgotten."""
    db.execute(
        text(
            "INSERT INTO access.login_attempt (name, address, succeeded) VALUES (:name, :address, :succeeded)"
        ),
        {"name": name, "address": address, "succeeded": succeeded},
    )
    db.execute(text("DELETE FROM access.login_attempt WHERE at < now() - interval '1 day'"))


def lock_out(db: Session, name: str) -> None:
    """Lock the account (锁定) for a day once it saw 20 failures in a row within a day."""
    db.execute(_LOCK, {"name": name, "hours": LOCKED_HOURS, "failures": FAILURES_A_DAY})


def forget_attempts(db: Session, name: str) -> None:
    """Clear the count of a name and its lock: an administrator has made sure who asks."""
    db.execute(text("UPDATE access.account SET locked_until = NULL WHERE name = :name"), {"name": name})
    db.execute(text("DELETE FROM access.login_attempt WHERE name = :name AND NOT succeeded"), {"name": name})
