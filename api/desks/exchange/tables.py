"""码表 at the desk: classes and push items in use with their certainty, and the bureau's own table as a file in and out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.exchange import codes, terms
from gazetteer.naming.model import CATEGORIES
from gazetteer.proposal.model import FEATURES
from geo.files import write_table
from geo.problems import NotFound
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/exchange/terms")
HOME: Final = "/desk/exchange/terms"
KINDS: Final = {"S": "sure", "L": "likely", "G": "check"}


@router.get("")
def show(request: Request) -> Response:
    """Both tables as they are in use."""
    with session() as db:
        tables = {which: terms.listed(db, which) for which in ("class", "item")}
        provisional = codes.provisional(db)
    return page(request, "exchange/terms.html", tables=tables, titles=terms.LISTS, words=terms.CERTAINTIES, kinds=KINDS,
                fills=terms.FILLS, used_for=_used_for, provisional=provisional)  # fmt: skip


@router.get("/{which}.csv")
def fetch(which: str) -> Response:
    """One table as a file to be changed and imported."""
    chosen = _which(which)
    with tempfile.TemporaryDirectory() as folder, session() as db:
        path = Path(folder) / "terms.csv"
        write_table(path, terms.table(db, chosen))
        content = path.read_bytes()
    return Response(content, media_type="text/csv; charset=utf-8", headers={
        "content-disposition": f"attachment; filename*=UTF-8''{quote(terms.LISTS[which])}.csv", "cache-control": "no-store"})  # fmt: skip


@router.post("/{which}")
def take(
    request: Request,
    which: str,
    file: Annotated[UploadFile, File()],
    token: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Put the bureau's table in use; provisional codes whose class it settles otherwise are given anew."""
    officer, chosen = officer_of(request, token), _which(which)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"terms{Path(file.filename or '').suffix.lower()}"
        path.write_bytes(file.file.read())
        rows = terms.read(path, chosen)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="exchange.terms", request_id=officer.request_id)
        count = terms.take(db, rows, chosen, actor=officer.name)
        renewed = codes.renew(db) if chosen == "class" else 0
    said = f"，{renewed} 个暂定码已按新类别重新编码" if renewed else ""
    return done(HOME, f"{terms.LISTS[which]}已启用 {count} 行{said}。")


def _used_for(place: str) -> str:
    """A class's use in words: C/village is 村 of category C, E all of E."""
    category, _, kind = place.partition("/")
    words = dict(FEATURES.get(category, ()))
    return (
        f"{words.get(kind, kind)}（{place}）"
        if kind
        else f"{CATEGORIES.get(category, '')}（{category}）"
        if category
        else ""
    )


def _which(word: str) -> terms.List:
    if word == "class":
        return "class"
    if word == "item":
        return "item"
    raise NotFound("没有这张码表。", "从码表页面进入。")
