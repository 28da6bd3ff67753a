"""The public search page, its results alone (for the script), and the permanent page of an address."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api import answers, lookup
from api.pages import examples
from api.pages.results import LEVEL_WORDS, shown
from api.pages.templates import page
from geo.problems import BadInput, Problem

router = APIRouter(include_in_schema=False)

LONGEST = 500
AT_MOST = 6
Asked = Annotated[str, Query()]


@router.get("/")
def search(request: Request, q: Asked = "") -> HTMLResponse:
    """One box; with a question the answers too, so that the page works without any script."""
    question = q.strip()
    context = _answered(request, question) if question else {"best": None}
    return page(request, "search.html", q=question[:LONGEST], examples=examples.of_data(), **context)


@router.get("/results")
def results(request: Request, q: Asked = "") -> HTMLResponse:
    """The answers without the page around them: what the script puts in place."""
    question = q.strip()
    return page(request, "fragment.html", q=question[:LONGEST], **_answered(request, question))


def _answered(request: Request, question: str) -> dict[str, Any]:
    try:
        return {"problem": None, "levels": LEVEL_WORDS, **_find(question)}
    except Problem as problem:
        body = answers.problem_body(problem, problem.status, request)
        return {"problem": body, "best": None, "others": [], "corrections": [], "meant": []}


def _find(question: str) -> dict[str, Any]:
    if len(question) > LONGEST:
        raise BadInput(
            f"输入了 {len(question)} 个字，一次最多查 {LONGEST} 个字。",
            "请只留一条地址再查。",
            code="bad-parameter",
        )
    engine = lookup.engine()
    return shown(engine.geocode(question, limit=AT_MOST), engine)
