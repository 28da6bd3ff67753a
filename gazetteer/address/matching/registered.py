"""Reading the register's own addresses, which are not always clean either (万达广场金街36号, 金山工业园区志伟路816弄33号)."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple

from gazetteer.address.matching.keys import GENERICS
from gazetteer.address.matching.numbers import canonical
from gazetteer.address.words.text import normalise

_NUMBER = re.compile(
    r"(?P<path>(?:[0-9]+[a-z]?(?:支弄|弄|巷))*[0-9]+(?:-[0-9]+)?(?:号(?:[-之附][0-9]+)?(?!楼)|(?:支弄|弄)|(?:幢|栋|座|号楼)))(?P<rest>.*)$",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(?P<path>[0-9]+(?:-[0-9]+)?)(?P<rest>)$")
_ROAD_INSIDE = re.compile("|".join(GENERICS))


class Registered(NamedTuple):
    """A registered address taken apart: what carries the number, the number's path, what follows."""

    handle: str
    number: str
    rest: str


def split_registered(address: str) -> Registered:
    """Handle, number and rest of an address as a register or a list writes it.

    ``南桥百兴路50号`` -> (南桥百兴路, 50, ''); ``金山工业园区志伟路816弄33号`` -> (金山工业园区志伟路, 816弄33, '').
    An address without a number has an empty number. Never raises.
    """
    clean = normalise(address).clean.replace(",", "")
    found = _NUMBER.search(clean) or _PLAIN.search(clean)
    if not found or not found.start():
        return Registered(clean, "", "")
    return Registered(clean[: found.start()], canonical(found["path"]), found["rest"])


def inner_names(name: str, known: Set[str], prefixes: Set[str]) -> list[str]:
    """Shorter names a long handle may be asked by: what follows a division, an estate or another road in it.

    南桥百兴路 -> 百兴路 (南桥 is a town); 泰西路大叶公路 -> 大叶公路; 彭浦新村闻喜路 -> 闻喜路.
    """
    found: list[str] = []
    for cut in range(2, len(name) - 1):
        head, tail = name[:cut], name[cut:]
        if not _ROAD_INSIDE.search(tail[1:]) or _DIRECTION_ONLY.fullmatch(tail):
            continue
        if tail in known or head in prefixes or _closed(head):
            found.append(tail)
    return found


_DIRECTION_ONLY = re.compile(
    rf"[东南西北中前后新老上下内外一二三四五六七八九十支环]{{0,2}}(?:{'|'.join(GENERICS)})"
)
"""南路 is the end of a name, not a name."""
_CLOSED = re.compile(r"(?:路|街|大道|公路|巷|镇|乡|村|社区|园区|开发区|新村|广场|农场|街道|小区|古镇|老街)$")


def _closed(head: str) -> bool:
    return len(head) >= 3 and bool(_CLOSED.search(head))
