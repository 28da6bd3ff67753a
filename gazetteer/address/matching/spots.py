"""Where a house number stands in a text, and every path it may mean, the most exact first.

``400弄10-3-304`` may be 400弄10号 with building 3, or 400弄 with building 10: the register decides which
exists. The text is the cleaned one of :func:`gazetteer.address.words.text.normalise`, in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gazetteer.address.words.numerals import NUMERAL, to_digits

_D = f"(?:[0-9]{{1,9}}|[{NUMERAL}廿卅]{{1,9}})"
_SPOT = re.compile(
    rf"(?P<lanes>(?:{_D}(?:支弄|弄|支巷))*)"
    rf"(?P<num>(?:(?<=[弄巷])-)?{_D}[a-z甲乙丙丁]?(?:(?:-|[,、/](?=[0-9]))[0-9]{{1,6}}[a-z]?)*)?"
    rf"(?P<hao>(?<![弄巷])号(?!楼(?![上下旁前后梯])|线|桥|门(?!口)))?"
    rf"(?P<sub>(?<=[号0-9])(?:(?<=号)-|之|附|副)(?P<n>{_D})(?![0-9]*(?:室|幢|栋|座|层|楼|单元|-(?![0-9]+(?:楼|层|f))))号?)?"
)
_PLAIN = re.compile(r"([0-9]{1,9})号(?![楼线桥门之附副-])")
"""Most numbers are digits and 号: what the long pattern makes of them is known."""
_FIRST = re.compile(f"[0-9{NUMERAL}廿卅]")
_LANE = re.compile(rf"({_D})(支弄|弄|支巷)")
_INDOORS = re.compile("幢|栋|座|号楼|楼|层|室|单元|米|f|#|户|组|间|库|期|区|年|月|分|元|岁")
_BUILDING = re.compile("幢|栋|座|号楼|#")
_ESTATE = re.compile(
    rf"-?(?P<unit>{_D})(?:单元|门|-)(?:{_D}(?:层|楼))?(?P<room>{_D}[a-z]?)室?|-?(?P<single>{_D})单元|-?(?P<no>{_D})(?!楼|层|f|[0-9幢栋座])号?"
)
_DIGIT = re.compile("[0-9]+")

EXACT, SUB_DROPPED, RANGE, LANE_OF_SHORTHAND, LANE_ONLY, UNMARKED = range(6)
"""How a path was read: as written; without its 附号; as the first of a range; 弄 of a hyphen shorthand;
the 弄 although a number in it was asked; as a number in a 弄 although nothing says 号."""


class Reading(NamedTuple):
    """One path a number may mean."""

    path: str
    grade: int


@dataclass(slots=True, unsafe_hash=True)
class Spot:
    """A number in the text: from where to where, and what it may mean."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    marked: bool
    """True where 号, 弄 or 幢 says that it is a house number."""


def find_spots(clean: str) -> list[Spot]:
    """All house numbers of a cleaned text, in order."""
    found: list[Spot] = []
    at = 0
    while first := _FIRST.search(clean, at):
        if plain := _PLAIN.match(clean, first.start()):
            at = plain.end()
            found.append(Spot(plain.start(), at, _readings("", plain[1], True, None), True))
            continue
        match = _SPOT.match(clean, first.start())
        at = max(match.end(), first.end()) if match else first.end()
        if match and (spot := _spot(match, clean)):
            found.append(spot)
            found += _in_named_lane(match, clean)
    return found


def _in_named_lane(match: re.Match[str], clean: str) -> list[Spot]:
    """The same number where the 弄 belongs to the name before it: 秀园四弄|1号."""
    if not match["lanes"] or not match["num"]:
        return []
    inner = _SPOT.match(clean, match.start("num") + match["num"].startswith("-"))
    spot = _spot(inner, clean) if inner else None
    return [spot] if spot else []


def _spot(match: re.Match[str], clean: str) -> Spot | None:
    lanes, num, hao = match["lanes"], match["num"], match["hao"]
    if not lanes and not num:
        return None
    path = "".join(_plain(n) + kind for n, kind in _LANE.findall(lanes))
    if num and clean.startswith("弄", match.end("num")):
        return None
    if num and not hao and _INDOORS.match(clean, match.end("num")):
        return _indoors(match, clean, path)
    if not num or not (hao or num.lstrip("-")[0].isascii()):
        return Spot(match.start(), match.end("lanes"), (Reading(path, EXACT),), True) if path else None
    readings = list(_readings(path, num.lstrip("-"), bool(hao), match["n"]))
    if path and num.startswith("-"):
        readings = [r._replace(grade=max(r.grade, SUB_DROPPED)) if r.grade == EXACT else r for r in readings]
    if path.count("弄") > 1:
        readings.append(Reading(path[: path.index("弄") + 1], LANE_ONLY))
    return Spot(match.start(), match.end(), _once(readings), bool(hao or path))


def _once(readings: list[Reading]) -> tuple[Reading, ...]:
    """Each path once, as it was first read."""
    first: dict[str, Reading] = {}
    for reading in readings:
        first.setdefault(reading.path, reading)
    return tuple(first.values())


def _plain(number: str) -> str:
    """Digits of a number without leading zeros: 001 is 1."""
    digits = to_digits(number) or number
    return digits.lstrip("0") or digits if digits[:1] == "0" else digits


def _indoors(match: re.Match[str], clean: str, path: str) -> Spot | None:
    """A number that is a building or a room: of a 弄 it is what follows; of an estate it is the number itself."""
    number = to_digits(match["num"].lstrip("-"))
    if path:
        numbered = clean.startswith("号楼", match.end("num")) and number
        inside = (Reading(f"{path}{number}", UNMARKED),) if numbered else ()
        return Spot(match.start(), match.end("lanes"), (*inside, Reading(path, EXACT)), True)
    unit = _BUILDING.match(clean, match.end("num"))
    if not unit or not number:
        return None
    inner = _ESTATE.match(clean, unit.end())
    end = inner.end() if inner else unit.end()
    return Spot(match.start(), end, _once(_in_estate(inner, _plain(number))), True)


def _in_estate(inner: re.Match[str] | None, building: str) -> list[Reading]:
    """The number of a home in an estate as far as the register may go: 66幢2单元301室, 66幢3, 66幢."""
    found = [Reading(f"{building}幢", EXACT)]
    if inner and inner["unit"]:
        unit, room = _plain(inner["unit"]), _plain(inner["room"])
        found.insert(0, Reading(f"{building}幢{unit}单元", EXACT))
        found.insert(0, Reading(f"{building}幢{unit}单元{room}室", EXACT))
    elif inner and (number := inner["single"] or inner["no"]):
        found.insert(0, Reading(f"{building}幢{_plain(number)}" + ("单元" if inner["single"] else ""), EXACT))
    return found


@lru_cache(maxsize=20_000)
def _readings(path: str, num: str, hao: bool, sub: str | None) -> tuple[Reading, ...]:
    """Every path of a number, the likeliest first; in a 弄 a range or a shorthand may mean the 弄 itself."""
    parts = [_plain(p) for p in re.split("[-,、/]", num)]
    main, plain = parts[0], _DIGIT.match(parts[0])
    found = [Reading(f"{path}{main}-{_plain(sub)}", EXACT)] if sub else []
    if len(parts) == 2:
        found.append(Reading(f"{path}{main}-{parts[1]}", EXACT))
    cut = bool(sub) or (len(parts) > 1 and hao)
    ranged = cut and parts[-1].isdigit() and main.isdigit() and int(parts[-1]) > int(main)
    if path and cut:
        found.append(Reading(path, LANE_OF_SHORTHAND))
    grade = RANGE if ranged else SUB_DROPPED if cut else UNMARKED if path and not hao else EXACT
    found.append(Reading(path + main, grade))
    if plain and plain.group() != main:
        found += [Reading(path, LANE_OF_SHORTHAND)] if path else []
        found.append(Reading(path + plain.group(), SUB_DROPPED))
    if path:
        found.append(Reading(path, LANE_ONLY if hao else LANE_OF_SHORTHAND))
    elif not hao:
        found += _in_shorthand(parts)
    return tuple(found)


def _in_shorthand(parts: list[str]) -> list[Reading]:
    """66-2-301 behind an estate: 66幢2单元301室, or the part of it that is registered."""
    found = [Reading(f"{parts[0]}幢", EXACT)]
    if len(parts) > 1:
        found.insert(0, Reading(f"{parts[0]}幢{parts[1]}", EXACT))
    if len(parts) > 2:
        found.insert(0, Reading(f"{parts[0]}幢{parts[1]}单元{parts[2]}室", EXACT))
    return found


_SPLIT = re.compile(r"[0-9]+(?:-[0-9]+)+(?=号|弄)")


def rejoin(clean: str, spaces: frozenset[int]) -> str:
    """The text with numbers that spaces had cut made whole: 5 0号 is 50号. ``spaces`` are hyphens that were spaces."""
    cut: set[int] = set()
    for match in _SPLIT.finditer(clean):
        hyphens = {i for i in range(*match.span()) if clean[i] == "-"}
        if hyphens <= spaces:
            cut |= hyphens
    return "".join(c for i, c in enumerate(clean) if i not in cut) if cut else clean
