"""The shapes of a map file in CGCS2000 degrees (经纬度), from the system that the file states or an officer says."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import System, convert, system
from geo.crs.shape import EAST, NORTH, SOUTH, WEST
from geo.files.table import Table
from geo.problems import BadFile

_DEGREE: Final = 1e-7
"""About a centimetre: what a drawing keeps."""
_PLANE: Final = 1000.0
"""Numbers beyond this are metres, not degrees."""


def there(shape: BaseGeometry | None) -> bool:
    """Whether a row of a file has a shape at all."""
    return shape is not None and not shape.is_empty


def in_degrees(table: Table, said: str = "") -> list[BaseGeometry]:
    """Every shape of a table, flat, in CGCS2000 degrees; rows without one are left out.

    Args:
        table: a map file that was read.
        said: name of the reference system that the officer chose; it goes before what the file states. Empty: what the
            file states, and for degrees without a statement CGCS2000.

    Raises:
        BadFile: there are no shapes, or plane coordinates while nobody says in which system.
    """
    shapes = [one for one in (table.geometry if table.geometry is not None else ()) if there(one)]
    if not shapes:
        raise BadFile("文件里没有图形。", "检查导出时是否选中了图形，或直接在地图上画。", code="shape.none")
    flat = shapely.force_2d(np.asarray(shapes, dtype=object))
    source = _source(table.crs, flat, said)

    def turned(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(convert(xy[:, 0], xy[:, 1], source, "cgcs2000"))

    return list(shapely.set_precision(shapely.transform(flat, turned), _DEGREE))


def demand_china(bounds: tuple[float, float, float, float]) -> None:
    """Let nothing pass that lies nowhere in the country: swapped axes, a wrong system.

    Raises:
        BadFile: ``bounds`` (west, south, east, north, degrees) reach beyond it.
    """
    west, south, east, north = bounds
    if not (west >= WEST and east <= EAST and south >= SOUTH and north <= NORTH):
        raise BadFile(
            "文件里的图形不在中国范围内。", "核对坐标系，以及是不是经度在前、纬度在后。", code="shape.away"
        )


def _source(stated: System | None, shapes: NDArray[np.object_], said: str) -> System:
    chosen = system(said) if said else stated
    large = bool(np.nanmax(np.abs(shapely.get_coordinates(shapes))) > _PLANE)
    if large and (chosen is None or not chosen.projected):
        raise BadFile(
            "文件里是平面坐标，没有说明坐标系。" if chosen is None else "文件里是平面坐标，不是经纬度。",
            "在“坐标系”里选出测绘成果所用的投影，中央经线见图上的说明。",
            code="shape.plane",
        )
    return chosen or system("cgcs2000")
