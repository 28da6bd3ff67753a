"""A grid of heights (数字高程模型): an ESRI ASCII grid or a GeoTIFF in degrees, as GDAL and the open height models give them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.problems import BadFile

Floats = NDArray[np.float64]
_MOST_CELLS: Final = 100_000_000
_EDGE: Final = 1e-6
_PIXEL_SIZE, _TIE_POINT, _NODATA = 33550, 33922, 42113


@dataclass(frozen=True)
class Heights:
    """Metres above the sea at the middles of cells, rows from north to south; NaN where nothing is known.

    Attributes:
        metres: rows x columns.
        west: longitude of the middle of the first column (CGCS2000 degrees).
        north: latitude of the middle of the first row.
        step_lon: degrees from column to column.
        step_lat: degrees from row to row, positive.
    """

    metres: Floats
    west: float
    north: float
    step_lon: float
    step_lat: float

    def at(self, lonlat: Floats) -> Floats:
        """Heights of places (n, 2), between the four cells around each; NaN outside the grid or beside a gap."""
        column = (lonlat[:, 0] - self.west) / self.step_lon
        row = (self.north - lonlat[:, 1]) / self.step_lat
        rows, columns = self.metres.shape
        # A place on the edge is inside, whatever the last digit of the division says.
        inside = (
            (column >= -_EDGE) & (row >= -_EDGE) & (column <= columns - 1 + _EDGE) & (row <= rows - 1 + _EDGE)
        )
        column, row = np.clip(column, 0, columns - 1), np.clip(row, 0, rows - 1)
        c0 = np.clip(np.floor(np.where(inside, column, 0)).astype(np.int64), 0, max(0, columns - 2))
        r0 = np.clip(np.floor(np.where(inside, row, 0)).astype(np.int64), 0, max(0, rows - 2))
        fx, fy = column - c0, row - r0
        c1, r1 = np.minimum(c0 + 1, columns - 1), np.minimum(r0 + 1, rows - 1)
        found = np.zeros(len(lonlat))
        for at_row, at_column, weight in (
            (r0, c0, (1 - fx) * (1 - fy)), (r0, c1, fx * (1 - fy)), (r1, c0, (1 - fx) * fy), (r1, c1, fx * fy),
        ):  # fmt: skip
            # A cell of no weight may be a gap.
            found += np.where(weight > 1e-9, weight * self.metres[at_row, at_column], 0.0)
        return np.where(inside, found, np.nan)


def read_heights(file: Path) -> Heights:
    """The grid of a file.

    Raises:
        BadFile: it is neither form, or its cells are not degrees in China.
    """
    try:
        found = _tiff(file) if file.suffix.lower() in (".tif", ".tiff") else _ascii(file)
    except (OSError, ValueError, KeyError, IndexError, StopIteration) as error:
        raise _bad(str(error)) from error
    if not (
        73 <= found.west <= 136 and 3 <= found.north <= 54 and 0 < found.step_lon < 0.1 and found.metres.size
    ):
        raise _bad("单元不是经纬度，或不在中国范围内")
    return found


def _bad(why: str) -> BadFile:
    return BadFile(
        f"高程文件读不出来：{why}。",
        "请提供经纬度的 GeoTIFF（.tif）或 ESRI ASCII 网格（.asc）。",
        code="terrain.file",
    )


def _ascii(file: Path) -> Heights:
    with file.open(encoding="ascii") as lines:
        head = dict([next(lines).lower().split()[:2] for _ in range(5)])
        sixth = next(lines).split()
        given = sixth if not sixth[0].lower().startswith("nodata") else []
        hole = -9999.0 if given else float(sixth[1])
        values = np.array([float(v) for v in given] + [float(v) for line in lines for v in line.split()])
    columns, rows, step = int(head["ncols"]), int(head["nrows"]), float(head["cellsize"])
    half = 0.0 if "xllcenter" in head else step / 2
    west = float(head.get("xllcenter", head.get("xllcorner", "nan"))) + half
    south = float(head.get("yllcenter", head.get("yllcorner", "nan"))) + half
    grid = values.reshape(rows, columns)
    return Heights(np.where(grid == hole, np.nan, grid), west, south + (rows - 1) * step, step, step)


def _tiff(file: Path) -> Heights:
    from PIL import Image

    with Image.open(file) as picture:
        told: Any = getattr(picture, "tag_v2", {})
        if picture.width * picture.height > _MOST_CELLS:
            raise ValueError("单元太多")
        size, tie = told[_PIXEL_SIZE], told[_TIE_POINT]
        grid = np.asarray(picture, dtype=np.float64)
    if grid.ndim != 2:
        raise ValueError("不是单波段")
    hole = str(told.get(_NODATA, "")).strip("\0 ")
    metres = np.where(grid == float(hole), np.nan, grid) if hole else grid
    west = float(tie[3]) - float(tie[0]) * size[0] + size[0] / 2
    north = float(tie[4]) + float(tie[1]) * size[1] - size[1] / 2
    return Heights(metres, west, north, float(size[0]), float(size[1]))
