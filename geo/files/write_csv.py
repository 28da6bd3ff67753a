"""CSV out: UTF-8 with or without mark, or GB18030; formulas neutralised."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import BinaryIO

from geo.files.outgoing import Outgoing, as_cell, guarded


def write_csv(out: Outgoing, target: Path | BinaryIO) -> None:
    """Write a header and one line a row, with the line ends that every spreadsheet reads."""
    cells = out.cells(with_wkt=True)
    columns = [[guarded(as_cell(value)) for value in values] for values in cells.values()]
    if isinstance(target, Path):
        with target.open("w", encoding=out.encoding, newline="") as file:
            _write(file, list(cells), columns)
        return
    text = io.TextIOWrapper(target, encoding=out.encoding, newline="")
    _write(text, list(cells), columns)
    text.detach()


def _write(file: io.TextIOBase, headers: list[str], columns: list[list[str]]) -> None:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in headers])
    writer.writerows(zip(*columns, strict=True))
    file.flush()
