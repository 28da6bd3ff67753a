"""What the process does that reads one workbook or map file and answers in plain data; see ``geo.files.apart``."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson

from geo.files.apart import pack, problem_as_data
from geo.files.limits import Limits
from geo.files.table import Table
from geo.problems import Problem

OUT_OF_MEMORY = 3
Read = tuple[Table, str | None]
# Loaded by name, so that a workbook does not wait for the map libraries.
_READERS = {
    "xlsx": ("geo.files.workbook", "read_workbook"),
    "geojson": ("geo.files.geojson", "read_geojson"),
    "gpkg": ("geo.files.vector", "read_geopackage"),
    "shp": ("geo.files.vector", "read_shapefile"),
    "kml": ("geo.files.vector", "read_kml"),
    "dxf": ("geo.files.drawing", "read_dxf"),
}


def main(folder: Path, job: dict[str, Any]) -> int:
    """Read the file of ``job`` and leave ``answer.json`` (and the geometry) in ``folder``."""
    bounds = Limits(**job["limits"])
    # The libraries count as address space too; the limit is on what the file makes of it.
    most = _address_space() + bounds.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        table, crs = reader(job["format"])(Path(job["path"]), bounds, **job["options"])
        if table.geometry is not None:
            pack(table.geometry, folder)
        answer = _answer(table, crs)
    except Problem as problem:
        answer = {"problem": problem_as_data(problem)}
    except MemoryError:
        return OUT_OF_MEMORY
    (folder / "answer.json").write_bytes(orjson.dumps(answer))
    return 0


def reader(format_: str) -> Callable[..., Read]:
    """The function that reads a format, with its libraries loaded."""
    # GDAL's binding looks for geopandas and pandas when it is loaded and does without them if they are absent.
    # They cost a second at every start and are not used here.
    for unused in ("geopandas", "pandas", "pyarrow"):
        sys.modules[unused] = None  # type: ignore[assignment]
    module, function = _READERS[format_]
    found: Callable[..., Read] = getattr(import_module(module), function)
    return found


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _answer(table: Table, crs: str | None) -> dict[str, Any]:
    return {
        "columns": table.columns,
        "rows": table.rows.tolist(),
        "crs": crs,
        "encoding": table.encoding,
        "findings": [asdict(finding) for finding in table.findings],
        "layer": table.layer,
    }
