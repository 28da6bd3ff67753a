"""The second step of a login (动态码): a time-based code (TOTP, RFC 6238), and recovery codes for a lost telephone."""

from __future__ import annotations

import io
import secrets
import time
from typing import Final

import pyotp
import segno
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.security.tokens import token_hash
from api.security.vault import open_secret, seal_secret
from geo.problems import BadInput, Conflict

ISSUER: Final = "地名地址系统"
CODES: Final = 10
_STEP_S: Final = 30
_DRIFT: Final = 1


def begin(db: Session, account_id: int) -> str:
    """Give the account a new secret, in force only once a code of it was typed; gives the ``otpauth:`` address.

    Raises:
        Conflict: a second step is in force already.
    """
    secret = pyotp.random_base32()
    row = db.execute(
        text("UPDATE access.account SET totp_secret = :secret, totp_step = 0 WHERE id = :id "
             "AND totp_confirmed_at IS NULL RETURNING name"),
        {"id": account_id, "secret": seal_secret(secret)},
    ).one_or_none()  # fmt: skip
    if row is None:
        raise Conflict("动态码已经启用", "要换手机，请先停用再启用")
    return pyotp.TOTP(secret).provisioning_uri(name=row.name, issuer_name=ISSUER)


def drawn(address: str) -> str:
    """The address as a QR code: an SVG text for the page."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def confirm(db: Session, account_id: int, code: str) -> list[str]:
    """Put the second step into force with a first code; gives the recovery codes, the only time they are seen.

    Raises:
        BadInput: the code is not of this moment, or nothing was begun.
    """
    if not check(db, account_id, code):
        raise BadInput("动态码不对", "看手机上的时间是否准确，输入最新的 6 位数字", code="totp")
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(CODES)]
    db.execute(
        text("UPDATE access.account SET totp_confirmed_at = now(), recovery_hashes = :hashes WHERE id = :id"),
        {"id": account_id, "hashes": [token_hash(one) for one in codes]},
    )
    return codes


def turn_off(db: Session, account_id: int) -> None:
    """Take the second step away, with its secret and its recovery codes."""
    db.execute(
        text("UPDATE access.account SET totp_secret = NULL, totp_confirmed_at = NULL, recovery_hashes = '{}' "
             "WHERE id = :id"),
        {"id": account_id},
    )  # fmt: skip


def check(db: Session, account_id: int, code: str) -> bool:
    """Whether a code is of this moment and was not used before; it counts as used from now on.

    One step of 30 seconds before and after is let pass, for telephones that go wrong by a little.
    """
    # Locked, so that the same code sent twice at once opens one door.
    row = db.execute(
        text("SELECT totp_secret, totp_step FROM access.account WHERE id = :id FOR UPDATE"),
        {"id": account_id},
    ).one_or_none()
    if row is None or row.totp_secret is None:
        return False
    totp, now = pyotp.TOTP(open_secret(bytes(row.totp_secret))), int(time.time()) // _STEP_S
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        if step > row.totp_step and secrets.compare_digest(totp.at(step * _STEP_S), _digits(code)):
            db.execute(
                text("UPDATE access.account SET totp_step = :step WHERE id = :id"),
                {"id": account_id, "step": step},
            )
            return True
    return False


def recover(db: Session, account_id: int, code: str) -> bool:
    """Whether a recovery code is one of the account's; it is used up."""
    used = db.execute(
        text("UPDATE access.account SET recovery_hashes = array_remove(recovery_hashes, :hash) "
             "WHERE id = :id AND :hash = ANY (recovery_hashes) RETURNING id"),
        {"id": account_id, "hash": token_hash(code.strip().lower())},
    )  # fmt: skip
    return used.first() is not None


def _digits(code: str) -> str:
    return "".join(c for c in code if c in "0123456789")
