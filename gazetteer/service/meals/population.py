"""Old people by grid cell (老年人口): counts, never persons; nothing about fewer than k people leaves this room."""

from __future__ import annotations

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
from geo.problems import BadFile, Finding

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


def take_in(db: Session, path: Path, *, on_day: date, datum: str, source: str, made_up: bool = False) -> int:
    """Replace the population by a file's: 网格编号, 经度, 纬度, 60岁以上, 80岁以上 (and 区划代码); gives the rows.

    Raises:
        BadFile: a row is wrong; the findings say which and why, and nothing is written.
    """
    table = read_table(path)
    rows, findings = [], []
    for number, given in records(table):
        try:
            rows.append(_row(given, datum, source, on_day, made_up))
        except (ValueError, KeyError) as error:
            findings.append(_finding(number, error))
    if findings:
        raise BadFile(
            "人口文件没有导入。",
            "按下面的行号改正后重新导入。",
            code="population",
            findings=tuple(findings[:50]),
        )
    db.execute(
        text("UPDATE register.population_cell SET valid_to = :day WHERE valid_to IS NULL"), {"day": on_day}
    )
    if rows:
        db.execute(_INSERT, rows)
    return len(rows)


_INSERT = text("""
    INSERT INTO register.population_cell (cell, division, geom, aged_60, aged_80, source, made_up, valid_from)
    VALUES (:cell, coalesce(nullif(:division, ''), (SELECT code FROM register.division
      WHERE level = 5 AND boundary IS NOT NULL AND ST_Covers(boundary, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490)) LIMIT 1)),
      ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), :aged_60, :aged_80, :source, :made_up, :since)
""")


def _row(given: dict[str, str], datum: str, source: str, day: date, made_up: bool) -> dict[str, object]:
    lon, lat = float(given["经度"]), float(given["纬度"])
    east, north = convert([lon], [lat], datum, "cgcs2000")
    lon, lat = float(east[0]), float(north[0])
    aged_60, aged_80 = int(float(given["60岁以上"])), int(float(given["80岁以上"] or 0))
    if not 0 <= aged_80 <= aged_60 or not (73 < lon < 136 and 3 < lat < 54):
        raise ValueError("80岁以上多于60岁以上，或坐标不在中国")
    return {
        "cell": given["网格编号"], "division": given.get("区划代码", ""), "lon": lon, "lat": lat,
        "aged_60": aged_60, "aged_80": aged_80, "source": source, "made_up": made_up, "since": day,
    }  # fmt: skip


def _finding(number: int, error: Exception) -> Finding:
    seen = f"缺少列 {error}" if isinstance(error, KeyError) else f"内容不对（{error}）"
    return Finding("population.row", "block", f"第 {number} 行", seen, "补上或改正这一行", number)
