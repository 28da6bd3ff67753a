"""Look a plate up without letting codes be counted through (防枚举): unknown and malformed codes answer alike, slowly.

Whoever brings a valid signature stands before a plate, or has its picture: nothing is counted, however many neighbours
share the network address. Who types codes by hand is counted, and stopped after twenty misses in a quarter of an hour.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from fastapi import Request
from sqlalchemy import text

from api.pages.login import address_of
from api.security.caller import identify
from gazetteer.plates.codes import read_code
from gazetteer.plates.records import Plate, find
from gazetteer.plates.signing import verify
from geo.problems import NotFound, TooOften
from geo.store.engine import session

SCOPE: Final = "plates"
MINUTES: Final = 15
MISSES: Final = 20
LOOKS: Final = 120
Signature = Literal["valid", "forged", "none"]

_COUNT = text("""
    SELECT count(*) FILTER (WHERE missed) AS misses, count(*) AS looks FROM access.plate_look
    WHERE origin = :origin AND at > now() - make_interval(mins => :minutes)
""")
_NOTE = text("INSERT INTO access.plate_look (origin, missed) VALUES (:origin, :missed)")


@dataclass(frozen=True, slots=True)
class Look:
    """A plate that was found, and what its signature is worth."""

    plate: Plate
    signature: Signature


def look(request: Request, typed: str, given: str = "") -> Look:
    """The plate behind a code that somebody scanned or typed.

    Args:
        request: whose network address is counted; staff are not.
        typed: the code as it came; look-alikes and dashes are forgiven.
        given: the signature that stood behind it, if one did.

    Raises:
        NotFound: no such plate, or no code at all: the same words for both, other words for a forged signature.
        TooOften: too many codes from this network address.
    """
    code = read_code(typed)
    signature: Signature = "none" if not given else "valid" if code and verify(code, given) else "forged"
    origin = origin_of(request)
    counted = signature != "valid" and not knows_codes(request)
    if counted:
        _refuse_floods(origin)
    with session() as db:
        plate = find(db, code) if code else None
    if counted:
        _note(origin, missed=plate is None)
    if plate is None:
        raise _unknown(signature)
    return Look(plate, signature)


def knows_codes(request: Request) -> bool:
    """Whether the caller may have the list of codes anyway: staff, and keys that were made for it (scope ``plates``)."""
    caller = identify(request)
    return caller.kind in ("account", "system") or SCOPE in caller.scopes


def origin_of(request: Request) -> str:
    """A digest of the network address and the day: enough to slow down, too little to know anybody by."""
    return hashlib.sha256(f"plate|{date.today()}|{address_of(request)}".encode()).hexdigest()[:24]


def _refuse_floods(origin: str) -> None:
    with session() as db:
        row = db.execute(_COUNT, {"origin": origin, "minutes": MINUTES}).one()
    if row.misses >= MISSES or row.looks >= LOOKS:
        raise TooOften(
            "查询门牌码太频繁。",
            f"请 {MINUTES} 分钟后再试，或直接扫描门牌上的二维码。",
            code="plate-throttled",
        )


def _note(origin: str, *, missed: bool) -> None:
    with session() as db:
        db.execute(_NOTE, {"origin": origin, "missed": missed})
        db.execute(text("DELETE FROM access.plate_look WHERE at < now() - interval '1 day'"))


def _unknown(signature: Signature) -> NotFound:
    if signature == "forged":
        return NotFound(
            "二维码的签名不对，这不是本机关制作的门牌。", "请不要扫码付款或填写个人信息，可向地名主管部门反映。",
            code="plate-forged",
        )  # fmt: skip
    return NotFound(
        "没有找到这块门牌。", "请核对门牌上的 11 位编码；也可以回到首页按地址查询。", code="no-such-plate"
    )
