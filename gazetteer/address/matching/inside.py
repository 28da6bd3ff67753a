"""Homes that are registered behind a door of a road: 横街路128号66幢2单元301室, under the path ``128号66幢2单元301室``."""

from __future__ import annotations

import re
from functools import lru_cache

from gazetteer.address.words.numerals import NUMERAL, to_digits

_D = f"(?:[0-9]{{1,6}}|[{NUMERAL}]{{1,4}})"
_BEHIND = re.compile(
    rf"[-,()]*(?:(?P<bld>{_D}|[a-z])(?:幢|栋|座|号楼|#)[-,]*)?(?:(?P<unit>{_D})(?:单元|门)[-,]*)?"
    rf"(?:(?P<floor>{_D})(?:层|楼|f)[-,]*)?(?:(?P<room>{_D}[a-z]?)(?:室|(?![0-9{NUMERAL}号弄幢栋座单楼层])))?"
)
_SHORT = re.compile(r"-?(?P<bld>[0-9]{1,4})-(?:(?P<unit>[0-9]{1,2})-)?(?P<room>[0-9]{1,4}[a-z]?)")
_WORDS = (("bld", "幢"), ("unit", "单元"), ("floor", "层"), ("room", "室"))


@lru_cache(maxsize=20_000)
def inside_paths(tail: str) -> tuple[str, ...]:
    """What follows a number as the register writes it, the whole first, then without its last part.

    ``66幢2单元301室`` -> (66幢2单元301室, 66幢2单元, 66幢); empty when nothing of a building follows.
    """
    found = _SHORT.match(tail) or _BEHIND.match(tail)
    if not found or not found.group():
        return ()
    given = found.groupdict()
    parts = [_digits(given[name]) + word for name, word in _WORDS if given.get(name)]
    return tuple("".join(parts[:count]) for count in range(len(parts), 0, -1))


def _digits(number: str) -> str:
    return (to_digits(number) or number).upper() if not number.isdigit() else number.lstrip("0") or number
