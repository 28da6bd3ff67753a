"""Files of the address commands: which column holds what, and what is written beside the rows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from api.commands.address_rows import first_line_as_data, notes
from api.commands.output import tell
from api.readiness import fresh_index
from gazetteer.address.answering.batch import Outcome, Run
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.answering.journal import Journal
from gazetteer.address.model import Nearby
from geo.crs import convert
from geo.files import Table, read_table
from geo.problems import BadInput, Finding, NotFound

_ADDRESS = (
    "address",
    "地址",
    "详细地址",
    "标准地址",
    "原始地址",
    "住址",
    "门牌地址",
    "通讯地址",
    "addr",
    "text",
    "q",
)
_LON = ("lon", "lng", "longitude", "经度", "x", "wgs84_lon")
_LAT = ("lat", "latitude", "纬度", "y", "wgs84_lat")
_BESIDE = ("road", "village", "town", "county", "city", "province", "division_code")


def read_rows(file: Path) -> Table:
    """The input as it stands: cells are kept to the letter, and empty rows between others stay rows.

    Raises:
        BadInput: the file cannot be read.
    """
    table = first_line_as_data(read_table(file, strip=False), (*_ADDRESS, *_LON, *_LAT))
    gaps = np.diff(table.rows) > 1
    return _with_empty_rows(table) if table.format in ("csv", "xlsx") and gaps.any() else table


def _with_empty_rows(table: Table) -> Table:
    """Rows out are rows in: what the reader passed over as empty comes back at its place."""
    rows = np.arange(table.rows[0], table.rows[-1] + 1)
    place = table.rows - table.rows[0]
    columns: dict[str, list[str | None]] = {}
    for name, cells in table.columns.items():
        column: list[str | None] = [None] * len(rows)
        for at, cell in zip(place.tolist(), cells, strict=True):
            column[at] = cell
        columns[name] = column
    return replace(table, columns=columns, rows=rows)


def address_column(table: Table, asked: str | None) -> str:
    """The column with the address: the one asked for, a well-known name, one that speaks of 地址, the only one.

    Raises:
        BadInput: none of these.
    """
    if asked is not None:
        table.column(asked)
        return asked
    found = _known(table, _ADDRESS) or next(
        (h for h in table.headers if "地址" in h or "address" in h.lower()), None
    )
    if found or len(table.headers) == 1:
        return found or table.headers[0]
    listed = "、".join(table.headers[:30])
    raise BadInput(
        "看不出哪一列是地址。", f"请用 --column 指明；文件的列有：{listed}。", code="file.no-column"
    )


def _known(table: Table, names: Sequence[str]) -> str | None:
    lower = {h.strip().lower(): h for h in table.headers}
    return next((lower[n] for n in names if n in lower), None)


def index_file(asked: Path | None) -> Path:
    """The index to answer from: the one named, or the register's own, brought up to date first.

    Raises:
        NotFound: there is no file of that name.
    """
    if asked is None:
        return fresh_index(tell)
    if not asked.is_file():
        raise NotFound(f"没有地址索引 {asked}。", "请核对 --index 给的路径。", code="no-index")
    return asked


def day(text: str | None) -> date | None:
    """A date given as 2020-01-31.

    Raises:
        BadInput: it is none.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"“{text}”不是日期。", "请写成 2020-01-31 的样子。", code="bad-parameter") from error


def engine_of(name: str) -> Run:
    """The batch engine of a name.

    Raises:
        BadInput: the name is none of ours.
    """
    if name == "dask":
        from api.batch.cluster import on_dask

        return on_dask
    if name != "local":
        raise BadInput(f"没有批量引擎“{name}”。", "可用的是 local 和 dask。", code="bad-parameter")
    from gazetteer.address.answering.workers import on_this_machine

    return on_this_machine


def journal_of(output: str) -> AbstractContextManager[Journal | None]:
    """Where a run that is killed leaves what it has done; none where the answers go to standard output.

    Raises:
        BadInput: the folder of the output is not there.
    """
    if output == "-":
        return nullcontext()
    if not Path(output).parent.is_dir():
        raise BadInput(
            f"没有文件夹 {Path(output).parent}。", "请先建好，或换一个输出位置。", code="file.no-folder"
        )
    return Journal(Path(output))


def added_columns(table: Table, found: Sequence[Outcome], datum: str) -> dict[str, Sequence[object]]:
    """The file's own columns and the results after them; a result whose name is taken gets the prefix ``result_``."""
    lon = np.array([np.nan if o.lon is None else o.lon for o in found], dtype=float)
    lat = np.array([np.nan if o.lat is None else o.lat for o in found], dtype=float)
    lon, lat = convert(lon, lat, "cgcs2000", datum)
    results: dict[str, Sequence[object]] = {
        "status": [o.status for o in found],
        "level": [o.level for o in found],
        "confidence": [o.confidence for o in found],
        "standard_address": [o.standard_address for o in found],
        "code": [o.code for o in found],
        "lon": degrees(lon),
        "lat": degrees(lat),
        "datum": [datum if o.lon is not None else "" for o in found],
        "corrections": [o.corrections for o in found],
        "alternatives": [o.alternatives for o in found],
    }
    return beside(table, results)


def beside(table: Table, results: dict[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    """Results after the file's own columns, none of which is lost."""
    own: dict[str, Sequence[object]] = dict(table.columns)
    return own | {(f"result_{name}" if name in own else name): cells for name, cells in results.items()}


def degrees(values: np.ndarray) -> list[object]:
    """Coordinates as numbers with seven digits (one centimetre), None where there is none."""
    return [None if v != v else round(v, 7) for v in values.tolist()]


def nearby_columns(
    table: Table, index: Path, lon: str | None, lat: str | None, datum: str
) -> tuple[dict[str, Sequence[object]], list[Finding]]:
    """The file's columns with what lies at each point, and the rows whose coordinates are no numbers.

    Raises:
        BadInput: the columns of the coordinates are not there or not said.
    """
    x, y = lon or _known(table, _LON), lat or _known(table, _LAT)
    if not x or not y:
        raise BadInput("看不出哪两列是经纬度。", "请用 --lon 与 --lat 指明。", code="file.no-column")
    (lons, bad_lon), (lats, bad_lat) = table.numbers(x), table.numbers(y)
    found = Geocoder.open(index).reverse_many(*convert(lons, lats, datum, "cgcs2000"))
    results: dict[str, Sequence[object]] = {
        "nearest_address": [n.standard_address if n else "" for n in found],
        "nearest_code": [n.code if n else "" for n in found],
        "distance_m": [n.distance_m if n else None for n in found],
        "note": notes(table, (x, y), (lons, lats), found),
        **{name: [_part(n, name) for n in found] for name in _BESIDE},
    }
    return beside(table, results), [*bad_lon, *bad_lat]


def _part(nearby: Nearby | None, name: str) -> str:
    return str(getattr(nearby, name)) if nearby else ""
