"""The public page of a name (地名页): how it is said, where it comes from, what it was called, its stories, its map."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from sqlalchemy.orm import Session

from api.desks.places.common import Code, Named, category_word
from api.desks.places.spelling import spelling
from api.pages.templates import page
from gazetteer.culture import heritage, stories
from gazetteer.register import desk
from geo.cases import attachments
from geo.problems import NotFound
from geo.store import blobs
from geo.store.engine import session

router = APIRouter(include_in_schema=False)


@router.get("/n/{code}")
def show(request: Request, code: Code) -> Response:
    """A road or place name in force, or what became of it."""
    with session() as db:
        context = _context(db, *_find(db, code))
    return page(request, "places/name.html", **context)


@router.get("/n/{code}/media/{number}")
def media(code: Code, number: uuid.UUID) -> Response:
    """A picture or recording of a public story; in pieces where the browser asks so, which some need to play sound."""
    with session() as db:
        found, _ = attachments.read(db, number)
        public = {str(story.id) for story in stories.of(db, code, public=True)}
    if found.owner != stories.OWNER or found.subject != code or found.kind not in public:
        raise NotFound("没有这个附件。", "请刷新页面。")
    return FileResponse(blobs.place(found.sha256), media_type=found.media_type, headers={
        "x-content-type-options": "nosniff", "content-security-policy": "sandbox; default-src 'none'"})  # fmt: skip


def _find(db: Session, code: str) -> tuple[Named, dict[str, Any]]:
    kinds: tuple[Named, ...] = ("place", "road")
    for kind in kinds:
        try:
            row = desk.record(db, kind, code)
        except NotFound:
            continue
        if row["state"] in ("现行", "更名", "销名"):
            return kind, row
    raise NotFound("没有这个地名。", "检查链接是否完整，或回到首页查询。", code="no-such-name")


def _context(db: Session, kind: Named, row: dict[str, Any]) -> dict[str, Any]:
    code = row["code"]
    told = stories.of(db, code, public=True)
    pictures = attachments.of(db, stories.OWNER, code)
    listings = heritage.of(db, code)
    return {
        "record": row, "kind": kind, "former": desk.aliases(db, kind, code), "stories": told, "heritage": listings,
        "media": {s.id: [m for m in pictures if m.kind == str(s.id)] for s in told}, "shape": desk.shape(db, kind, code),
        "said": None if row["pinyin"] else spelling(row), "category": category_word(row["category"]) if kind == "place" else "E 街路巷",
    }  # fmt: skip
