"""Where the rows of a file are: geometry in CGCS2000, after the file's datum has been doubted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gazetteer.register.importing.sheet import POSITION, Sheet
from gazetteer.register.kinds import Shape
from gazetteer.register.models.mixins import SRID
from geo.crs import convert, suspect, system
from geo.crs.hints import stated_datum
from geo.crs.shape import kinds, main_kind
from geo.crs.strays import stray_findings
from geo.problems import BadFile, Finding

Shapes = NDArray[np.object_]
Floats = NDArray[np.float64]
_DECIMALS = 8
"""About a millimetre; rounding once makes a file that comes again equal to what is stored."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Geometry of every row as EWKB in hex (None where a row has none) and the datum it was given in."""

    ewkb: Sequence[str | None]
    datum: str

    @property
    def present(self) -> bool:
        """Whether the file has geometry at all; if not, what the register has stays."""
        return any(code is not None for code in self.ewkb)


@dataclass(frozen=True, slots=True)
class Raw:
    """The geometry as written, with one representative coordinate pair a row (NaN where there is none)."""

    shapes: Shapes
    x: Floats
    y: Floats


def raw_positions(sheet: Sheet) -> Raw | None:
    """The geometry of a file as it stands there; None where the file has none."""
    table = sheet.table
    if table.geometry is not None:
        return _of_shapes(np.asarray(table.geometry, dtype=object))
    if sheet.has("geometry"):
        return _of_shapes(_from_wkt(sheet))
    if not (sheet.has("lon") and sheet.has("lat")):
        return None
    x, y = (_numbers(sheet, name) for name in ("lon", "lat"))
    both = np.isfinite(x) & np.isfinite(y)
    shapes = np.full(len(sheet), None, dtype=object)
    shapes[both] = shapely.points(x[both], y[both])
    return Raw(shapes, x, y)


def settle(
    sheet: Sheet,
    raw: Raw | None,
    datum: str | None,
    reference: tuple[Floats, Floats] | None,
    region: list[object] | None = None,
    *,
    hints: Iterable[str] = (),
    trust: bool = False,
) -> Positions:
    """Doubt the datum of the whole file, refuse rows with impossible coordinates, convert the rest to CGCS2000.

    Args:
        sheet: the file; impossible rows are refused in it.
        raw: from ``raw_positions``.
        datum: what the user declared; else what the file states.
        reference: where the register expects each row, NaN where it does not know.
        region: the polygon that each row should lie in, None where nothing is known.
        hints: further words that may name a datum, such as the file's name; headings of positions are heard anyway.
        trust: the user confirmed the declared datum against what such words say.

    Raises:
        BadInput: the datum is not declared, or is declared wrongly; says what to pass.
    """
    if raw is None:
        return Positions([None] * len(sheet), "cgcs2000")
    stated = sheet.table.crs
    declared = datum or (stated.name if stated else None) or stated_datum(_axes(sheet) or ())
    said = system(declared) if declared else system("cgcs2000")
    good = _refuse_strays(sheet, raw, projected=said.projected or _in_metres(raw))
    if not good.any():
        return Positions([None] * len(sheet), said.name)
    _doubt(sheet, raw, good, declared, reference, region, (*hints, *_headings(sheet)), trust)
    kept = raw.shapes.copy()
    kept[~good] = None
    shapes = shapely.transform(kept, lambda xy: _to_register(xy, said.name), include_z=False)
    return Positions(_ewkb(shapes), said.name)


def check_shapes(sheet: Sheet, raw: Raw | None, shape: Shape) -> None:
    """Refuse rows whose geometry is of another type than the kind has."""
    if raw is None or shape == "any":
        return
    allowed = {"point": {0}, "line": {1, 5}, "none": set[int]()}[shape]
    words = {"point": "点", "line": "线", "none": "无"}[shape]
    types = shapely.get_type_id(raw.shapes)
    for index in np.flatnonzero((types >= 0) & ~np.isin(types, list(allowed))):
        seen = raw.shapes[index].geom_type
        sheet.refuse(
            int(index), "import.geometry", "几何", f"几何是 {seen}", f"{sheet.kind.title}应当是{words}"
        )


def _of_shapes(shapes: Shapes) -> Raw:
    there = ~shapely.is_missing(shapes)
    x, y = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    coordinates, index = shapely.get_coordinates(shapes[there], return_index=True)
    if len(coordinates):
        _, first = np.unique(index, return_index=True)
        x[np.flatnonzero(there)], y[np.flatnonzero(there)] = coordinates[first].T
    return Raw(shapes, x, y)


def _from_wkt(sheet: Sheet) -> Shapes:
    cells = sheet.cells("geometry")
    shapes = np.asarray(shapely.from_wkt([c or None for c in cells], on_invalid="ignore"), dtype=object)
    for index in np.flatnonzero(shapely.is_missing(shapes)):
        if cells[int(index)]:
            sheet.refuse(int(index), "import.geometry", "几何", "不是有效的 WKT", "改正几何或留空")
    return shapes


def _numbers(sheet: Sheet, name: str) -> Floats:
    values, findings = sheet.table.numbers(sheet.mapping[name])
    index_of = {int(row): i for i, row in enumerate(sheet.table.rows)}
    for finding in findings:
        sheet.findings.append(finding)
        if finding.row is not None:
            sheet.refused.add(index_of[finding.row])
    return values


def _in_metres(raw: Raw) -> bool:
    """Whether most numbers are far too large for degrees, so that the file and not each row is to be doubted."""
    return bool(np.nanmedian(np.abs(raw.x)) > 1000) if np.isfinite(raw.x).any() else False


def _refuse_strays(sheet: Sheet, raw: Raw, *, projected: bool) -> NDArray[np.bool_]:
    _, good = stray_findings(raw.x, raw.y, sheet.table.rows, projected=projected)
    given = ~(np.isnan(raw.x) & np.isnan(raw.y))
    for index in np.flatnonzero(given & ~good):
        if int(index) not in sheet.refused:
            sheet.refuse(
                int(index), "import.coordinates", "坐标", _stray(float(raw.x[index]), float(raw.y[index])),
                "改正坐标，没有坐标就两格都留空",
            )  # fmt: skip
    good = np.asarray(good, dtype=bool)
    return good & ~_refuse_odd(sheet, raw, good)


def _refuse_odd(sheet: Sheet, raw: Raw, good: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Refuse single rows that are written in another way than the file: axes exchanged, metres among degrees."""
    main = main_kind(raw.x[good], raw.y[good])
    odd = np.zeros(len(good), dtype=bool)
    if main is None:
        return odd
    odd[np.flatnonzero(good)[~main.rows]] = True
    turned = {kind.name: kind.rows for kind in kinds(raw.x, raw.y) if kind.swapped != main.swapped}[main.name]
    for index in np.flatnonzero(odd):
        x, y = f"{raw.x[index]:.10g}", f"{raw.y[index]:.10g}"
        evidence, remedy = f"坐标（{x}，{y}）与其他行的写法不同", "改成与其他行一样的坐标，没有就两格都留空"
        if turned[index]:
            evidence, remedy = f"坐标（{x}，{y}）的经度和纬度像是写反了", "把这一行的两格对调"
        sheet.refuse(int(index), "import.coordinates", "坐标", evidence, remedy)
    return odd


def _stray(x: float, y: float) -> str:
    """What is wrong with one pair of coordinates."""
    if np.isnan(x) or np.isnan(y):
        return "经度为空，只有纬度" if np.isnan(x) else "纬度为空，只有经度"
    if x == 0 or y == 0:
        return f"坐标（{x:g}，{y:g}）为 0，不在中国范围内"
    return f"坐标（{x:g}，{y:g}）不在中国范围内"


def _doubt(
    sheet: Sheet, raw: Raw, good: NDArray[np.bool_], declared: str | None,
    reference: tuple[Floats, Floats] | None, region: list[object] | None, hints: Iterable[str], trust: bool,
) -> None:  # fmt: skip
    known = (reference[0][good], reference[1][good]) if reference else None
    around = [shape for shape, keep in zip(region, good, strict=True) if keep] if region else None
    findings = suspect(
        raw.x[good], raw.y[good], declared=declared, reference=known, region=around,
        rows=sheet.table.rows[good], hints=hints, columns=_axes(sheet),
    )  # fmt: skip
    unconfirmed = {"datum.undeclared"} | (set() if trust else {"datum.hinted"})
    refusals = [f for f in findings if f.severity == "block" or f.code in unconfirmed]
    if not refusals and declared is None:
        refusals = [_undeclared(findings)]
    if refusals:
        first = refusals[0]
        others = tuple(f for f in findings if f is not first)
        raise BadFile(
            f"整个文件被拒绝，没有写入任何数据：{first.evidence}。",
            f"{first.remedy}。",
            code=first.code,
            findings=others,
        )
    sheet.findings.extend(findings)


def _headings(sheet: Sheet) -> list[str]:
    """What the file writes over its positions: lng_gcj02 says more than its numbers."""
    return [sheet.mapping[name] for name in POSITION if name in sheet.mapping]


def _axes(sheet: Sheet) -> tuple[str, str] | None:
    """The file's own headings of its coordinates; None where it has geometry instead."""
    plain = sheet.table.geometry is None and not sheet.has("geometry")
    return (sheet.mapping["lon"], sheet.mapping["lat"]) if plain else None


def _undeclared(findings: list[Finding]) -> Finding:
    """Nobody said the datum; what the comparison suggests, if anything, is the remedy."""
    remedy = (
        findings[0].remedy
        if findings
        else "与登记册比对没有发现偏移，确认后请传入 --datum cgcs2000（或 wgs84）"
    )
    return Finding("datum.undeclared", "block", "", "没有声明坐标系", remedy)


def _to_register(xy: Floats, source: str) -> Floats:
    lon, lat = convert(xy[:, 0], xy[:, 1], source, "cgcs2000")
    return np.asarray(np.round(np.column_stack([lon, lat]), _DECIMALS), dtype=np.float64)


def _ewkb(shapes: Shapes) -> list[str | None]:
    there = ~shapely.is_missing(shapes)
    found: list[str | None] = [None] * len(shapes)
    codes = shapely.to_wkb(shapely.set_srid(shapes[there], SRID), hex=True, include_srid=True)
    for index, code in zip(np.flatnonzero(there), codes, strict=True):
        found[int(index)] = str(code)
    return found
