"""Numbers of a natural village (自然村连续编号): one sequence a village, new doors behind the last, inserted ones as 附号."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from gazetteer.numbering.model import LEFT, Plan, Planned, Standing, Suggestion
from gazetteer.numbering.plane import Floats, meridian_of, to_metres
from gazetteer.numbering.rules import Rules
from gazetteer.numbering.suggest import allowed
from gazetteer.numbering.text import written

_ROW_M = 15.0


def next_in_village(
    rules: Rules, standing: Iterable[Standing], nearest: Standing | None = None
) -> Suggestion:
    """The next number of a natural village; ``nearest`` is the house beside it, for the alternative 附号."""
    known = list(standing)
    taken = {s.number for s in known}
    gaps = [n for n in range(1, max(taken, default=0)) if n not in taken and allowed(n, rules)]
    number = max(taken, default=0) + 1
    while not allowed(number, rules):
        number += 1
    reasons = [f"自然村连续编号，现编至{max(taken, default=0)}号", rules.basis("rural_by")]
    others = [str(n) for n in gaps[:3]]
    if nearest:
        used = {s.sub for s in known if s.number == nearest.number}
        sub = next(n for n in range(1, len(used) + 2) if n not in used)
        others.insert(0, f"{nearest.number}-{sub}")
        reasons.append(f"紧邻{written(nearest.number, nearest.sub)}，也可编附号")
    return Suggestion(number, 0, 0.0, LEFT, tuple(reasons), False, tuple(others))


def number_village(rules: Rules, lon: Floats, lat: Floats, taken: Sequence[int] = ()) -> Plan:
    """Number the houses of a natural village in rows from the south-east, every second row backwards.

    Args:
        rules: of the jurisdiction.
        lon, lat: houses, CGCS2000 degrees.
        taken: numbers that stand already.
    """
    if not len(lon):
        return Plan((), ())
    xy = to_metres(lon, lat, meridian_of(float(np.mean(lon))))
    rows = np.round((xy[:, 1] - xy[:, 1].min()) / _ROW_M).astype(int)
    order = np.lexsort((np.where(rows % 2 == 0, -xy[:, 0], xy[:, 0]), rows))
    doors, number, used = [], 1, set(taken)
    for at, house in enumerate(order):
        while number in used or not allowed(number, rules):
            number += 1
        doors.append(Planned(int(house), number, 0, 0.0, LEFT, (f"自东南起第{at + 1}户，逐排往返",)))
        number += 1
    return Plan(tuple(sorted(doors, key=lambda d: d.entrance)), (), ("自然村从东南角起逐排往返连续编号",))
