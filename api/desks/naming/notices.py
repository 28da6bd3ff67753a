"""Public notices (公示): what is proposed, until when one may speak, and the form to speak; no account, no persons."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.desks.naming.checks import evidence
from api.desks.naming.record import facts
from api.pages.login import address_of
from api.pages.templates import page
from api.security.caller import check_csrf
from gazetteer.proposal import store, voices
from gazetteer.proposal.model import PUBLIC, Kept
from geo.problems import NotFound, Problem
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/notices")

Words = Annotated[str, Form(max_length=2000)]
_HIDDEN = frozenset({"来源", "收件时间", "编号"})


@router.get("")
def notices(request: Request) -> Response:
    """Notices that run, and names that were decided on after one."""
    with session() as db:
        running = store.listed(db, store.Filter(state="noticed", public="1"), size=200)
        decided = [r for r in store.listed(db, store.Filter(public="1"), size=200) if r.state != "noticed"]
    return page(request, "naming/notices.html", running=running, decided=decided, today=date.today())


@router.get("/{code}")
def notice(request: Request, code: str) -> Response:
    """One notice with its map."""
    return page(request, "naming/notice.html", **_shown(_public(code)))


@router.post("/{code}")
def comment(
    request: Request, code: str, content: Words = "", name: Words = "", contact: Words = "", token: Words = ""
) -> Response:
    """Take a comment; the form again, as filled in, when something is wrong."""
    check_csrf(request, token)
    known = _public(code)
    given = {"content": content, "name": name, "contact": contact}
    try:
        with session() as db:
            name_act(db, actor="public", action="proposal.comment")
            voices.comment(db, code, _plain(content), name=_plain(name)[:50], contact=_plain(contact)[:100],
                           network=network_of(request), on=date.today())  # fmt: skip
    except Problem as problem:
        trouble = problem.sentence + problem.remedy
        return page(request, "naming/notice.html", status=problem.status, **_shown(known, given, trouble))
    return page(request, "naming/notice.html", status=201, **_shown(known, sent=True))


def network_of(request: Request) -> str:
    """A digest of the network address that changes daily: enough to slow floods down, too little to know anybody."""
    return hashlib.sha256(f"naming|{date.today()}|{address_of(request)}".encode()).hexdigest()[:24]


def _public(code: str) -> Kept:
    with session() as db:
        known = store.find(db, code)
    if known.state not in PUBLIC or known.noticed_from is None:
        raise NotFound(f"没有编号为 {code} 的公示。", "请从公示清单进入。")
    return known


def _shown(
    known: Kept, given: dict[str, str] | None = None, trouble: str = "", sent: bool = False
) -> dict[str, Any]:
    open_now = known.state == "noticed" and known.noticed_to is not None and date.today() <= known.noticed_to
    with session() as db:
        received, told = voices.public_of(db, known.code)
    return {
        "received": received, "told": told, "p": known, "facts": [row for row in facts(known) if row[0] not in _HIDDEN and row[1]],
        "map": evidence(known.draft, []), "open": open_now, "sent": sent, "trouble": trouble,
        "given": given or {"content": "", "name": "", "contact": ""},
    }  # fmt: skip


def _plain(value: str) -> str:
    return "".join(c for c in value if c >= " " or c == "\n").strip()
