"""The provincial push at the desk (省平台推送): what waits, as a file or by HTTP, and what was delivered."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.exchange import push, terms
from geo.problems import BadInput
from geo.settings import settings
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/exchange/push")
HOME: Final = "/desk/exchange/push"
TARGET: Final = "province"
WORDS: Final = {"ADD": "新增", "UPDATE": "更新", "DELETE": "停用"}
_SHOWN: Final = 100
FORMS: Final = {"file": "文件", "http": "接口"}


@router.get("")
def show(request: Request) -> Response:
    """What the province has not got yet, at most 500 messages at a time, and the deliveries so far."""
    with session() as db:
        waiting, before = push.pending(db, TARGET), push.delivered(db, TARGET)
        names = push.names(db, waiting[:_SHOWN])
        items = [one for one in terms.listed(db, "item") if one.place]
    counts = {word: sum(one["op"] == op for one in waiting) for op, word in WORDS.items()}
    return page(request, "exchange/push.html", waiting=waiting, before=before, counts=counts, words=WORDS, forms=FORMS, names=names, shown=_SHOWN, items=items,
                through=max((one["seq"] for one in waiting), default=0), address=settings().province_push_url)  # fmt: skip


@router.get("/pending.jsonl")
def fetch() -> Response:
    """The messages that wait, one JSON object a line; nothing is marked as delivered."""
    with session() as db:
        lines = [json.dumps(one, ensure_ascii=False) for one in push.pending(db, TARGET)]
    name = quote(f"省平台推送-{date.today()}.jsonl")
    return Response("".join(f"{line}\n" for line in lines), media_type="application/jsonl", headers={
        "content-disposition": f"attachment; filename*=UTF-8''{name}", "cache-control": "no-store"})  # fmt: skip


@router.post("")
def deliver(
    request: Request,
    form: Annotated[str, Form(max_length=4)],
    through: Annotated[int, Form(ge=0)],
    token: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Send what was shown to the province's address, or note that its file was handed over."""
    officer = officer_of(request, token)
    if form == "http":
        send = push.to_http(settings().province_push_url)
    elif form == "file":
        send = _handed_over
    else:
        raise BadInput("没有这种报送方式。", "请用页面上的按钮。", code="bad-parameter")
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="exchange.push", request_id=officer.request_id)
        count = push.deliver(db, TARGET, send, form=form, through=through)
    return done(HOME, f"{count} 条变更已报送省平台。")


def _handed_over(message: dict[str, object]) -> str:
    return "文件报送"
