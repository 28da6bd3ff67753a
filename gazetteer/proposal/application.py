"""Applications of the public (网上申请): no account; a number, and a private code with which the applicant follows it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import steps, store
from gazetteer.proposal.model import Draft, Kept
from geo.problems import BadInput, NotFound, TooOften

HOURLY: Final = 5
"""Applications from one network address within an hour."""
PUBLIC: Final = steps.Officer("public", frozenset({"public"}))
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_RECENT: Final = text(
    "SELECT count(*) FROM register.proposal WHERE network = :network AND made_at > now() - interval '1 hour'"
)
_SECRET: Final = text("SELECT secret FROM register.proposal WHERE code = :code")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the applicant takes home: the application's number and the private code, shown once."""

    number: str
    code: str


def take(db: Session, draft: Draft, *, network: str) -> Receipt:
    """Keep an application of the public; it waits for the office (待受理).

    Raises:
        BadInput: applicant, contact, name, reason or place is missing; all gaps at once.
        TooOften: five from this network address within the hour.
    """
    wanted = {"申请单位": draft.applicant, "联系人": draft.contact, "联系电话": draft.phone, "拟用名称": draft.name,
              "申请理由": draft.reason, "含义": draft.meaning}  # fmt: skip
    missing = [label for label, given in wanted.items() if not given.strip()]
    if draft.geometry is None and not draft.location.strip():
        missing.append("位置（在地图上标绘，或填写位置描述）")
    if missing:
        raise BadInput(f"还没有填写：{'、'.join(missing)}。", "填写后再提交。", code="apply.incomplete")
    if (db.scalar(_RECENT, {"network": network}) or 0) >= HOURLY:
        raise TooOften("提交的申请太多。", "请一小时后再试，或到窗口办理。", code="apply.throttled")
    code = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    number = store.make(db, draft, actor="public", channel="网上", state="submitted", secret=_hash(code),
                        network=network, note="网上提交")  # fmt: skip
    return Receipt(number, code)


def follow(db: Session, number: str, code: str) -> Kept:
    """The application of a number, for whoever has its private code.

    Raises:
        NotFound: no such number, or another code: both sound alike, so that numbers cannot be tried out.
    """
    kept = db.scalar(_SECRET, {"code": number.strip().upper()}) or ""
    given = _hash(code.strip().upper().replace("-", "").replace(" ", ""))
    if not hmac.compare_digest(str(kept), given) or not kept:
        raise NotFound("申请编号或查询码不对。", "请核对回执上的编号和查询码。", code="apply.unknown")
    return store.find(db, number.strip().upper())


def shown(code: str) -> str:
    """A private code in two groups, as people read it out."""
    return f"{code[:5]}-{code[5:]}"


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
