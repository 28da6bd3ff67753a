"""Old people by grid cell (老年人口): counts, never persons; nothing about fewer than k people leaves this room."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.tables import records
from geo.crs import convert
from geo.files import read_table
from geo.problems import BadFile, BadInput, Finding

CELL_DEGREES = 0.002
"""Side of a cell that addresses are added up in, some 200 m."""
_CELLS = text("""
    SELECT c.cell, coalesce(c.division, '') AS division, ST_X(c.geom) AS lon, ST_Y(c.geom) AS lat, c.aged_60, c.aged_80, c.made_up
    FROM register.population_cell c
    WHERE register.is_in_force(c.valid_from, c.valid_to, :on_day) AND left(coalesce(c.division, ''), char_length(:within)) = :within
    ORDER BY c.cell
""")


@dataclass(frozen=True)
class Population:
    """Cells as arrays of one length; ``lonlat`` is (n, 2) CGCS2000 degrees."""

    cell: tuple[str, ...]
    division: tuple[str, ...]
    lonlat: NDArray[np.float64]
    aged_60: NDArray[np.int64]
    aged_80: NDArray[np.int64]
    made_up: bool


def population(db: Session, on_day: date, *, within: str = "") -> Population:
    """The population in force on a day, of the district or of the divisions whose code begins with ``within``."""
    rows = db.execute(_CELLS, {"on_day": on_day, "within": within}).all()
    return Population(
        tuple(r.cell for r in rows), tuple(r.division for r in rows),
        np.array([[r.lon, r.lat] for r in rows], dtype=np.float64).reshape(-1, 2),
        np.array([r.aged_60 for r in rows], dtype=np.int64), np.array([r.aged_80 for r in rows], dtype=np.int64),
        any(r.made_up for r in rows),
    )  # fmt: skip


def people_words(count: float, k: int) -> str:
    """A count that may be shown: 少于 5 人 below k, 0 stays 0 人."""
    return f"少于 {k} 人" if 0 < count < k else f"{int(count)} 人"


Locate = Callable[[str], tuple[float, float] | None]
"""An address's text to its place (CGCS2000), None where it is not found for certain."""


def take_in(
    db: Session, path: Path, *, on_day: date, datum: str, source: str, made_up: bool = False, locate: Locate | None = None
) -> Taken:  # fmt: skip
    """Replace the population by a file's counts.

    Two forms, told apart by their headings: 网格编号, 经度, 纬度, 60岁以上, 80岁以上 (and 区划代码); or 地址, 60岁以上, 80岁以上,
    whose rows are added up in cells of some 200 metres, and the addresses are not kept.

    Args:
        db: the unit of work.
        path: CSV or XLSX.
        on_day: as of when; the counts before end that day.
        datum: of the coordinates.
        source: who counted.
        made_up: whether it is 示例数据.
        locate: finds the place of an address; needed for the second form.

    Raises:
        BadFile: a row is wrong, or the headings are missing; the findings say which and why, and nothing is written.
        BadInput: the day is before the counts that are in force.
    """
    since = db.scalar(text("SELECT max(valid_from) FROM register.population_cell WHERE valid_to IS NULL"))
    if since and on_day < since:
        raise BadInput(
            f"统计日期早于现有人口数据的日期 {since}。", "填写更晚的日期。", code="population.date"
        )
    rows, findings = _read(path, _Told(on_day, datum, source, made_up, locate))
    blocking = [f for f in findings if f.severity == "block"]
    if blocking or not rows:
        remedy = "按下面的行号改正后重新导入。" if findings else "文件里没有数据行。"
        raise BadFile(
            "人口文件没有导入。", remedy, code="population", findings=tuple((blocking or findings)[:50])
        )
    cells = _added_up(rows)
    db.execute(
        text("UPDATE register.population_cell SET valid_to = :day WHERE valid_to IS NULL"), {"day": on_day}
    )
    db.execute(_INSERT, cells)
    return Taken(
        len(rows), len(cells), sum(int(str(c["aged_60"])) for c in cells), len(findings), tuple(findings[:50])
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the person who gives a file says of it."""

    on_day: date
    datum: str
    source: str
    made_up: bool
    locate: Locate | None


def _read(path: Path, told: _Told) -> tuple[list[dict[str, object]], list[Finding]]:
    """The file's rows as they are stored, and what is wrong with the others."""
    rows, findings = [], []
    for number, given in records(read_table(path)):
        by_address = (
            told.locate is not None
            and not given.get("经度", "").strip()
            and bool(given.get("地址", "").strip())
        )
        try:
            place = (
                told.locate(given["地址"]) if by_address and told.locate else _coordinates(given, told.datum)
            )
            if place is None:
                findings.append(_unplaced(number, given["地址"]))
            else:
                rows.append(_row(given, place, told, by_address=by_address))
        except (ValueError, KeyError) as error:
            findings.append(_finding(number, error))
    return rows, findings


def _unplaced(number: int, address: str) -> Finding:
    return Finding("population.place", "warn", f"第 {number} 行", f"没有找到“{address}”", "核对地址", number)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: its rows, the cells they made, the people from 60, the rows whose address was not found."""

    rows: int
    cells: int
    aged_60: int
    missed: int
    findings: tuple[Finding, ...]


def _added_up(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Rows of one cell together; the place is that of the cell's first row."""
    cells: dict[str, dict[str, object]] = {}
    for row in rows:
        held = cells.setdefault(str(row["cell"]), {**row, "aged_60": 0, "aged_80": 0})
        for age in ("aged_60", "aged_80"):
            held[age] = int(str(held[age])) + int(str(row[age]))
    return list(cells.values())


def by_town(db: Session, on_day: date) -> list[tuple[str, int, int, int]]:
    """(township, cells, people from 60, from 80) in force on a day."""
    rows = db.execute(_BY_TOWN, {"on_day": on_day})
    return [(r.name or "区划未知", r.cells, r.aged_60, r.aged_80) for r in rows]


def source_of(db: Session, on_day: date) -> tuple[str, date | None, bool]:
    """Who counted the people in force on a day, as of when, and whether they are made up."""
    row = db.execute(_SOURCE, {"on_day": on_day}).one()
    return row.source or "", row.since, bool(row.made_up)


_BY_TOWN = text("""
    SELECT t.code, t.name, count(*) AS cells, sum(c.aged_60)::int AS aged_60, sum(c.aged_80)::int AS aged_80
    FROM register.population_cell c LEFT JOIN register.division t ON t.code = left(c.division, 9) || '000'
    WHERE register.is_in_force(c.valid_from, c.valid_to, :on_day) GROUP BY t.code, t.name ORDER BY t.code NULLS LAST
""")
_SOURCE = text("""
    SELECT string_agg(DISTINCT source, '、') AS source, max(valid_from) AS since, bool_or(made_up) AS made_up
    FROM register.population_cell c WHERE register.is_in_force(c.valid_from, c.valid_to, :on_day)
""")
_INSERT = text("""
    INSERT INTO register.population_cell (cell, division, geom, aged_60, aged_80, source, made_up, valid_from)
    VALUES (:cell, coalesce(nullif(:division, ''), (SELECT code FROM register.division
      WHERE level = 5 AND boundary IS NOT NULL AND ST_Covers(boundary, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490)) LIMIT 1)),
      ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), :aged_60, :aged_80, :source, :made_up, :since)
""")


def _coordinates(given: dict[str, str], datum: str) -> tuple[float, float]:
    east, north = convert([float(given["经度"])], [float(given["纬度"])], datum, "cgcs2000")
    return float(east[0]), float(north[0])


def _row(
    given: dict[str, str], place: tuple[float, float], told: _Told, *, by_address: bool
) -> dict[str, object]:
    lon, lat = place
    aged_60, aged_80 = int(float(given["60岁以上"])), int(float(given["80岁以上"] or 0))
    if not 0 <= aged_80 <= aged_60 or not (73 < lon < 136 and 3 < lat < 54):
        raise ValueError("人数为负、80岁以上多于60岁以上，或坐标不在中国")
    column, row = math.floor(lon / CELL_DEGREES), math.floor(lat / CELL_DEGREES)
    if by_address:
        # The middle of the cell: where the counted addresses stand is not kept.
        lon, lat = (column + 0.5) * CELL_DEGREES, (row + 0.5) * CELL_DEGREES
    return {
        "cell": f"G{column}-{row}" if by_address else given["网格编号"], "division": given.get("区划代码", ""), "lon": lon, "lat": lat,
        "aged_60": aged_60, "aged_80": aged_80, "source": told.source, "made_up": told.made_up, "since": told.on_day,
    }  # fmt: skip


def _finding(number: int, error: Exception) -> Finding:
    seen = f"缺少列 {error}" if isinstance(error, KeyError) else f"内容不对（{error}）"
    return Finding("population.row", "block", f"第 {number} 行", seen, "补上或改正这一行", number)
