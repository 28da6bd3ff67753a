"""Log in and out: a password, then a code where the account has a second step."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security import second_step
from api.security.passwords import LONGEST, matches
from api.security.sessions import (
    PENDING_MINUTES,
    complete_session,
    find_pending,
    open_session,
    revoke_session,
)
from api.security.throttle import check_attempts, lock_out, note_attempt
from geo.problems import NotLoggedIn
from geo.settings import settings
from geo.store.engine import session

COOKIE = "diming_session"


@dataclass(frozen=True, slots=True)
class Cookie:
    """What the answer to a login sets: ``response.set_cookie(**cookie.arguments())``.

    Attributes:
        token: opens the login.
        pending: the password was right and a code is still asked; until then the token opens nothing.
    """

    token: str
    pending: bool = False

    def arguments(self) -> dict[str, object]:
        """The arguments of Starlette's ``set_cookie``: HttpOnly, SameSite=Lax, and Secure by the setting."""
        seconds = PENDING_MINUTES * 60 if self.pending else int(settings().session_hours * 3600)
        return {
            "key": COOKIE, "value": self.token, "httponly": True, "samesite": "lax", "path": "/",
            "secure": settings().secure_cookies, "max_age": seconds,
        }  # fmt: skip


def login(name: str, password: str, *, address: str, agent: str = "") -> Cookie:
    """Open a login, or refuse it in the same words whether the name or the password is wrong.

    Args:
        name: the account's name as typed.
        password: as typed.
        address: the network address that asks, for the throttle.
        agent: the browser, shown to the person in the list of his logins.

    Raises:
        NotLoggedIn: no such account, disabled, or a wrong password.
        TooOften: too many failures before, or the account is locked.
    """
    name = name.strip().lower().replace("\0", "")[:64]
    with session() as db:
        check_attempts(db, name, address)
        found = db.execute(
            text("SELECT id, password_hash, totp_confirmed_at IS NOT NULL AS second FROM access.account "
                 "WHERE name = :name AND disabled_at IS NULL"),
            {"name": name},
        ).one_or_none()  # fmt: skip
    # Between the two transactions: hashing takes a tenth of a second, and holds no connection meanwhile.
    right = len(password) <= LONGEST and matches(password, found.password_hash if found else None)
    with session() as db:
        # A right password with the code missing clears no count, or codes could be guessed for ever.
        if not (right and found and found.second):
            _note(db, name, address, succeeded=right)
        if found and right:
            token = open_session(db, found.id, address=address, agent=agent, pending=found.second)
            return Cookie(token, pending=found.second)
    raise NotLoggedIn("用户名或密码不对", "请检查后重新输入", code="wrong-password")


def login_with_code(token: str, code: str, *, address: str, agent: str = "") -> Cookie:
    """The second step: a code of the telephone or a recovery code turns a pending login into an open one.

    Raises:
        NotLoggedIn: the pending login is unknown or older than five minutes, or the code is wrong.
        TooOften: too many failures before.
    """
    with session() as db:
        pending = find_pending(db, token)
        if pending is None:
            raise NotLoggedIn("登录已过期", "请重新输入用户名和密码", code="login-expired")
        check_attempts(db, pending.name, address)
        right = second_step.check(db, pending.account_id, code) or second_step.recover(
            db, pending.account_id, code
        )
        _note(db, pending.name, address, succeeded=right)
        if right:
            return Cookie(complete_session(db, token, agent=agent))
    raise NotLoggedIn("动态码不对", "输入手机上最新的 6 位数字，或一个恢复码", code="wrong-code")


def logout(token: str) -> None:
    """End the login behind a cookie's token; an unknown token is no error."""
    with session() as db:
        revoke_session(db, token)


def _note(db: Session, name: str, address: str, *, succeeded: bool) -> None:
    note_attempt(db, name, address, succeeded=succeeded)
    if not succeeded:
        lock_out(db, name)
