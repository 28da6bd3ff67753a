"""The geometry of every row, checked once for all formats."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.files.limits import Limits
from geo.problems import Finding

_SHOWN = 50


def sound_shapes(
    shapes: NDArray[np.object_], rows: NDArray[np.int64], findings: list[Finding], bounds: Limits
) -> NDArray[np.object_]:
    """The shapes in two dimensions; what cannot be used becomes None and a finding each.

    Unusable: coordinates that are no finite numbers, more vertices than allowed. Empty geometry counts as none.
    A polygon that crosses itself stays: repairing it is for whoever knows what it should be.
    """
    flat = np.asarray(shapely.force_2d(shapes), dtype=object)
    flat[shapely.is_empty(flat)] = None
    tests = (
        ("geometry.vertices", shapely.get_num_coordinates(flat) > bounds.vertices,
         f"几何的顶点超过 {bounds.vertices} 个", "请简化后重新导出"),
        ("geometry.not-finite", ~_finite(flat), "坐标不是有限的数", "请改正或删去该要素"),
    )  # fmt: skip
    for code, hit, what, remedy in tests:
        for index in np.flatnonzero(hit)[:_SHOWN]:
            row = int(rows[index])
            findings.append(Finding(code, "block", f"第 {row} 个要素", what, remedy, row=row))
        flat[hit] = None
    findings.extend(_unsound_polygons(flat, rows))
    return flat


def _unsound_polygons(shapes: NDArray[np.object_], rows: NDArray[np.int64]) -> list[Finding]:
    polygons = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (3, 6)))
    wrong = polygons[~shapely.is_valid(shapes[polygons])][:_SHOWN]
    return [
        Finding("geometry.invalid", "warn", f"第 {int(rows[index])} 个要素", "面不合规范（自相交、点数不足等）",
                "请核对形状，或修复后再导入", row=int(rows[index]))
        for index in wrong
    ]  # fmt: skip


def _finite(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """True for every shape without NaN or infinity; missing shapes count as fine."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    good = np.ones(len(shapes), dtype=bool)
    good[owner[~np.isfinite(coordinates).all(axis=1)]] = False
    return good
