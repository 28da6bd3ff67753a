"""A registered door as an envelope would carry it: the names of the divisions above it written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gazetteer.address.model import DivisionRow, DoorRow


@dataclass(frozen=True, slots=True)
class Written:
    """A door with the names above it, as an envelope would carry them; absent levels are empty."""

    code: str
    province: str
    city: str
    county: str
    town: str
    handle: str
    number: str
    """As in the index: 118, 128-1, 400弄10, 66幢2单元301室."""
    other_counties: tuple[str, ...] = ()
    other_towns: tuple[str, ...] = ()


def written(doors: Iterable[DoorRow], divisions: Iterable[DivisionRow]) -> Iterator[Written]:
    """Doors of an index with the names of the divisions above them."""
    rows = {row.code: row for row in divisions}
    below: dict[str, list[str]] = {}
    for row in rows.values():
        below.setdefault(row.parent, []).append(row.name)
    for door in doors:
        above: dict[int, DivisionRow] = {}
        holder = rows.get(door.division)
        while holder is not None:
            above[holder.level] = holder
            holder = rows.get(holder.parent)
        province, city, county, town = (above[n].name if n in above else "" for n in (1, 2, 3, 4))
        counties, towns = (_beside(above[n], below) if n in above else () for n in (3, 4))
        yield Written(
            door.code, province, city, county, town, door.handle_name, door.number, counties, towns
        )  # fmt: skip


def _beside(row: DivisionRow, below: dict[str, list[str]]) -> tuple[str, ...]:
    """Names of the other divisions under the same one."""
    return tuple(name for name in below.get(row.parent, ()) if name != row.name)
