"""Doubts about a whole file's coordinates, before anything is written: what they look like and what to pass."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.crs.area import Region, fit_region
from geo.crs.convert import convert
from geo.crs.hints import named_doubt
from geo.crs.names import System, system
from geo.crs.shape import Kind, code_of_zone, code_without_zone, main_kind, zone_of
from geo.crs.shift import shift_against
from geo.crs.strays import Rows, stray_findings
from geo.problems import Finding

Floats = NDArray[np.float64]
_UNLIKELY = 0.001
Columns = tuple[str, str] | None


def _swap(columns: Columns) -> str:
    """How to exchange the axes, with the file's own headings where it has any."""
    return (
        f"请交换两列：--map lon={columns[1]} --map lat={columns[0]}"
        if columns
        else "请把两个坐标对调后重新导出"
    )


def suspect(
    lon_or_x: ArrayLike,
    lat_or_y: ArrayLike,
    *,
    declared: str | int | None,
    reference: tuple[ArrayLike, ArrayLike] | None = None,
    region: Region | None = None,
    rows: Rows = None,
    hints: Iterable[str] = (),
    columns: Columns = None,
) -> list[Finding]:
    """What is doubtful about a file's coordinates; empty when nothing is.

    Looks at the size of the numbers (exchanged axes, metres instead of degrees and in which zone, zeros, NaN,
    outside China), then at the datum. With ``reference`` a file shifted by GCJ-02 or BD-09 is recognised
    surely from a handful of rows. With only ``region`` the test is weaker - points near the edge must betray it -
    and its finding is a warning, not a refusal. With neither, an undeclared datum is only pointed out.

    Args:
        lon_or_x: first coordinate of every row as written; NaN where the cell is empty or not a number.
        lat_or_y: second coordinate of every row.
        declared: what the user said the datum is, None if nothing was said (then CGCS2000 is assumed).
        reference: expected ``(lon, lat)`` of every row in CGCS2000 degrees, NaN where unknown; for example
            the register's position of the same address, the middle of the named road, of the named township.
        region: the district as a polygon or ``(west, south, east, north)``, or one division polygon per row.
        rows: the row number of each value as a person counts it; 2, 3, 4… if left out.
        hints: words around the numbers that may name a datum: the file's name, headers, the stated source.
        columns: headings of the two coordinates, for the advice to exchange them.

    Raises:
        BadInput: ``declared`` is no known reference system.
    """
    x, y = np.asarray(lon_or_x, dtype=np.float64), np.asarray(lat_or_y, dtype=np.float64)
    said = system(declared) if declared is not None else system("cgcs2000")
    findings, good = stray_findings(x, y, rows, projected=said.projected)
    if not good.any():
        return findings
    kind = main_kind(x[good], y[good])
    if trouble := _kind_trouble(kind, x[good], y[good], said, region, columns):
        return [*findings, trouble]
    if said.projected:
        return findings + _wrong_place(x[good], y[good], said, region)
    known = _comparable(x[good], y[good], _pick(reference, good), said)
    doubts = _datum_doubt(x[good], y[good], said, known, _pick_region(region, good), declared is None)
    if not any(doubt.severity == "block" for doubt in doubts) and known is None:
        doubts = named_doubt(hints, said, unsaid=declared is None) or doubts
    return findings + doubts


def _kind_trouble(
    kind: Kind | None, x: Floats, y: Floats, said: System, region: Region | None, columns: Columns
) -> Finding | None:
    if kind is None:
        return Finding(
            "crs.mixed", "block", "", "坐标列里混有不同单位或不同轴序的数值", "请把文件按坐标系拆开后分别导入"
        )
    if kind.name == "degrees":
        return _degrees_trouble(kind, said, columns)
    if said.projected and not kind.swapped:
        return None
    east = y if kind.swapped else x
    advice = _metres_advice(kind, east, x if kind.swapped else y, region)
    order = "，且第一列是北坐标（测绘的 X）、第二列是东坐标（测绘的 Y）" if kind.swapped else ""
    code = "crs.metres-swapped" if kind.swapped else "crs.metres"
    fix = f"{_swap(columns)}（第一列 lon 应为 6 位或 8 位的东坐标），并" if kind.swapped else "请"
    return Finding(code, "block", "", f"坐标是以米为单位的投影坐标，不是经纬度{order}", f"{fix}{advice}")


def _degrees_trouble(kind: Kind, said: System, columns: Columns) -> Finding | None:
    if said.projected:
        return Finding(
            "crs.degrees", "block", "", f"声明的是投影坐标（{said.title}），文件里却是经纬度",
            "请改用 --datum wgs84、cgcs2000 或 gcj02",
        )  # fmt: skip
    if kind.swapped:
        return Finding(
            "crs.swapped", "block", "", "经度和纬度两列对调了（经度列都在 3-54 之间）", _swap(columns)
        )
    return None


def _metres_advice(kind: Kind, east: Floats, north: Floats, region: Region | None) -> str:
    """Which system to declare; the district decides among zones where the eastings leave them open."""
    if kind.name == "web-metres":
        return "传入 --datum 3857（网络地图的墨卡托投影）"
    if kind.name == "zone-metres":
        zone = zone_of(east)
        return f"传入 --datum {code_of_zone(zone)}（东坐标带有 {zone} 带号前缀）"
    likely = [str(code_without_zone(zone)) for zone in (39, 40, 41)] + ["gk121.5"]
    if region is not None:
        likely = sorted(likely, key=lambda name: _outside_share(east, north, name, region))
        if _outside_share(east, north, likely[0], region) < 0.5:
            return f"传入 --datum {likely[0]}（按所在区域判断最可能的中央经线）"
    return "传入所用中央经线的代码：--datum 4549（中央经线 120°）、4550（123°）或 gk121.5（121.5°）"


def _outside_share(east: Floats, north: Floats, name: str, region: Region) -> float:
    lon, lat = convert(east, north, name, "cgcs2000")
    return fit_region(lon, lat, region, "cgcs2000").outside_declared / max(len(lon), 1)


def _wrong_place(x: Floats, y: Floats, said: System, region: Region | None) -> list[Finding]:
    """Projected metres read with the wrong zone land hundreds of kilometres away."""
    lon, lat = convert(x, y, said.name, "cgcs2000")
    outside_china = main_kind(lon, lat)
    misplaced = region is not None and _outside_share(x, y, said.name, region) > 0.5
    if outside_china is not None and not outside_china.swapped and not misplaced:
        return []
    kind = main_kind(x, y)
    advice = _metres_advice(kind, x, y, region) if kind else "检查坐标列"
    return [
        Finding("crs.wrong-zone", "block", "", f"按 {said.title} 读出的位置不在应在的区域内", f"请{advice}")
    ]


def _datum_doubt(
    x: Floats,
    y: Floats,
    said: System,
    known: tuple[Floats, Floats] | None,
    region: Region | None,
    unsaid: bool,
) -> list[Finding]:
    declared = "cgcs2000" if said.name == "wgs84" else said.name
    if known is not None and (shift := shift_against(x, y, *known, declared)) is not None:
        if not shift.sure:
            return []
        return [_shifted(shift.rows, shift.declared_m, shift.best_m, said, shift.datum)]
    if region is not None:
        return _region_doubt(x, y, said, region, declared)
    if unsaid:
        return [
            Finding(
                "datum.undeclared", "warn", "", "没有声明坐标系，也没有可以比对的已知位置",
                "请加上坐标系：GPS 或卫星定位用 --datum wgs84，测绘成果用 --datum cgcs2000，"
                "取自高德、腾讯地图用 --datum gcj02，取自百度地图用 --datum bd09",
            )
        ]  # fmt: skip
    return []


def _comparable(
    x: Floats, y: Floats, known: tuple[Floats, Floats] | None, said: System
) -> tuple[Floats, Floats] | None:
    """The known positions, or None where too few rows have one to judge by."""
    if known is None:
        return None
    return known if shift_against(x, y, *known, said.name) is not None else None


def _shifted(rows: int, declared_m: float, best_m: float, said: System, datum: str) -> Finding:
    return Finding(
        "datum.shifted", "block", "",
        f"与 {rows} 处已知位置相比，整个文件按 {said.title} 读取时一致偏移约 {declared_m:.0f} 米，"
        f"按 {system(datum).title} 读取时只差约 {best_m:.0f} 米",
        f"请传入 --datum {datum}",
    )  # fmt: skip


def _region_doubt(x: Floats, y: Floats, said: System, region: Region, declared: str) -> list[Finding]:
    fit = fit_region(x, y, region, declared)
    if fit.rows and fit.outside_best > 0.5 * fit.rows:
        return [
            Finding("crs.elsewhere", "warn", "", f"{fit.rows} 个点中有 {fit.outside_declared} 个不在应在的区划内",
                    "请确认文件属于本地，并核对坐标系")
        ]  # fmt: skip
    if fit.datum == declared or fit.chance >= _UNLIKELY:
        return []
    return [
        Finding(
            "datum.maybe-shifted", "warn", "",
            f"按 {said.title} 读取时有 {fit.outside_declared} 个点落在应在的区划之外，"
            f"按 {system(fit.datum).title} 读取时只有 {fit.outside_best} 个（没有逐行的已知位置可比，此判断较弱）",
            f"如果坐标取自网络地图，请传入 --datum {fit.datum}；确认无误则照原样声明坐标系后再导入",
        )
    ]  # fmt: skip


def _pick(pair: tuple[ArrayLike, ArrayLike] | None, good: NDArray[np.bool_]) -> tuple[Floats, Floats] | None:
    if pair is None:
        return None
    return np.asarray(pair[0], dtype=np.float64)[good], np.asarray(pair[1], dtype=np.float64)[good]


def _pick_region(region: Region | None, good: NDArray[np.bool_]) -> Region | None:
    if isinstance(region, list | np.ndarray) and len(region) == len(good):
        return [shape for shape, keep in zip(region, good, strict=True) if keep]
    return region
