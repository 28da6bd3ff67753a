"""What is wrong with a geometry, and the repair that changes least."""

from __future__ import annotations

import shapely
from shapely.validation import explain_validity

from geo.problems import Finding

_REASONS = (
    ("Self-intersection", "边界自相交"),
    ("Ring Self-intersection", "环自相交"),
    ("Hole lies outside", "洞在外环之外"),
    ("Holes are nested", "洞相互嵌套"),
    ("Nested shells", "面相互重叠"),
    ("Duplicate Rings", "有重复的环"),
    ("Too few points", "点数不足"),
    ("Interior is disconnected", "内部不连通"),
)


def check(shape: shapely.Geometry, *, most_vertices: int = 200_000, row: int | None = None) -> list[Finding]:
    """Findings on one geometry: too many vertices, zero length or area, self-crossing; empty when sound."""
    where = f"第 {row} 行 · 几何" if row is not None else "几何"
    found = []
    count = int(shapely.get_num_coordinates(shape))
    if count > most_vertices:
        found.append(
            Finding(
                "geometry.vertices",
                "block",
                where,
                f"有 {count} 个顶点，超过 {most_vertices} 个",
                "请简化",
                row,
            )
        )
    if not shape.is_valid:
        reason = explain_validity(shape)
        said = next((chinese for english, chinese in _REASONS if reason.startswith(english)), "不符合规范")
        found.append(
            Finding("geometry.invalid", "block", where, said, "可以自动修复，请核对修复后的形状", row)
        )
    if shape.geom_type.endswith("LineString") and shape.length == 0:
        found.append(Finding("geometry.degenerate", "block", where, "线的长度为 0", "请改正或删去", row))
    # The halves of a ring that crosses itself may cancel out to 0 and still enclose something.
    if shape.geom_type.endswith("Polygon") and shape.area == 0 and repair(shape).area == 0:
        found.append(Finding("geometry.degenerate", "block", where, "面的面积为 0", "请改正或删去", row))
    return found


def repair(shape: shapely.Geometry) -> shapely.Geometry:
    """The nearest valid geometry of the same dimension; a valid one comes back as it is.

    A polygon that crosses itself keeps the area it encloses; lines and points that fall off are dropped.
    """
    if shape.is_valid:
        return shape
    made = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    dimension = shapely.get_dimensions(shape)
    parts = [part for part in shapely.get_parts(made) if shapely.get_dimensions(part) == dimension]
    if len(parts) == len(shapely.get_parts(made)):
        return made
    return shapely.union_all(parts)
