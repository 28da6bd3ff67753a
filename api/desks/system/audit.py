"""The audit as the auditor sees it (审计): search, whether the chain holds, export with a signature."""

from __future__ import annotations

from datetime import date, datetime

from fastapi import APIRouter, Request, Response

from api.answers import request_id
from api.desks.lists import Asked, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.officer import reader_of
from api.pages.dates import moment
from api.pages.templates import page
from api.security import audit, sealing
from api.security.vault import public_key
from geo.problems import BadInput
from geo.store.engine import act, note_read, session

router = APIRouter(include_in_schema=False, prefix="/desk/system/audit")
_PAGE = 50
_OPERATIONS = {"insert": "新增", "update": "修改", "delete": "删除", "read": "查看"}
COLUMNS = (
    Column("at", "时间", kind="date"), Column("actor", "何人"), Column("action", "办件"), Column("operation", "操作"),
    Column("table", "表"), Column("key", "记录"), Column("change", "内容"), Column("request", "请求编号", kind="code"),
)  # fmt: skip
FILTERS = (
    Filter("actor", "账号"), Filter("action", "办件"), Filter("table", "表"), Filter("code", "记录或请求编号"),
    Filter("since", "从", kind="date"), Filter("until", "到", kind="date"),
)  # fmt: skip


@router.get("")
def listed(request: Request) -> Response:
    """Entries, the newest first; ``verify=1`` also computes the chain again."""
    asked = asked_of(request, FILTERS, COLUMNS)
    search, before = _search(asked), int(asked.cursor) if asked.cursor.isdecimal() else None
    with session(timeout_s=0 if "verify" in request.query_params else None) as db:
        entries = audit.found(db, search, before=before, limit=_PAGE + 1)
        checked = sealing.verify(db) if "verify" in request.query_params else None
    rows = [Row(str(e.id), "", _cells(e)) for e in entries[:_PAGE]]
    following = str(entries[_PAGE - 1].id) if len(entries) > _PAGE else ""
    listing = Listing(asked, COLUMNS, rows, next_cursor=following, empty=("还没有审计记录", "", "", ""))
    return page(request, "system/audit.html", listing=listing, checked=checked, key=public_key())


@router.get("/export")
def export(request: Request) -> Response:
    """What the filters let through, as JSON lines with an Ed25519 signature at the end; the export is recorded."""
    asked, who = asked_of(request, FILTERS, COLUMNS), reader_of(request)
    with session(timeout_s=0) as db:
        content = audit.exported(db, _search(asked), by=who.name)
        act(
            db,
            actor=who.name,
            action="audit.export",
            request_id=request_id(request),
            detail=_search(asked).arguments(),
        )
        note_read(db, "audit.entry", entries=content.count(b"\n") - 2)
    name = f"audit-{datetime.now():%Y%m%d-%H%M%S}.jsonl"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type="application/x-ndjson", headers=headers)


def _search(asked: Asked) -> audit.Search:
    for name in ("since", "until"):
        try:
            date.fromisoformat(asked.value(name) or "2026-01-01")
        except ValueError as error:
            raise BadInput("日期要写成 2026-01-31 的样子", "改正后重试") from error
    return audit.Search(**{f.name: asked.value(f.name).replace("\0", "") for f in FILTERS})


def _cells(entry: audit.Entry) -> dict[str, object]:
    key = "，".join(f"{k}={v}" for k, v in (entry.key or {}).items())
    return {
        "at": moment(entry.at), "actor": entry.actor, "action": entry.action,
        "operation": _OPERATIONS.get(entry.operation, entry.operation), "table": entry.table,
        "key": key if entry.rows == 1 else f"{entry.rows:,} 行", "change": Cell(_changed(entry)), "request": entry.request_id,
    }  # fmt: skip


def _changed(entry: audit.Entry) -> str:
    new, old = entry.new or {}, entry.old or {}
    said = [
        f"{k}：{_short(old.get(k))} → {_short(new.get(k))}" if k in old else f"{k}：{_short(new.get(k))}"
        for k in new or old
    ]
    return "；".join(said[:6]) + ("……" if len(said) > 6 else "")


def _short(value: object) -> str:
    said = "空" if value is None else str(value)
    return said if len(said) <= 40 else said[:40] + "…"
