"""The applicant's own way (网上申请): hand in from home, follow by number and private code, correct, withdraw."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks import clock_views
from api.desks.numbers.forms import CounterForm, application_of, errors_of, shown, with_address
from api.pages.login import address_of
from api.pages.templates import page
from api.security.throttle import check_attempts, note_attempt
from gazetteer.registration import deciding, store, taking
from gazetteer.registration.clerk import PUBLIC
from gazetteer.registration.model import HINTS, KINDS, MACHINE, NEW_NUMBER, Application, needed
from geo.cases import attachments, states
from geo.problems import BadInput, Conflict, NotFound, Problem, TooMuch, TooOften
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False)

OPEN_STATES = ("submitted", "accepted", "returned")
"""While a case is in these, its applicant may add materials."""
MOST_FILES = 12
MOST_BYTES = 10 * 2**20
HOURLY = 10
"""Applications that the whole public may hand in from one network address in an hour are counted by login attempts' table."""
_NAME = "apply:"


@router.get("/apply/number")
def blank(request: Request, kind: Annotated[str, Query(max_length=10)] = "新编",
          address: Annotated[str, Query(max_length=64)] = "") -> Response:  # fmt: skip
    """The applicant's form."""
    return _form(request, CounterForm(kind=kind if kind in KINDS else "新编", address=address))


@router.post("/apply/number")
def apply(request: Request, form: Annotated[CounterForm, Form()]) -> Response:
    """Hand in; answers with the case's number and the private code, shown once."""
    try:
        with session() as db:
            _slow_down(db, request)
            given = application_of(
                db, with_address(form.model_copy(update={"use_reserved": ""})), channel="网上", seconds=None
            )
            given = taking.suggested(db, given)
            check_reachable(given)
            name_act(db, actor="public", action="registration.submit")
            taken = taking.take(db, given, PUBLIC)
    except Problem as problem:
        return _form(request, form, problem)
    return page(request, "numbers/applied.html", code=taken.code, private=taken.private)


def check_reachable(given: Application) -> None:
    """What the window must have from who applies at home: where the door is, and how to reach the applicant.

    Raises:
        BadInput: one of them is missing.
    """
    if given.kind in NEW_NUMBER and given.lon is None:
        raise BadInput("没有房屋的位置。", "在地图上点出门的位置，或填写经纬度。", code="registration.point")
    if not given.person.phone.strip():
        raise BadInput("没有写电话。", "填写电话，窗口要联系您。", code="registration.phone")


@router.get("/apply/number/follow")
def ask(request: Request, code: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Where the applicant asks how far the case is; the number may come with the link."""
    return page(request, "numbers/follow.html", case=None, code=code, trouble="", clocks=(), private="", may=(),
                reason="")  # fmt: skip


@router.post("/apply/number/follow")
def follow(request: Request, code: Annotated[str, Form(max_length=20)] = "",
           private: Annotated[str, Form(max_length=8)] = "", act: Annotated[str, Form(max_length=20)] = "") -> Response:  # fmt: skip
    """How far the case is; with ``act`` the applicant withdraws it or hands it in again."""
    try:
        case = checked(request, code, private)
        if act in ("withdraw", "resubmit"):
            with session() as db:
                name_act(db, actor="public", action=f"registration.{act}")
                deciding.do(db, case.code, act, PUBLIC)
                case = store.find(db, case.code)
    except Problem as problem:
        return refused(request, code, problem)
    return followed(request, case, private)


@router.post("/apply/number/files")
def attach(request: Request, file: Annotated[UploadFile, File()], code: Annotated[str, Form(max_length=20)] = "",
           private: Annotated[str, Form(max_length=8)] = "", kind: Annotated[str, Form(max_length=20)] = "") -> Response:  # fmt: skip
    """The applicant adds a photo or scan of a material, with the number and the private code of the case."""
    try:
        case = checked(request, code, private)
    except Problem as problem:
        return refused(request, code, problem)
    try:
        content = file.file.read(MOST_BYTES + 1)
        with session() as db:
            name_act(db, actor="public", action="registration.attach")
            _put(db, case, kind, file.filename or "材料", content)
    except Problem as problem:
        return followed(request, case, private, problem)
    return followed(request, case, private)


def checked(request: Request, code: str, private: str) -> store.Registration:
    """The case of number and private code; who guesses is slowed down first."""
    with session() as db:
        check_attempts(db, f"{_NAME}{code[:20]}", address_of(request))
    return _known(request, code, private)


def refused(request: Request, code: str, problem: Problem) -> Response:
    """The page that asks, with why it did not answer."""
    return page(request, "numbers/follow.html", status=problem.status, case=None, code=code,
                trouble=problem.sentence + problem.remedy, clocks=(), private="", may=(), reason="")  # fmt: skip


def followed(
    request: Request, case: store.Registration, private: str, problem: Problem | None = None
) -> Response:
    """How far the case is, as its applicant sees it."""
    with session() as db:
        about: dict[str, Any] = {
            "case": case, "code": case.code, "clocks": clock_views.of_case(db, MACHINE, case.code), "private": private,
            "may": states.acts(db, MACHINE, case.code, {"public"}), "files": attachments.of(db, MACHINE, case.code),
            "trouble": problem.sentence + problem.remedy if problem else "", "materials": needed(case.kind),
            "open": case.state in OPEN_STATES,
            "reason": next((e.note for e in reversed(states.history(db, MACHINE, case.code)) if e.note), ""),
        }  # fmt: skip
    return page(request, "numbers/follow.html", status=problem.status if problem else 200, **about)


def _put(db: Session, case: store.Registration, kind: str, name: str, content: bytes) -> None:
    if case.state not in OPEN_STATES:
        raise Conflict("这件登记已经办结，不能再补材料。", "有疑问请联系窗口。", code="attach.closed")
    if len(content) > MOST_BYTES:
        raise TooMuch(
            "文件太大。", f"一个文件至多 {MOST_BYTES // 2**20} MB，请缩小照片。", code="attach.size"
        )
    if len(attachments.of(db, MACHINE, case.code)) >= MOST_FILES:
        raise TooMuch(f"已经有 {MOST_FILES} 个材料。", "更多材料请带到窗口。", code="attach.count")
    known = {m.key for m in needed(case.kind)}
    attachments.put(db, MACHINE, case.code, kind if kind in known else "", name, content, actor="申请人")


def _known(request: Request, code: str, private: str) -> store.Registration:
    """The case, with a wrong code counted in a transaction of its own, so that guessing is slowed down."""
    try:
        with session() as db:
            return store.follow(db, code, private)
    except NotFound:
        with session() as db:
            note_attempt(db, f"{_NAME}{code[:20]}", address_of(request), succeeded=False)
        raise


def _slow_down(db: Session, request: Request) -> None:
    name = f"{_NAME}new:{address_of(request)}"[:100]
    count = db.scalar(
        text("SELECT count(*) FROM access.login_attempt WHERE name = :n AND at > now() - interval '1 hour'"),
        {"n": name},
    )
    if (count or 0) >= HOURLY:
        raise TooOften("提交的申请太多。", "请一小时后再试，或到窗口办理。", code="apply-throttled")
    note_attempt(db, name, "", succeeded=True)


def _form(request: Request, form: CounterForm, problem: Problem | None = None) -> Response:
    about = about_application(form, problem)
    return page(
        request,
        "numbers/apply.html",
        status=problem.status if problem else 200,
        case=None,
        private="",
        **about,
    )


def about_application(form: CounterForm, problem: Problem | None) -> dict[str, Any]:
    """What the applicant's form needs, for a new application and for one that is corrected."""
    return {
        "given": form, "kinds": [(k, f"{k}：{HINTS[k]}") for k in KINDS], "needed": needed(form.kind),
        "errors": errors_of(problem) if problem else {}, "findings": shown(list(problem.findings)) if problem else [],
    }  # fmt: skip
