"""The form for reporting what is wrong (报错), reached from a result or a record; works without a script."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from api import reports
from api.answers import problem_body
from api.pages.login import address_of
from api.pages.templates import page
from api.security.caller import check_csrf, identify
from api.validation_words import findings_of
from geo.problems import BadInput, NotFound, Problem
from geo.store.engine import session

router = APIRouter(include_in_schema=False)

Short = Annotated[str, Query(max_length=500)]
Given = Annotated[str, Form(max_length=4000)]


@router.get("/report")
def form(request: Request, q: Short = "", code: Short = "", address: Short = "") -> HTMLResponse:
    """The form; what it is about comes with the link."""
    about = {"question": q, "code": code, "standard_address": address}
    return page(request, "report.html", **_shown(about | {"kind": "" if code else "missing-address"}))


@router.get("/report/progress")
def progress(request: Request, number: Short = "") -> HTMLResponse:
    """What became of a report, by the number that its sender was given; its words and its sender are not shown."""
    known: dict[str, Any] = {"asked": number.strip()[:20], "answer": None, "trouble": ""}
    status = 200
    if number.strip():
        try:
            with session() as db:
                known["answer"] = reports.answer_to(db, number)
        except NotFound as problem:
            status, known["trouble"] = problem.status, problem.sentence + problem.remedy
    return page(request, "report_progress.html", status=status, **known)


@router.post("/report")
def send(
    request: Request,
    kind: Given = "",
    text: Given = "",
    contact: Given = "",
    question: Given = "",
    code: Given = "",
    standard_address: Given = "",
    token: Given = "",
) -> HTMLResponse:
    """Keep the report and say its number; the form again, as filled in, when something is wrong."""
    check_csrf(request, token)
    given = {
        "kind": kind, "text": text, "contact": contact, "question": question, "code": code,
        "standard_address": standard_address,
    }  # fmt: skip
    try:
        with session() as db:
            number = reports.take(
                db, _checked(given), address=address_of(request), actor=identify(request).name
            )
    except Problem as problem:
        told = problem_body(problem, problem.status, request)
        trouble = told["detail"] + told["remedy"]
        return page(request, "report.html", status=problem.status, **_shown(given, trouble))
    return page(request, "report.html", status=201, **_shown(given, number=number))


def _checked(given: dict[str, str]) -> reports.Report:
    if not given["kind"] or not given["text"].strip():
        raise BadInput("还没有填完。", "请选择问题的种类，并写下说明。", code="report-incomplete")
    try:
        return reports.Report.model_validate(given)
    except ValidationError as error:
        first = findings_of(error.errors())[0]
        raise BadInput(f"{first.where}：{first.evidence}。", first.remedy, code="bad-parameter") from error


def _shown(given: dict[str, str], trouble: str = "", number: str = "") -> dict[str, Any]:
    filled = {"kind": "", "text": "", "contact": "", **given}
    return {"given": filled, "kinds": reports.KINDS, "trouble": trouble, "number": number}
