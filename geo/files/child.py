"""The process that reads one workbook or map file and answers in plain data; see ``geo.files.apart``."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from geo.files.apart import pack, problem_as_data
from geo.files.geojson import read_geojson
from geo.files.limits import Limits
from geo.files.table import Table
from geo.files.vector import read_geopackage, read_shapefile
from geo.files.workbook import read_workbook
from geo.problems import Problem

OUT_OF_MEMORY = 3
Read = tuple[Table, str | None]
_READERS: dict[str, Callable[..., Read]] = {
    "xlsx": read_workbook,
    "geojson": read_geojson,
    "gpkg": read_geopackage,
    "shp": read_shapefile,
}


def main(folder: Path, job: dict[str, Any]) -> int:
    """Read the file of ``job`` and leave ``answer.json`` (and the geometry) in ``folder``."""
    bounds = Limits(**job["limits"])
    most = bounds.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        table, crs = _READERS[job["format"]](Path(job["path"]), bounds, **job["options"])
        if table.geometry is not None:
            pack(table.geometry, folder)
        answer = _answer(table, crs)
    except Problem as problem:
        answer = {"problem": problem_as_data(problem)}
    except MemoryError:
        return OUT_OF_MEMORY
    (folder / "answer.json").write_bytes(orjson.dumps(answer))
    return 0


def _answer(table: Table, crs: str | None) -> dict[str, Any]:
    return {
        "columns": table.columns,
        "rows": table.rows.tolist(),
        "crs": crs,
        "encoding": table.encoding,
        "findings": [asdict(finding) for finding in table.findings],
        "layer": table.layer,
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), orjson.loads(sys.stdin.buffer.read())))
