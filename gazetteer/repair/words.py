"""What things are called at the desk: states of a row, acts, defects that a bulk act may take."""

from __future__ import annotations

from typing import Final

from gazetteer.address.defects.repair import AUTOMATIC
from gazetteer.base import defect_types

STATES: Final[dict[str, str]] = {
    "open": "待处理", "accepted": "采用", "chosen": "另选", "manual": "人工填写", "text": "只改写法", "rejected": "退回",
}  # fmt: skip
"""State of a row → what the screens and the repaired file call it."""

CONFIRMED: Final = ("accepted", "chosen", "manual")
"""States in which a registered address stands behind the row."""

ACTIONS: Final[dict[str, str]] = {
    "accept": "采用建议", "choose": "另选候选", "manual": "人工填写", "reject": "退回",
    "bulk-auto": "批量采用", "bulk-text": "批量改写法",
}  # fmt: skip
"""Kinds of act → Chinese."""

STATUSES: Final[dict[str, str]] = {"auto": "可直接采用", "review": "需人工核对", "none": "未找到"}
"""The engine's grade of an answer → Chinese."""

UNSORTED: Final = "-"
"""Stands for rows with no defect of the list where a kind is asked for."""

DEFECTS: Final[dict[str, str]] = {code: name for code, name, *_ in defect_types()}
"""A01…A38 → Chinese name."""


def is_reversible(kind: str) -> bool:
    """Whether a defect is mended by a text rule that can be taken back (A03, A11-A16, A38)."""
    return kind in AUTOMATIC
