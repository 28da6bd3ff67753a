"""The rows that were refused, in a file beside the one imported, to be corrected and imported again."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from gazetteer.register.importing.sheet import Sheet


def write_refused(path: Path, sheet: Sheet) -> Path | None:
    """Write the refused rows with the reason in front, beside the file or, where that folder is closed, in the working
    folder; gives the file, or None where there is no place for it.

    UTF-8 with a mark, so that a spreadsheet opens it rightly; a cell that would run as a formula is disarmed.
    """
    target = _place(path)
    reasons: dict[int, list[str]] = {}
    for finding in sheet.findings:
        if finding.row is not None and finding.severity == "block":
            reasons.setdefault(finding.row, []).append(f"{finding.evidence}；{finding.remedy}")
    try:
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["行号", "原因", *sheet.table.headers])
            for index in sorted(sheet.refused):
                row = int(sheet.table.rows[index])
                cells = (sheet.table.columns[name][index] or "" for name in sheet.table.headers)
                writer.writerow([row, " / ".join(reasons.get(row, [])), *map(_disarm, cells)])
    except OSError:
        return None
    return target


def _place(path: Path) -> Path:
    """Beside the file, where one may write there; else in the working folder."""
    if str(path) == "-":
        return Path.cwd() / "refused.csv"
    beside = path.with_suffix(".refused.csv")
    writable = os.access(beside if beside.exists() else beside.parent, os.W_OK)
    return beside if writable else Path.cwd() / beside.name


def _disarm(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "@", "\t", "\r") else cell
