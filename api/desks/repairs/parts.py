"""What the pages of the repair desk share: who may act, the filter in the address bar, words, differences."""

from __future__ import annotations

from dataclasses import asdict
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import parse_qs, urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse

from api.desks.officer import officer_of as desk_officer
from api.pages.results import LEVEL_WORDS, certainty
from gazetteer.repair.decisions import Officer
from gazetteer.repair.rows import Filter
from gazetteer.repair.words import ACTIONS, DEFECTS, STATES, STATUSES, UNSORTED

HOME = "/desk/repairs"
SAID = {
    "done": "已处理一行。",
    "bulk": "已批量处理 {n} 条。",
    "undone": "已撤销，{n} 条恢复原状。",
    "taught": "已记住这个写法，查询和新名单立即按它匹配。本名单里待处理的行可以重新匹配。",
    "forgotten": "已取消这个写法，查询和新名单立即不再按它匹配。本名单里待处理的行可以重新匹配。",
    "rematch": "{n} 条待处理的行正在重新匹配，已处理的不动。",
    "judged": "已保存核查结果。",
    "drawn": "已抽出 {n} 条。",
}
"""What an act answers, by the word that stands in the address bar after it."""


def officer_of(request: Request, token: str) -> Officer:
    """Who acts, after the form's token has been checked.

    Raises:
        NotAllowed: the token is missing or another login's.
    """
    known = desk_officer(request, token)
    return Officer(known.name, known.shown, known.request_id)


def words() -> dict[str, Any]:
    """What the templates call things."""
    return {
        "defects": {**DEFECTS, UNSORTED: "未归类"}, "states": STATES, "statuses": STATUSES, "actions": ACTIONS,
        "levels": LEVEL_WORDS, "certainty": certainty, "difference": difference,
    }  # fmt: skip


def said(request: Request) -> str:
    """The sentence about the act that led to this page, if one did."""
    sentence = SAID.get(request.query_params.get("said", ""), "")
    number = request.query_params.get("n", "")
    return sentence.format(n=number if number.isdigit() else "") if sentence else ""


def desk_link(batch: int, wanted: Filter, **more: object) -> str:
    """The address of the desk with a filter; empty parts are left out."""
    parts = {**asdict(wanted), **more}
    query = urlencode({name: value for name, value in parts.items() if value not in ("", None)})
    return f"{HOME}/{batch}{'?' + query if query else ''}"


def filter_of(query: str) -> Filter:
    """The filter in the query of a desk's address, as forms send it back."""
    given = parse_qs(query[:2000])
    return Filter(**{name: given.get(name, [""])[0][:100] for name in ("kind", "status", "state", "q")})


def see_other(address: str) -> RedirectResponse:
    """Go to a page after an act, so that reloading it does not act again."""
    return RedirectResponse(address, 303)


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts as parts to be shown in one line: ``same``, ``del`` (struck through) and ``ins``."""
    parts: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", before[a:b]))
            continue
        parts += [("del", before[a:b])] if b > a else []
        parts += [("ins", after[c:d])] if d > c else []
    return parts
