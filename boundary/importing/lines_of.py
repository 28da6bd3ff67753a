"""Which registered lines the rows of a file of markers name, and where these lines run."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.forms import listed
from gazetteer.register.importing.sheet import Sheet

_AROUND_DEG = 0.003
"""About 300 m: double markers stand on the banks; the shift of web maps is larger across most lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line in force: code, name, course (None where it is not drawn)."""

    code: str
    name: str
    course: shapely.Geometry | None


class Lines:
    """The lines in force, found by code or name."""

    def __init__(self, session: Session) -> None:
        self._said: dict[str, list[Line]] = defaultdict(list)
        for code, name, course in session.execute(
            text(
                "SELECT code, name, ST_AsBinary(geom) FROM register.boundary_line WHERE valid_to IS NULL ORDER BY code"
            )
        ):
            line = Line(code, name, shapely.from_wkb(bytes(course)) if course is not None else None)
            for said in {code, name}:
                self._said[said].append(line)

    def named(self, said: str) -> Line:
        """The line of a code or name.

        Raises:
            LookupError: none or several; the sentence is Chinese.
        """
        found = self._said.get(said, [])
        if len(found) != 1:
            raise LookupError(f"登记册里{'没有' if not found else '有几条'}界线“{said}”")
        return found[0]


def regions(session: Session, sheet: Sheet) -> list[object] | None:
    """A strip around the lines that each row names, to doubt the coordinates of a whole file by."""
    lines = Lines(session)
    strips: dict[str, shapely.Geometry | None] = {}
    for cell in set(sheet.cells("line")):
        courses = [course for said in listed(cell) if (course := _course(lines, said)) is not None]
        strips[cell] = shapely.buffer(shapely.union_all(courses), _AROUND_DEG) if courses else None
    found: list[object] = [strips[cell] for cell in sheet.cells("line")]
    return found if any(strip is not None for strip in found) else None


def _course(lines: Lines, said: str) -> shapely.Geometry | None:
    try:
        return lines.named(said).course
    except LookupError:
        return None
