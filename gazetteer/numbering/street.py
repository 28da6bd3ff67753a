"""A whole street numbered in one stroke (整路编号): from entrances, or from footprints of buildings.

``sequential``: doors of a side are numbered one after the other; in a gap wider than the rules allow, numbers are kept
back. ``distance``: each number stands for a stretch of road, what no door uses is kept back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from gazetteer.numbering.model import LEFT, RIGHT, SIDES, Kept, Plan, Planned, Standing
from gazetteer.numbering.plane import Floats, flat, to_degrees
from gazetteer.numbering.roadline import COMPASS, RoadLine
from gazetteer.numbering.rules import Rules
from gazetteer.numbering.suggest import allowed, odd_on, reserve_in


def number_street(
    line: RoadLine, rules: Rules, lon: Floats, lat: Floats, standing: Iterable[Standing] = ()
) -> Plan:
    """Number every entrance of a street; numbers that stand already are respected and passed over.

    Args:
        line: the road.
        rules: of its jurisdiction.
        lon, lat: entrances, CGCS2000 degrees.
        standing: numbers of the road that are taken or kept back.
    """
    placed = line.place(lon, lat)
    taken = {s.number for s in standing}
    notes = [f"自{COMPASS[line.start]}端起编，{'左单右双' if odd_on(LEFT, rules) else '左双右单'}"]
    if line.gap_m > 1:
        notes.append(f"道路线形有{line.gap_m:.0f}米断开，按直线连接计算")
    doors: list[Planned] = []
    kept: list[Kept] = []
    for side in (LEFT, RIGHT):
        rows = [int(i) for i in np.flatnonzero(placed.side == side)]
        rows.sort(key=lambda i: (placed.along_m[i], i))
        one = _distance if rules["spacing"] == "distance" else _sequential
        side_doors, side_kept = one(rows, placed.along_m, side, rules, taken)
        doors += side_doors
        kept += side_kept
    if rules["one_sided_parity"] and len({d.side for d in doors}) == 1 and doors:
        notes.append(f"只有{SIDES[doors[0].side]}有门，只用{'单' if doors[0].number % 2 else '双'}号")
    return Plan(tuple(sorted(doors, key=lambda d: d.entrance)), tuple(kept), tuple(notes))


def _sequential(
    rows: Sequence[int], along: Floats, side: int, rules: Rules, taken: set[int]
) -> tuple[list[Planned], list[Kept]]:
    number = 1 if odd_on(side, rules) else 2
    doors, kept, last = [], [], 0.0
    for at, row in enumerate(rows):
        here = float(along[row])
        reasons = [f"{SIDES[side]}第{at + 1}门，距起点{here:.0f}米"]
        room = reserve_in(here - last, rules) if at else 0
        if room:
            numbers, number = _take(number, room, taken, rules)
            kept.append(Kept(numbers, side, last, here, f"相邻两门相距{here - last:.0f}米"))
            reasons.append(f"与前一门相距{here - last:.0f}米，之间留{room}个预留号")
        (own,), number = _take(number, 1, taken, rules)
        doors.append(Planned(row, own, 0, here, side, tuple(reasons)))
        last = here
    return doors, kept


def _take(number: int, count: int, taken: set[int], rules: Rules) -> tuple[tuple[int, ...], int]:
    """The next ``count`` numbers of a side that may be given, and the one to go on with."""
    found: list[int] = []
    while len(found) < count:
        if number not in taken and allowed(number, rules):
            found.append(number)
        number += 2
    return tuple(found), number


def _distance(
    rows: Sequence[int], along: Floats, side: int, rules: Rules, taken: set[int]
) -> tuple[list[Planned], list[Kept]]:
    first, step = (1 if odd_on(side, rules) else 2), float(rules["metres_per_number"])
    doors: list[Planned] = []
    kept: list[Kept] = []
    last, last_at = first - 2, 0.0
    for row in rows:
        here = float(along[row])
        number = max(first + 2 * int(here // step), last + 2)
        while number in taken or not allowed(number, rules):
            number += 2
        spare = tuple(n for n in range(last + 2, number, 2) if n not in taken and allowed(n, rules))
        if spare:
            kept.append(Kept(spare, side, last_at, here, f"每{step:g}米一号"))
        doors.append(
            Planned(row, number, 0, here, side, (f"{SIDES[side]}距起点{here:.0f}米，每{step:g}米一号",))
        )
        last, last_at = number, here
    return doors, kept


def entrances_of(line: RoadLine, footprints: Sequence[shapely.Geometry]) -> Floats:
    """Entrances guessed from buildings: the place of each footprint nearest to the road; degrees, shape (n, 2).

    A point stays where it is.
    """
    shapes = [flat(shape, line.meridian) for shape in footprints]
    shortest = [shapely.shortest_line(shape, line.line) for shape in shapes]
    xy = np.array([shapely.get_coordinates(one)[0] for one in shortest]).reshape(-1, 2)
    return to_degrees(xy, line.meridian)
