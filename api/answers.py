"""How every error leaves the house: one RFC 9457 problem for programs, one page for people.

Each answer has a stable ``code``, one Chinese sentence (``detail``), what to do (``remedy``) and the request id
to quote to the bureau. Never a stack trace, never SQL, never a silent default.
"""

from __future__ import annotations

import dataclasses
from typing import Any
from urllib.parse import urlsplit

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.pages.templates import logged_in, page
from api.validation_words import findings_of
from geo.problems import BadInput, NotAllowed, NotFound, NotLoggedIn, Problem, TooMuch

log = structlog.get_logger("api.answers")

TOO_LARGE = TooMuch("请求内容过大。", "请减小内容，或分批提交。")
MOST_SHOWN = 50
"""Findings that a page lists; an interface gets all."""
#: Seconds after which asking again is right: the database comes back, a count begins anew.
RETRY_AFTER_S = {429: 60, 503: 5}
#: Every operation may answer with a problem; the description of the interface says so once.
DESCRIBED: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "出错：RFC 9457 problem",
        "content": {
            "application/problem+json": {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail", "code", "remedy", "request_id"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string", "description": "发生了什么"},
                        "remedy": {"type": "string", "description": "怎么办"},
                        "instance": {"type": "string"},
                        "code": {"type": "string", "description": "不变的代码，供程序判断"},
                        "request_id": {"type": "string", "description": "请求编号，报错时请附上"},
                        "findings": {"type": "array", "items": {"type": "object"}},
                    },
                }
            }
        },
    }
}
TITLES = {
    400: "请求无法理解",
    401: "需要登录",
    403: "没有权限",
    404: "没有找到",
    405: "方法不支持",
    406: "格式不支持",
    409: "状态冲突",
    412: "记录已被修改",
    413: "内容过大",
    422: "输入有误",
    429: "请求过多",
    500: "系统出错",
    503: "暂时不可用",
}


def problem_body(problem: Problem, status: int, request: Request) -> dict[str, Any]:
    """The problem as RFC 9457 wants it, with ``code``, ``remedy``, ``request_id`` and any ``findings``."""
    body: dict[str, Any] = {
        "type": f"urn:diming:problem:{problem.code}",
        "title": TITLES.get(status, "出错"),
        "status": status,
        "detail": _ended(problem.sentence),
        "instance": request.url.path,
        "code": problem.code,
        "remedy": _ended(problem.remedy),
        "request_id": request_id(request),
    }
    if problem.findings:
        body["findings"] = [dataclasses.asdict(f) for f in problem.findings]
    return body


def _ended(sentence: str) -> str:
    """The sentence with its full stop, however it was written."""
    return sentence if not sentence or sentence[-1] in "。！？.!?" else sentence + "。"


def request_id(request: Request) -> str:
    """The id under which this request stands in the log."""
    return str(request.scope.get("request_id", ""))


def answer(request: Request, problem: Problem, status: int | None = None) -> Response:
    """The problem in the form the caller can use: a page for a browser on a page, else JSON."""
    code = status or problem.status
    body = problem_body(problem, code, request)
    headers = {"retry-after": str(RETRY_AFTER_S[code])} if code in RETRY_AFTER_S else {}
    if _wants_page(request):
        drawn = page(
            request, _template(request), status=code, problem=_shown(body), came_from=_came_from(request)
        )
        drawn.headers.update(headers)
        return drawn
    return Response(orjson.dumps(body), code, headers, "application/problem+json; charset=utf-8")


def _template(request: Request) -> str:
    """Whoever works at the desk stays there, also when an act is refused."""
    at_desk = request.url.path.startswith("/desk") and logged_in(request)
    return "desk_problem.html" if at_desk else "problem.html"


def _shown(body: dict[str, Any]) -> dict[str, Any]:
    """The problem for a screen: places in its findings by their Chinese names alone, what stops before what only tells."""
    order = {"block": 0, "warn": 1}
    found = [f | {"where": f["where"].rpartition(" · ")[2] if f["where"][:1].isascii() else f["where"]}
             for f in body.get("findings", ())]  # fmt: skip
    return body | {"findings": sorted(found, key=lambda f: order.get(f["severity"], 2))[:MOST_SHOWN]}


def _wants_page(request: Request) -> bool:
    path = request.url.path
    if path.startswith(("/v1/", "/tiles/", "/static/", "/dialects/", "/results")) or path.endswith("z"):
        return False
    return "text/html" in request.headers.get("accept", "")


def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class only
    return answer(request, error)


def _on_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    findings = findings_of(error.errors())
    first = findings[0]
    sentence = f"{first.where}：{first.evidence}。"
    return answer(request, BadInput(sentence, first.remedy, code="bad-parameter", findings=tuple(findings)))


def _on_letters(request: Request, error: Exception) -> Response:
    """Half of a pair of code units, which JSON can write and nothing else can hold; any other such error is a mistake of ours."""
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - registered for this class only
    if "surrogates" not in error.reason:
        raise error
    said = BadInput(
        "内容里有不成字的编码（单独的代理码位）。", "删去这个字后重新输入。", code="bad-parameter"
    )
    return answer(request, said)


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    response = answer(request, _as_problem(error, request), error.status_code)
    response.headers.update(error.headers or {})
    return response


def _as_problem(error: HTTPException, request: Request) -> Problem:
    match error.status_code:
        case 401:
            return NotLoggedIn("请先登录。", "登录后重试。")
        case 403:
            return NotAllowed("您没有进行此操作的权限。", "请联系系统管理员。")
        case 404:
            return NotFound("没有这个地址的页面。", "检查网址，或回到首页重新查询。", code="no-such-page")
        case 405:
            return BadInput(
                f"此处不接受 {request.method} 请求。", "请按接口文档 /docs 使用。", code="method-not-allowed"
            )
        case 413:
            return TOO_LARGE
        case _:
            return BadInput("请求无法理解。", "检查请求的格式，接口说明见 /docs。", code="bad-request")


def on_too_large(request: Request) -> Response:
    """The answer to a body over the limit."""
    return answer(request, TOO_LARGE)


def on_bug(request: Request, error: Exception) -> Response:
    """What a mistake of ours looks like from outside: an id to quote, and nothing of the inside."""
    log.error("unexpected", request_id=request_id(request), path=request.url.path, exc_info=error)
    problem = Problem(
        "系统出现意外错误，您的数据没有改变。",
        "请稍后重试；若仍出错，请将编号告知管理员。",
        code="unexpected",
    )
    return answer(request, problem, 500)


def install(app: FastAPI) -> None:
    """Make the application answer every error, foreseen or not, in the one form."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(UnicodeEncodeError, _on_letters)


def _came_from(request: Request) -> str:
    """The page whose form was refused, to go back and put right what was written; empty where there is none of ours."""
    given = urlsplit(request.headers.get("referer", ""))
    if request.method != "POST" or given.netloc != request.url.netloc or given.path.startswith("//"):
        return ""
    return f"{given.path}?{given.query}" if given.query else given.path
