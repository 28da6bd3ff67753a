"""Log in and out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from api.security.passwords import LONGEST, matches
from api.security.sessions import open_session, revoke_session
from api.security.throttle import check_attempts, note_attempt
from geo.problems import NotLoggedIn
from geo.settings import settings
from geo.store.engine import session

COOKIE = "diming_session"


@dataclass(frozen=True, slots=True)
class Cookie:
    """What the answer to a login sets: ``response.set_cookie(**cookie.arguments())``."""

    token: str

    def arguments(self) -> dict[str, object]:
        """The arguments of Starlette's ``set_cookie``: HttpOnly, SameSite=Lax, and Secure by the setting."""
        return {
            "key": COOKIE, "value": self.token, "httponly": True, "samesite": "lax", "path": "/",
            "secure": settings().secure_cookies, "max_age": int(settings().session_hours * 3600),
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
        TooOften: too many failures before.
    """
    name = name.strip().lower().replace("\0", "")[:64]
    with session() as db:
        check_attempts(db, name, address)
        found = db.execute(
            text("SELECT id, password_hash FROM access.account WHERE name = :name AND disabled_at IS NULL"),
            {"name": name},
        ).one_or_none()
    # Between the two transactions: hashing takes a tenth of a second, and holds no connection meanwhile.
    right = len(password) <= LONGEST and matches(password, found.password_hash if found else None)
    with session() as db:
        note_attempt(db, name, address, succeeded=right)
        if found and right:
            return Cookie(open_session(db, found.id, address=address, agent=agent))
    raise NotLoggedIn("用户名或密码不对", "请检查后重新输入", code="wrong-password")


def logout(token: str) -> None:
    """End the login behind a cookie's token; an unknown token is no error."""
    with session() as db:
        revoke_session(db, token)
