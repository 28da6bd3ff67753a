"""Single coordinates that cannot be: missing, half missing, zero, or outside China."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geo.crs.shape import kinds
from geo.problems import Finding

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = Sequence[int] | NDArray[np.int64] | None

_SHOWN = 5


def stray_findings(x: Floats, y: Floats, rows: Rows, *, projected: bool) -> tuple[list[Finding], Flags]:
    """Findings for impossible values, each naming the first rows, and the rows that are left to judge."""
    numbers = np.arange(2, len(x) + 2) if rows is None else np.asarray(rows)
    half, endless = np.isnan(x) != np.isnan(y), np.isinf(x) | np.isinf(y)
    usable = np.isfinite(x) & np.isfinite(y)
    zero = usable & ((x == 0) | (y == 0))
    x, y = np.where(usable, x, np.nan), np.where(usable, y, np.nan)
    fits = np.logical_or.reduce([kind.rows for kind in kinds(x, y)]) if len(x) else usable
    outside = usable & ~zero & ~fits
    found = [
        _finding("crs.half", half, numbers, "只有一个坐标值", "请补上另一个坐标，或两个都留空"),
        _finding("crs.not-finite", endless, numbers, "的坐标是无穷大", "请改正或留空"),
        _finding("crs.zero", zero, numbers, "的坐标为 0", "没有坐标请留空，不要填 0"),
        _finding(
            "crs.outside", outside, numbers, "的坐标不在中国范围内，也不像任何投影坐标", "请核对数值和坐标系"
        ),
    ]
    return [finding for finding in found if finding], usable & ~zero & fits


def _finding(code: str, hit: Flags, numbers: NDArray[np.int64], what: str, remedy: str) -> Finding | None:
    count = int(hit.sum())
    if not count:
        return None
    shown = [int(number) for number in numbers[hit][:_SHOWN]]
    listed = "、".join(str(number) for number in shown) + ("等" if count > _SHOWN else "")
    return Finding(code, "block", f"第 {listed} 行", f"{count} 行{what}", remedy, row=shown[0])
