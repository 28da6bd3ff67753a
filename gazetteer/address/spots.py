"""Where a house number stands in a text, and every path it may mean, the most exact first.

``400弄10-3-304`` may be 400弄10号 with building 3, or 400弄 with building 10: the register decides which
exists. The text is the cleaned one of :func:`gazetteer.address.text.normalise`, in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from gazetteer.address.numerals import NUMERAL, to_digits

_D = f"(?:[0-9]{{1,9}}|[{NUMERAL}廿卅]{{1,9}})"
_SPOT = re.compile(
    rf"(?P<lanes>(?:{_D}(?:支弄|弄|支巷))*)"
    rf"(?P<num>(?:(?<=[弄巷])-)?{_D}[a-z甲乙丙丁]?(?:(?:-|,(?=[0-9]))[0-9]{{1,6}}[a-z]?)*)?"
    rf"(?P<hao>(?<![弄巷])号(?!楼|线|桥|院|门|口))?"
    rf"(?P<sub>(?<=号)(?:-|之|附|副)(?P<n>[0-9]{{1,4}})(?![0-9]*(?:室|幢|栋|座|层|楼|单元|-)))?"
)
_LANE = re.compile(rf"({_D})(支弄|弄|支巷)")
_INDOORS = re.compile("幢|栋|座|号楼|楼|层|室|单元|米|f|#|户|组|间|库|期|区|年|月|分|元|岁")
_BUILDING = re.compile("幢|栋|座|号楼|#")
_DIGIT = re.compile("[0-9]+")

EXACT, SUB_DROPPED, RANGE, LANE_OF_SHORTHAND, LANE_ONLY = range(5)
"""How a path was read: as written; without its 附号; as the first of a range; 弄 of a hyphen shorthand;
the 弄 although a number in it was asked."""


class Reading(NamedTuple):
    """One path a number may mean."""

    path: str
    grade: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A number in the text: from where to where, and what it may mean."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    marked: bool
    """True where 号, 弄 or 幢 says that it is a house number."""


def find_spots(clean: str, glued: frozenset[int] = frozenset()) -> list[Spot]:
    """All house numbers of a cleaned text, in order.

    ``glued`` are positions of hyphens that were spaces: 5 0号 may be 50号.
    """
    found = []
    for match in _SPOT.finditer(clean):
        spot = _spot(match, clean, glued) if match.end() > match.start() else None
        if spot:
            found.append(spot)
    return found


def _spot(match: re.Match[str], clean: str, glued: frozenset[int]) -> Spot | None:
    lanes, num, hao = match["lanes"], match["num"], match["hao"]
    if not lanes and not num:
        return None
    path = "".join((to_digits(n) or n) + kind for n, kind in _LANE.findall(lanes))
    if num and not hao and _INDOORS.match(clean, match.end("num")):
        return _indoors(match, clean, path)
    if not num or not (hao or num.lstrip("-")[0].isascii()):
        return Spot(match.start(), match.end("lanes"), (Reading(path, EXACT),), True) if path else None
    readings = list(_readings(path, num.lstrip("-"), bool(hao), match["n"]))
    if any(i in glued for i in range(*match.span("num"))):
        joined = "".join(_DIGIT.findall(num))
        readings.insert(0 if hao else len(readings), Reading(path + joined, EXACT))
    return Spot(match.start(), match.end(), tuple(dict.fromkeys(readings)), bool(hao or path))


def _indoors(match: re.Match[str], clean: str, path: str) -> Spot | None:
    """A number that is a building or a room: of a 弄 it is what follows; of an estate it is the number itself."""
    if path:
        return Spot(match.start(), match.end("lanes"), (Reading(path, EXACT),), True)
    unit = _BUILDING.match(clean, match.end("num"))
    number = to_digits(match["num"])
    if not unit or not number:
        return None
    return Spot(match.start(), unit.end(), (Reading(f"{number}幢", EXACT),), True)


def _readings(path: str, num: str, hao: bool, sub: str | None) -> list[Reading]:
    parts = [to_digits(p) or p for p in re.split("[-,]", num)]
    main = path + parts[0]
    found = []
    if sub:
        found.append(Reading(f"{main}-{sub}", EXACT))
    if len(parts) == 2:
        found.append(Reading(f"{main}-{parts[1]}", EXACT))
    ranged = len(parts) == 2 and hao and parts[1].isdigit() and parts[0].isdigit() and int(parts[1]) > int(parts[0])
    short = SUB_DROPPED if sub or (len(parts) > 1 and hao) else EXACT
    found.append(Reading(main, RANGE if ranged else short))
    plain = _DIGIT.match(parts[0])
    if plain and plain.group() != parts[0]:
        found.append(Reading(path + plain.group(), SUB_DROPPED))
    if path:
        found.append(Reading(path, LANE_OF_SHORTHAND if ranged or not hao else LANE_ONLY))
    elif not hao:
        found.append(Reading(f"{main}幢", EXACT))
    return found
