"""What a file of addresses holds beyond its cells: a first line that is data, rows that do not fit, points that fail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gazetteer.address.model import Nearby
from geo.files import Table
from geo.problems import Finding

_HEADING_MOST = 6
"""Characters that the heading of an only column has at most; a longer one is an address."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff].*(?:[0-9０-９]+\s*(?:号|弄|幢|栋|室|巷|组)|[省市区县镇乡村路街].*[路街巷村镇道]$)"
)
Floats = NDArray[np.float64]


def first_line_as_data(table: Table, known: Sequence[str]) -> Table:
    """The table with its first line among the rows, where that line is an address and no header; this is said.

    Args:
        table: as read, the first line taken for the header.
        known: headings that are none of an address's words.
    """
    if table.format not in ("csv", "xlsx") or not _is_data(table.headers, known):
        return table
    at = next((i for i, cell in enumerate(table.headers) if _ADDRESS.search(cell)), 0)
    names = ["地址" if i == at else f"第{i + 1}列" for i in range(len(table.headers))]
    columns = {name: [head, *cells] for name, (head, cells) in zip(names, table.columns.items(), strict=True)}
    first = max(1, int(table.rows[0]) - 1)
    said = Finding(
        "file.no-header", "warn", f"第 {first} 行", "像是地址而不是列名，已当作数据", "如果确是列名，请用 --column 指明",
        row=first,
    )  # fmt: skip
    return replace(
        table, columns=columns, rows=np.concatenate([[first], table.rows]), findings=[said, *table.findings]
    )


def _is_data(headers: Sequence[str], known: Sequence[str]) -> bool:
    if any(head.strip().lower() in known for head in headers):
        return False
    if any(_ADDRESS.search(head) for head in headers):
        return True
    return len(headers) == 1 and len(headers[0]) > _HEADING_MOST and bool(_HAN.search(headers[0]))


def lost(table: Table) -> list[Finding]:
    """What of a file does not come out again as it went in, row by row: cells beyond the header, null bytes."""
    codes = {"row.ragged", "cell.null", "file.no-header"}
    found = [finding for finding in table.findings if finding.code in codes and finding.severity != "inform"]
    return [_taken(finding) for finding in found]


def _taken(finding: Finding) -> Finding:
    """The finding with how the row was taken all the same."""
    if finding.code == "cell.null":
        return replace(finding, evidence=f"{finding.evidence}，已去掉后照常处理")
    if finding.code == "row.ragged" and "少于" in finding.evidence:
        return replace(finding, severity="warn", evidence=f"{finding.evidence}，缺的格按空处理")
    if finding.code == "row.ragged":
        return replace(finding, evidence=f"{finding.evidence}，多出的格没有写到输出里")
    return finding


def notes(
    table: Table, given: tuple[str, str], points: tuple[Floats, Floats], found: Sequence[Nearby | None]
) -> list[str]:
    """Why a point has no answer, for every row; empty where it has one.

    Args:
        table: the file.
        given: headings of longitude and latitude.
        points: the numbers as written, NaN where there are none.
        found: the answers.
    """
    cells = zip(table.column(given[0]), table.column(given[1]), strict=True)
    pairs = zip(points[0].tolist(), points[1].tolist(), strict=True)
    return ["" if near else _why(*cell, *pair) for near, cell, pair in zip(found, cells, pairs, strict=True)]


def _why(lon_cell: str | None, lat_cell: str | None, lon: float, lat: float) -> str:
    if not (lon_cell or lat_cell):
        return "没有坐标"
    if lon != lon or lat != lat:
        missing = "经度" if lon != lon else "纬度"
        return f"{missing}{'不是数字' if (lon_cell if lon != lon else lat_cell) else '为空'}"
    if 73 <= lat <= 136 and 3 <= lon <= 54:
        return "经度和纬度像是对调了"
    if (3 <= lat <= 54 and 73 <= lon <= 136) or abs(lon) > 1000:  # metres of a grid
        return "附近没有登记的地址"
    return "坐标不在中国范围内"
