"""Write one kind of record to a file, in the datum asked for, as it was on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from sqlalchemy import text

from gazetteer.register.exporting.queries import QUERIES
from gazetteer.register.kinds import KINDS, Kind, kind_of
from geo.crs import convert, system
from geo.files import format_of, write_table
from geo.store.engine import session

NOTICE = "示例数据：其中注明“是”的行，位置为虚构，不得用于实际工作"
_REST: Final = "其他属性"
_NOTICES: Final = ("数据说明", "说明")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where."""

    kind: str
    title: str
    file: str
    rows: int
    datum: str
    as_of: date
    made_up: int

    def sentence(self) -> str:
        """The outcome in one Chinese sentence."""
        sample = f"，其中示例数据 {self.made_up} 条" if self.made_up else ""
        return f"{self.file}：{self.title} {self.rows} 条{sample}，{self.as_of} 的状态，坐标系 {system(self.datum).title}。"

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "kind": self.kind, "file": self.file, "rows": self.rows, "datum": self.datum,
            "as_of": self.as_of.isoformat(), "made_up": self.made_up, "message": self.sentence(),
        }  # fmt: skip


def export_file(
    kind: str,
    path: Path | str,
    *,
    datum: str = "cgcs2000",
    as_of: date | None = None,
    kinds: Mapping[str, Kind] = KINDS,
    queries: Mapping[str, str] = QUERIES,
    further: Sequence[str] = (),
) -> ExportReport:
    """Write all records of a kind that were in force on a day; ``import_file`` takes the file back unchanged.

    Rows with sample geometry say so in the column 示例数据, and the file carries a notice.

    Args:
        kind: a key of ``kinds``.
        path: CSV, XLSX, GeoJSON, GeoPackage or Shapefile by its ending; ``-`` is CSV to standard output.
        datum: reference system of the coordinates, as in ``geo.crs.system``.
        as_of: the day; today if None.
        kinds: the kinds that may go out; a room above the register adds its own.
        queries: what each of them consists of, see ``gazetteer.register.exporting.queries``.
        further: headings beyond the fields that a table has even where no record says anything there yet.

    Raises:
        BadInput: unknown kind, datum or ending.
    """
    what, target, day = kind_of(kind, kinds), system(datum), as_of or date.today()
    with session(timeout_s=0) as db:
        rows = db.execute(text(queries[kind]), {"day": day}).all()
    columns, shapes = _columns(what, rows), _shapes(rows, target.name)
    made_up = sum(1 for cell in columns["示例数据"] if cell)
    columns = _spread(columns, further) if format_of(path) in {"csv", "xlsx"} else columns
    columns, geometry = _placed(what, columns, shapes, format_of(path), target.name)
    if format_of(path) == "shp":
        # A Shapefile's field names hold ten bytes: three Chinese characters would not tell the fields apart.
        columns = {field.name: columns[field.title] for field in what.fields}
    write_table(
        path, columns, geometry=geometry, crs=target.name, layer=what.name, notice=NOTICE if made_up else None
    )
    return ExportReport(kind, what.title, Path(path).name, len(rows), target.name, day, made_up)


def _columns(kind: Kind, rows: Any) -> dict[str, list[Any]]:
    titles = [field.title for field in kind.fields]
    if not rows:
        return {title: [] for title in titles}
    return dict(zip(titles, map(list, list(zip(*rows, strict=True))[:-1]), strict=True))


def _spread(columns: dict[str, list[Any]], further: Sequence[str]) -> dict[str, list[Any]]:
    """What records have beyond their fields, a column each, so that a clerk can read and edit it in a sheet.

    It stays JSON in one column where a cell could not say it: values that are no plain text, headings of our own.
    """
    told = [orjson.loads(cell or "{}") for cell in columns.get(_REST, ())]
    names = list(dict.fromkeys([*further, *sorted({name for one in told for name in one})]))
    values = [value for one in told for value in one.values()]
    if not told or any(name in (*columns, *_NOTICES) for name in names) or not all(map(_plain, values)):
        return columns
    spread = {name: [one.get(name) for one in told] for name in names}
    return {title: cells for title, cells in columns.items() if title != _REST} | spread


def _plain(value: object) -> bool:
    return isinstance(value, str) and bool(value) and value == value.strip()


def _shapes(rows: Any, target: str) -> NDArray[np.object_]:
    shapes = np.asarray(
        shapely.from_wkb([bytes(row[-1]) if row[-1] is not None else None for row in rows]), dtype=object
    )
    if target == "cgcs2000" or not len(shapes):
        return shapes
    moved = shapely.transform(
        shapes, lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1], "cgcs2000", target))
    )
    return np.asarray(moved, dtype=object)


def _placed(
    kind: Kind, columns: dict[str, list[Any]], shapes: NDArray[np.object_], file_format: str, datum: str
) -> tuple[dict[str, list[Any]], NDArray[np.object_] | None]:
    """Points in tables become two columns that anybody can read, headed by their datum; all else stays geometry."""
    if kind.shape == "none":
        return columns, None
    if file_format not in {"csv", "xlsx"} or kind.shape != "point":
        return columns, shapes
    there = ~shapely.is_missing(shapes)
    said = "" if system(datum).projected else f"（{datum.upper()}）"
    for title, values in (("经度", shapely.get_x(shapes)), ("纬度", shapely.get_y(shapes))):
        columns[title + said] = [
            round(float(v), 8) if t else None for v, t in zip(values, there, strict=True)
        ]
    return columns, None
