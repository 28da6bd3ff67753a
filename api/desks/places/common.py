"""What the pages of the register share: words, form fields, addresses, how a day is read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from fastapi import Form, Path

from gazetteer.naming.model import CATEGORIES
from geo.problems import BadInput

HOME: Final = "/desk/places"
Table = Literal["place", "road", "address"]
Named = Literal["place", "road"]
Code = Annotated[str, Path(max_length=64, pattern=r"^[\w.-]+$")]
Token = Annotated[str, Form(max_length=200)]
Text = Annotated[str, Form(max_length=2000)]
NAME_STATES: Final = ("拟命名", "现行", "更名", "销名", "未登记")
HANDLES: Final = {"road": "道路", "natvil": "自然村", "estate": "小区楼宇"}
ROAD_CLASSES: Final = ("快速路", "主干道", "次干道", "支路", "巷弄", "乡道", "村道")


def href(kind: str, code: str) -> str:
    """The desk's page of a record."""
    return f"{HOME}/{kind}/{code}"


def category_word(code: str) -> str:
    """A category with its letter: E 街路巷."""
    return f"{code} {CATEGORIES[code]}" if code in CATEGORIES else code


def day_of(said: str, *, default: date | None = None) -> date:
    """A day as a form sends it.

    Raises:
        BadInput: it is none.
    """
    if not said and default is not None:
        return default
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadInput(f"“{said}”不是日期。", "请按 2026-11-22 这样填写。", code="date") from None
