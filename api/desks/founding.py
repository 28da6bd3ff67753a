"""Opening records for imported facilities (建立台账): one page for meal points, the same for cemeteries."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response

from api.desks.done import done
from api.desks.meals.asking import now
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.service.founding import TYPES, Kind, bare, count_bare, open_records
from geo.problems import BadInput
from geo.store.engine import act, session

#: A facility's kind -> the page's address and the word for it.
PAGES: Final[dict[Kind, tuple[str, str]]] = {
    "meal": ("/desk/meals", "助餐点"),
    "cemetery": ("/desk/cemeteries", "公墓"),
}
Codes = Annotated[list[str] | None, Form()]


def router_of(kind: Kind) -> APIRouter:
    """The pages of one trade: what waits for its record, and the act that opens it."""
    prefix, word = PAGES[kind]
    router = APIRouter(include_in_schema=False, prefix=prefix)

    @router.get("/new")
    def waiting(request: Request) -> Response:
        """Imported facilities without a record, each with the type that its words suggest."""
        today = now().date()
        with session() as db:
            rows, total = bare(db, kind, today), count_bare(db, kind, today)
        return page(
            request,
            "founding.html",
            kind=kind,
            prefix=prefix,
            word=word,
            rows=rows,
            total=total,
            types=TYPES[kind],
        )

    @router.post("/new")
    def opened(
        request: Request, code: Codes = None, meant: Annotated[list[str] | None, Form(alias="type")] = None,
        token: Annotated[str, Form(max_length=200)] = "",
    ) -> Response:  # fmt: skip
        """Open the records whose type was chosen."""
        officer = officer_of(request, token)
        codes, types = code or [], meant or []
        if len(codes) != len(types):
            raise BadInput("表单不完整。", "刷新页面后重新选择。", code="founding.form")
        chosen = {one: kind_of for one, kind_of in zip(codes, types, strict=True) if kind_of}
        if not chosen:
            raise BadInput("没有选择要建账的设施。", f"至少为一处{word}选定类型。", code="founding.none")
        with session() as db:
            act(db, actor=officer.name, action=f"{kind}.found", request_id=officer.request_id)
            made = open_records(db, kind, chosen, now().date())
        return done(prefix, f"已为 {made} 处{word}建立台账。")

    return router
