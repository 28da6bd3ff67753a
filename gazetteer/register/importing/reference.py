"""Where the register expects the rows of a file, so that a file in another datum than it says is noticed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.address.matching.numbers import canonical
from gazetteer.address.matching.registered import split_registered
from gazetteer.register.importing.sheet import Sheet

_SAMPLE = 4000
# A handle in free text may still carry the divisions before it: 上海市杨浦区隆昌路 ends in the road's name 隆昌路.
_DOORS = text("""
    SELECT w.row, avg(ST_X(p.geom)), avg(ST_Y(p.geom))
    FROM unnest(CAST(:rows AS int[]), CAST(:handles AS text[]), CAST(:numbers AS text[])) AS w (row, handle, number)
    JOIN register.road r ON r.valid_to IS NULL AND length(r.name) > 2
     AND r.name = ANY (ARRAY(SELECT right(w.handle, n) FROM generate_series(2, length(w.handle)) n))
    JOIN register.address a ON a.road = r.code AND a.number = w.number AND a.valid_to IS NULL
    JOIN register.address_point p ON p.address = a.code
    GROUP BY w.row
    HAVING count(DISTINCT a.county) = 1 AND count(*) = 1
""")


def expected_positions(
    session: Session, sheet: Sheet
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Longitude and latitude (CGCS2000) of the same door in the register for each row, NaN where it has none.

    A sample of at most 4,000 rows spread over the file is looked up, by road and number; a road name that stands
    in several counties gives no position.
    """
    lon, lat = np.full(len(sheet), np.nan), np.full(len(sheet), np.nan)
    wanted = _wanted(sheet)
    if not wanted:
        return None
    rows, handles, numbers = (list(column) for column in zip(*wanted, strict=True))
    found = session.execute(_DOORS, {"rows": rows, "handles": handles, "numbers": numbers})
    for row, at_lon, at_lat in found:
        lon[row], lat[row] = at_lon, at_lat
    return lon, lat


def _wanted(sheet: Sheet) -> list[tuple[int, str, str]]:
    step = max(1, len(sheet) // _SAMPLE)
    roads, numbers, texts = (
        sheet_cells(sheet, "road"),
        sheet_cells(sheet, "number"),
        sheet_cells(sheet, "address"),
    )
    found = []
    for i in range(0, len(sheet), step):
        if roads[i] and numbers[i]:
            found.append((i, roads[i], canonical(numbers[i])))
        elif texts[i]:
            door = split_registered(texts[i])
            if door.number:
                found.append((i, door.handle, door.number))
    return found


def sheet_cells(sheet: Sheet, name: str) -> list[str]:
    """A field's cells, empty where the kind has no such field."""
    known = {f.name for f in sheet.kind.fields}
    return sheet.cells(name) if name in known else [""] * len(sheet)
