"""Hostile files by the program's own limits: how long each is looked at, and the most memory that takes."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.alone import alone, peak_mb
from tests.bench.frame import Context, Row, measurement
from tests.faults import hostile
from tests.faults.test_hostile_files import FOUND, REFUSED

LONGEST_S, MOST_MB = 5.0, 300.0
_VERTICES = 10_000_000
_HARMLESS = {
    "csv": "名称\n甲\n",
    "geojson": '{"type":"Point","coordinates":[121,28]}',
}


def _ring(folder: Path) -> Path:
    """One ring of ten million points, 200 MB of text."""
    path = folder / "ring.geojson"
    piece = ",".join(f"[121.{n:06d},28.5]" for n in range(100_000))
    with path.open("w", encoding="ascii") as file:
        file.write('{"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":[[')
        file.write(",".join([piece] * (_VERTICES // 100_000)))
        file.write("]]}}")
    return path


def _long_list(folder: Path) -> Path:
    """A CSV file of one row that never ends, 200 MB of it."""
    path = folder / "endless.csv"
    path.write_text('名称\n"' + "甲" * 66_000_000, encoding="utf-8")
    return path


def _gigabyte(folder: Path) -> Path:
    """A workbook of a megabyte with a member that unpacks to a gigabyte of zeros."""
    return hostile.workbook("", more={"xl/x.bin": b"\x00" * 1_000_000_000})(folder)


#: What the tests leave out because it is large.
LARGE: dict[str, hostile.Maker] = {
    "a ring of ten million points": _ring,
    "a quote that is never closed, 200 MB": _long_list,
    "a bomb of a gigabyte of zeros": _gigabyte,
}


def _made(name: str, folder: Path) -> Path:
    return (LARGE.get(name) or (REFUSED.get(name) or FOUND[name])[0])(folder)


def _looked_at(path: Path, folder: Path) -> dict[str, Any]:
    """Read the file; the seconds, the peak of this process or of the reader's, and what came of it."""
    from geo.files import read_table
    from geo.files.readers import _stop
    from geo.problems import Problem

    # Warm, as in a server; the last one lets the nursery count the end of the one before.
    for step in ("warm", "measured", "counted"):
        began = time.perf_counter()
        try:
            read_table(path if step == "measured" else _harmless(folder, path))
            said = "read"
        except Problem as problem:
            said = problem.code
        if step == "measured":
            seconds, code = time.perf_counter() - began, said
    _stop()
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": seconds, "mb": max(peak_mb(), children), "code": code}


def looked_at(name: str) -> dict[str, Any]:
    """Make the file in one process and read it in another, so that what making it takes is not counted."""
    with tempfile.TemporaryDirectory(prefix="dm-hostile-") as folder:
        path = alone(_made, name, Path(folder))
        return alone(_looked_at, path, Path(folder))


def _harmless(folder: Path, like: Path) -> Path:
    """A small file of the kind, so that the same libraries are loaded."""
    if like.suffix in (".gpkg", ".shp", ".zip", ".xlsx"):
        made = hostile.written("harmless" + (".shp" if like.suffix == ".zip" else like.suffix), rows=2)
        (folder / "harmless").mkdir(exist_ok=True)
        return made(folder / "harmless")  # type: ignore[operator]
    path = folder / f"harmless{like.suffix}"
    path.write_text(_HARMLESS.get(like.suffix[1:], "x"), encoding="utf-8")
    return path


@measurement("reliability-hostile", "Reliability: hostile files, each by the limits that a server has")
def hostile_files(context: Context) -> list[Row]:
    """Every file of the tests and three large ones; a quick run leaves the large ones out."""
    names = [*REFUSED, *FOUND, *(() if context.quick else LARGE)]
    found = {name: looked_at(name) for name in names}
    slow = max(found, key=lambda name: found[name]["seconds"])
    large = max(found, key=lambda name: found[name]["mb"])
    within = sum(one["seconds"] <= LONGEST_S and one["mb"] <= MOST_MB for one in found.values())
    return [
        Row("files", f"{len(found)}", ">= 60"),
        Row("within 5 s and 300 MB", f"{within}", str(len(found))),
        Row(f"the longest: {slow}", f"{found[slow]['seconds']:.2f} s", "<= 5 s"),
        Row(f"the most memory: {large}", f"{found[large]['mb']:.0f} MB", "<= 300 MB"),
        *(
            Row(name, f"{found[name]['seconds']:.2f} s; {found[name]['mb']:.0f} MB; {found[name]['code']}")
            for name in (*LARGE, "a bomb that lies about its size", "a cell in the far corner")
            if name in found
        ),
    ]
