"""Read a file in a process of its own, so that a hostile one can exhaust only that process.

Workbooks and map files are parsed by native libraries. A crafted file can make them ask for all memory, run for
hours or crash; in a child with a memory and a time limit that ends in one sentence for the user. The child is forked
for this one file from a process that has the libraries loaded (``geo.files.nursery``). What comes back is plain data
- JSON and numbers - never code.
"""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely

from geo.crs import system_of
from geo.files.limits import Limits
from geo.files.readers import TooSlow, read_in_child
from geo.files.table import Table
from geo.problems import BadFile, Finding, Problem, TooMuch


def read_apart(path: Path, format_: str, bounds: Limits, options: dict[str, Any]) -> Table:
    """The table of a workbook or map file, read under the limits of ``bounds``.

    Raises:
        BadInput: what the reader found wrong, or that it broke on the file.
        TooMuch: the reader needed more memory or time than allowed.
    """
    with tempfile.TemporaryDirectory(prefix="diming-read-") as folder:
        job = {"path": str(path.resolve()), "format": format_, "limits": asdict(bounds), "options": options}
        try:
            code = read_in_child(Path(folder), job, bounds.timeout_s)
        except TooSlow:
            raise TooMuch(
                f"读取“{path.name}”超过 {bounds.timeout_s:.0f} 秒。",
                "请拆成几个文件分别导入。",
                code="file.too-slow",
            ) from None
        return _collect(Path(folder), path.name, format_, _ran_out(code, Path(folder)))


def _ran_out(code: int | None, folder: Path) -> bool:
    """Whether the child died of memory: it said so, or the native allocator aborted."""
    errors = folder / "stderr"
    said = errors.read_bytes() if errors.exists() else b""
    return code == 3 or b"memory allocation" in said or b"bad_alloc" in said


def _collect(folder: Path, name: str, format_: str, ran_out: bool) -> Table:
    answer = folder / "answer.json"
    if not answer.exists():
        if ran_out:
            raise TooMuch(
                f"读取“{name}”所需的内存超过上限。",
                "请删去空白的行列，或拆成几个文件分别导入。",
                code="file.memory",
            )
        raise BadFile(
            f"“{name}”已损坏，无法读取。", "请用原来的软件打开并重新保存，再导入。", code="file.damaged"
        )
    said = orjson.loads(answer.read_bytes())
    if problem := said.get("problem"):
        kind = TooMuch if problem["kind"] == "TooMuch" else BadFile
        raise kind(problem["sentence"], problem["remedy"], code=problem["code"])
    return _table(said, folder, format_)


def _table(said: dict[str, Any], folder: Path, format_: str) -> Table:
    geometry = None
    if (folder / "lengths.npy").exists():
        geometry = _unpack(np.load(folder / "lengths.npy"), (folder / "wkb.bin").read_bytes())
    return Table(
        columns=said["columns"],
        rows=np.array(said["rows"], dtype=np.int64),
        format=format_,
        geometry=geometry,
        crs=system_of(said["crs"]),
        encoding=said["encoding"],
        findings=[Finding(**finding) for finding in said["findings"]],
        layer=said["layer"],
    )


def pack(geometry: np.ndarray, folder: Path) -> None:
    """Write shapely geometries as one blob of WKB and the length of each."""
    parts = [b"" if shape is None else bytes(shape) for shape in shapely.to_wkb(geometry)]
    np.save(folder / "lengths.npy", np.array([len(part) for part in parts], dtype=np.int64))
    (folder / "wkb.bin").write_bytes(b"".join(parts))


def _unpack(lengths: np.ndarray, blob: bytes) -> np.ndarray:
    ends = np.cumsum(lengths).tolist()
    starts = [0, *ends[:-1]]
    parts = [blob[start:end] or None for start, end in zip(starts, ends, strict=True)]
    return np.asarray(shapely.from_wkb(np.array(parts, dtype=object)), dtype=object)


def problem_as_data(problem: Problem) -> dict[str, str]:
    """A problem as plain data for the way from the child to the parent."""
    return {
        "kind": type(problem).__name__, "sentence": problem.sentence, "remedy": problem.remedy,
        "code": problem.code,
    }  # fmt: skip
