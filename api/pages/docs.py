"""``/docs``: the interface as a page of our own, drawn from the OpenAPI description, without any other host."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages import examples
from api.pages.samples import LIMITS, samples
from api.pages.templates import page

router = APIRouter(include_in_schema=False)

EXAMPLE = "黄岩永宁大道1号"


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Every path with its parameters and an example to click; the same facts as ``/openapi.json``."""
    schema = request.app.openapi()
    base = str(request.base_url).rstrip("/")
    tried = examples.of_data() or (EXAMPLE,)
    return page(request, "docs.html", groups=_groups(schema), description=schema["info"]["description"], base=base,
                examples=tried, samples=samples(base, tried[0]), limits=LIMITS)  # fmt: skip


def _groups(schema: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            entry = {
                "method": method.upper(),
                "path": path,
                "summary": told.get("summary", ""),
                "parameters": [_parameter(p) for p in told.get("parameters", ())],
            }
            groups.setdefault((told.get("tags") or ["其他"])[0], []).append(entry)
    return groups


def _parameter(told: dict[str, Any]) -> dict[str, Any]:
    shape = told.get("schema", {})
    choices = [one for one in shape.get("anyOf", [shape]) if one.get("type") != "null"]
    limits = choices[0] if choices else {}
    return {
        "name": told["name"],
        "required": told.get("required", False),
        "kind": _kind(limits),
        "description": told.get("description") or shape.get("description") or limits.get("description", ""),
        "default": shape.get("default"),
    }


_KINDS = {"integer": "整数", "number": "数字", "string": "文字", "boolean": "是/否"}


def _kind(limits: dict[str, Any]) -> str:
    if "enum" in limits:
        return "、".join(str(choice) for choice in limits["enum"])
    if limits.get("format") == "date":
        return "日期"
    low, high = limits.get("minimum"), limits.get("maximum")
    words = _KINDS.get(limits.get("type", ""), "")
    if low is not None and high is not None:
        return f"{words} {low:g}–{high:g}"
    return f"{words}，至多 {limits['maxLength']} 字" if "maxLength" in limits else words
