"""The rows that were refused, in a file beside the one imported, to be corrected and imported again."""

from __future__ import annotations

import csv
from pathlib import Path

from gazetteer.register.importing.sheet import Sheet


def write_refused(path: Path, sheet: Sheet) -> Path | None:
    """Write the refused rows with the reason in front; gives the file, or None where there is no place for it.

    UTF-8 with a mark, so that a spreadsheet opens it rightly; a cell that would run as a formula is disarmed.
    """
    target = Path("refused.csv") if str(path) == "-" else path.with_suffix(".refused.csv")
    reasons: dict[int, list[str]] = {}
    for finding in sheet.findings:
        if finding.row is not None and finding.severity == "block":
            reasons.setdefault(finding.row, []).append(f"{finding.evidence};{finding.remedy}")
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


def _disarm(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "@", "\t", "\r") else cell
