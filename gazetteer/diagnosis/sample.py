"""The sample district as columns, without a database: for benchmarks and tests of the diagnosis."""

from __future__ import annotations

import numpy as np
import shapely

from gazetteer.diagnosis.columns import Doors, Handles, Register
from gazetteer.numbering.roadline import turned
from gazetteer.numbering.rules import Rules
from gazetteer.sample import District
from gazetteer.sample.roads import Road
from gazetteer.sample.settlements import Estate


def register_of(district: District, rules: Rules) -> Register:
    """The roads and natural villages of a drawn district with their doors; estates have no sequence of their own."""
    known = district.handles
    lines = np.empty(len(known), dtype=object)
    for at, one in enumerate(known):
        if isinstance(one, Road):
            lines[at] = turned(shapely.LineString(one.line), rules)[0]
    widths = [one.width / 2 if isinstance(one, Road) else 0.0 for one in known]
    handles = Handles(
        [one.code for one in known], [one.name for one in known], [""] * len(known), lines,
        np.full(len(known), -1), np.full(len(known), -1), np.array(widths),
        np.full(len(known), rules["odd_side"] == "left"),
    )  # fmt: skip
    return Register(handles, _doors(district))


def _doors(district: District) -> Doors:
    d, known = district.doors, district.handles
    estate = np.array([isinstance(one, Estate) for one in known], dtype=bool)
    rows = np.flatnonzero(~estate[d.handle] & (d.bld == 0))
    numbers = [district.number(int(at)).partition("-")[0] for at in rows]
    main = np.where(d.lane[rows] > 0, d.lane[rows], d.main[rows]).astype(np.int64)
    return Doors(
        [district.code(int(at)) for at in rows], d.handle[rows].astype(np.int64), numbers, main,
        [str(s) if s else "" for s in d.sub[rows]], d.lane[rows] == 0, d.xy[rows],
    )  # fmt: skip
