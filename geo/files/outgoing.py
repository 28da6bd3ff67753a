"""A table on its way out: columns, geometry and what must be said with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import System

NOTICE_COLUMN = "数据说明"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a writer is given; see ``geo.files.write_table`` for the meaning of each part."""

    columns: dict[str, object]
    geometry: NDArray[np.object_] | None
    crs: System
    notice: str | None
    layer: str
    encoding: str
    count: int

    def cells(self, *, with_wkt: bool) -> dict[str, list[object]]:
        """The columns with the notice as a column of its own, and the geometry as WKT where asked for."""
        found = {str(name): list(cells) for name, cells in self.columns.items()}  # type: ignore[call-overload]
        if with_wkt and self.geometry is not None:
            found["geometry"] = list(shapely.to_wkt(self.geometry, rounding_precision=8, trim=True))
        if self.notice:
            found[NOTICE_COLUMN] = [self.notice] * self.count
        return found


def as_cell(value: object) -> str:
    """A value as the text of a cell: empty for None, no trailing ``.0``, dates in ISO form."""
    if value is None or value is shapely.Geometry:
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating):
        number = float(value)
        if not np.isfinite(number):
            return ""
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return str(value)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading ``= + - @`` tab or return gets an apostrophe.

    Plain numbers such as -12.5 stay as they are. ``geo.files`` takes the apostrophe off again on reading.
    """
    if text[:1] not in {"=", "+", "-", "@", "\t", "\r"} or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
