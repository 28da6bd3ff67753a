"""Saved views (视图): the filters and the order of a list under a name, for the one who saved it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.officer import officer_of, reader_of
from api.pages.templates import page
from geo.problems import BadInput, Conflict
from geo.store.acts import act
from geo.store.engine import session

router: APIRouter = APIRouter(include_in_schema=False, prefix="/desk/views")

_LIST = text("""
    SELECT id, path, query, name, made_at FROM register.saved_view
    WHERE account = :account AND retired_at IS NULL ORDER BY path <> :path, path, name LIMIT 200
""")
_SAVE = text(
    "INSERT INTO register.saved_view (account, path, query, name) VALUES (:account, :path, :query, :name)"
)
_RETIRE = text(
    "UPDATE register.saved_view SET retired_at = now() WHERE id = :id AND account = :account AND retired_at IS NULL"
)
Token = Annotated[str, Form(max_length=200)]


@router.get("")
def listed(
    request: Request,
    path: Annotated[str, Query(max_length=200)] = "",
    query: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """My views, those of the list one comes from first, and the form that saves the list as it stands."""
    return _shown(request, path, query)


@router.post("")
def save(
    request: Request,
    path: Annotated[str, Form(max_length=200)],
    query: Annotated[str, Form(max_length=2000)] = "",
    name: Annotated[str, Form(max_length=60)] = "",
    token: Token = "",
) -> Response:
    """Save a list's filters and order under a name."""
    officer = officer_of(request, token)
    if not name.strip():
        return _shown(request, path, query, {"name": "请给视图取个名字。"})
    if not path.startswith("/desk") or "?" in path:
        raise BadInput("视图只能保存工作台的清单。", "请从清单页面进入。", code="view.path")
    with session() as db:
        act(db, actor=officer.name, action="view.save", request_id=officer.request_id)
        _insert(db, officer.name, path, query, name.strip())
    return done(f"{path}?{query}" if query else path, f"已保存视图“{name.strip()}”。")


@router.post("/{view}/retire")
def retire(request: Request, view: int, token: Token = "") -> Response:
    """Take a view off one's list."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="view.retire", request_id=officer.request_id)
        db.execute(_RETIRE, {"id": view, "account": officer.name})
    return done("/desk/views", "已去掉这个视图。")


def views_of(db: Session, account: str, path: str = "") -> list[dict[str, object]]:
    """An account's views with their addresses; those of one list first."""
    rows = db.execute(_LIST, {"account": account, "path": path}).mappings()
    return [{**row, "href": f"{row['path']}?{row['query']}" if row["query"] else row["path"]} for row in rows]


def _insert(db: Session, account: str, path: str, query: str, name: str) -> None:
    try:
        db.execute(_SAVE, {"account": account, "path": path, "query": query, "name": name})
    except IntegrityError as error:
        raise Conflict(f"已有名为“{name}”的视图。", "请换一个名字。", code="view.name-taken") from error


def _shown(request: Request, path: str, query: str, errors: dict[str, str] | None = None) -> Response:
    with session() as db:
        found = views_of(db, reader_of(request).name, path)
    return page(request, "home/views.html", status=422 if errors else 200, views=found, path=path, query=query,
                errors=errors or {})  # fmt: skip
