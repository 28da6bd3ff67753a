"""My drafts (我的草稿): the list, and what the script of a form keeps while one types."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Form, Query, Request, Response

from api.desks.done import done
from api.desks.home import draft_rows
from api.desks.officer import officer_of, reader_of
from api.pages.templates import page
from api.pages.view import own_path
from geo.problems import BadInput
from geo.store.acts import act
from geo.store.engine import session

router: APIRouter = APIRouter(include_in_schema=False, prefix="/desk/drafts")

MOST_BYTES = 200_000
Path = Annotated[str, Form(max_length=300)]
Key = Annotated[str, Form(min_length=1, max_length=60)]
Token = Annotated[str, Form(max_length=200)]


@router.get("")
def listed(request: Request) -> Response:
    """Every form that waits to be finished."""
    with session() as db:
        found = draft_rows.listed(db, reader_of(request).name)
    return page(request, "home/drafts.html", drafts=found)


@router.get("/content")
def content(
    request: Request,
    path: Annotated[str, Query(max_length=300)],
    key: Annotated[str, Query(max_length=60)],
) -> Response:
    """What was typed into one form, for its script; null where nothing is kept."""
    with session() as db:
        found = draft_rows.content(db, reader_of(request).name, path, key)
    return Response(orjson.dumps(found), media_type="application/json", headers={"cache-control": "no-store"})


@router.post("")
def keep(
    request: Request,
    path: Path,
    key: Key,
    content: Annotated[str, Form(max_length=MOST_BYTES)],
    title: Annotated[str, Form(max_length=200)] = "",
    token: Token = "",
) -> Response:
    """Keep what stands in a form; sent by its script while one types."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="draft.keep", request_id=officer.request_id)
        draft_rows.keep(db, officer.name, _page(path), key, title, _fields(content))
    return Response(status_code=204)


@router.post("/done")
def finish(request: Request, path: Path, key: Key, token: Token = "", back: str = "") -> Response:
    """The form was sent or the draft thrown away."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="draft.done", request_id=officer.request_id)
        draft_rows.done(db, officer.name, _page(path), key)
    return done("/desk/drafts", "草稿已丢弃。") if back else Response(status_code=204)


def _page(path: str) -> str:
    if own_path(path) != path:
        raise BadInput("草稿的页面地址不对。", "请刷新页面后再试。", code="draft.path")
    return path


def _fields(content: str) -> dict[str, Any]:
    try:
        read = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BadInput("草稿内容读不出来。", "请刷新页面后再试。", code="draft.content") from error
    if not isinstance(read, dict):
        raise BadInput("草稿内容读不出来。", "请刷新页面后再试。", code="draft.content")
    return read
