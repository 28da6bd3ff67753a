"""What a number counts, given what stands before it: door, building, unit, floor or room (号码的角色)."""

from __future__ import annotations

import re

from gazetteer.address.reading.numbers import PART, Number
from gazetteer.address.reading.state import State
from gazetteer.address.words.numerals import digits_in

_SUB = re.compile(r"(?<=号)(?:[附付增].+|之.+|-.+|[甲乙丙丁])$")
_DIGITS = re.compile(r"\d+")
_DOOR_NEXT = re.compile(r"[-,]*(?:\d+支?弄)*(?:\d+|[零一二三四五六七八九十百]+)号(?!楼)")
_ESTATE_LIKE = re.compile(
    r"(?:小区|新村|花园|公寓|苑|园|区|家园|城|庭|府|大厦|广场|中心|市场|里|坊|湾|期|楼|院|公司|厂|学校|学院|大学)$"
)


def read_number(text: str, number: Number, state: State) -> int:
    """Give the number its role; returns where reading goes on."""
    _ROLES[number.kind](text, number.start, number.end, state)
    return number.end


def _lane(text: str, start: int, end: int, state: State) -> None:
    """669弄 is a door number when nothing smaller follows, else a road that has numbers of its own (400弄10号)."""
    if state.road and not state.no and not _DOOR_NEXT.match(text, end):
        state.add("no", start, end)
        state.lane = True
    else:
        state.add("road", start, end)


def _group(text: str, start: int, end: int, state: State) -> None:
    state.add("natvil" if GROUP_IS_VILLAGE else "road", start, end)
    state.road = True


GROUP_IS_VILLAGE = False
"""Groups (组、社、队) are read like the roads of a village, as the labelling standard has it."""


def _bld(text: str, start: int, end: int, state: State) -> None:
    state.add("bld", start, end)


def _unit(text: str, start: int, end: int, state: State) -> None:
    state.add("unit", start, end)


def _floor(text: str, start: int, end: int, state: State) -> None:
    state.add("floor", start, end)


def _room(text: str, start: int, end: int, state: State) -> None:
    parts = list(PART.finditer(text, start, end))
    if len(parts) > 1:
        _spread(text, start, end, parts, state)
    else:
        state.add("room", start, end)


def _no(text: str, start: int, end: int, state: State) -> None:
    """128号: a door on a road or in a village, a building in an estate, a unit or room in a building."""
    sub = _SUB.search(text, start, end)
    stop = sub.start() if sub else end
    kind = _no_role(text, start, stop, state)
    state.add(kind, start, stop)
    if sub and kind == "no":
        state.add("sub", sub.start(), end)


def _pair(text: str, start: int, end: int, state: State) -> None:
    """138-2号 on a road is door 138 with sub-number 2; 128-132号 is a range; in an estate building and room."""
    parts = list(PART.finditer(text, start, end))
    if _is_range(parts):
        _no(text, start, end, state)
    elif state.last == "estate" or state.bld or state.no:
        _spread(text, start, end, parts, state)
    else:
        state.add("no", start, parts[0].end())
        state.add("sub", parts[0].end(), end)


def _after(text: str, start: int, end: int, state: State) -> None:
    """128之1, 128附1 without 号: a door and its sub-number."""
    main = _DIGITS.match(text, start) if text[end - 1] in "甲乙丙丁" else PART.match(text, start)
    stop = main.end() if main else end
    if text[end - 1] in "甲乙丙丁" and state.no:
        state.add("bld", start, end)
        return
    state.add("no", start, stop)
    state.add("sub", stop, end)


def _marked(text: str, start: int, end: int, state: State) -> None:
    """甲88号, 增1号, No.118: a door with a word before its number; 付55号 behind a door is its sub-number."""
    behind = text[start] in "附付增" and state.last == "no"
    state.add("sub" if behind else "no", start, end)


def _no_role(text: str, start: int, end: int, state: State) -> str:
    digits = len(digits_in(text[start : end - 1]))
    if state.room:
        return "room"
    if state.floor or state.unit:
        return "room"
    if state.bld:
        return "unit" if digits <= 2 else "room"
    if state.last in ("road", "comm", "natvil", "town", "zone", "county", "city", "prov", ""):
        return "no" if not state.no else "bld"
    if state.last == "estate":
        return _estate_number(text, state, digits)
    if state.lane or state.no:
        return "bld"
    return "no"


def _estate_number(text: str, state: State, digits: int) -> str:
    """号 after a name: a building where the name is an estate, a door where it may be a village."""
    last = state.pieces[-1]
    if text.endswith(("新村", "工业区"), last.start, last.end) and not state.no:
        return "no"
    if state.no or _ESTATE_LIKE.search(text, last.start, last.end):
        return "bld" if digits <= 3 else "room"
    return "no"


def _chain(text: str, start: int, end: int, state: State) -> None:
    _spread(text, start, end, list(PART.finditer(text, start, end)), state)


def _spread(text: str, start: int, end: int, parts: list[re.Match[str]], state: State) -> None:
    """66-2-301: each part takes the next smaller role; on a road without a number the first is the door."""
    if (state.no or state.bld) and _are_rooms(parts):
        state.add("room", start, end)
        return
    if state.last == "road" and not state.no:
        if len(parts) == 2 and _is_range(parts):
            state.add("no", parts[0].start(), parts[1].end())
            return
        state.add("no", parts[0].start(), parts[0].end())
        parts = parts[1:]
    roles = _chain_roles(len(parts), state, parts)
    for role, part in zip(roles, parts, strict=False):
        stop = end if part is parts[-1] and end > part.end() else part.end()
        state.add(role, part.start(), stop)


def _is_range(parts: list[re.Match[str]]) -> bool:
    """499-503 or 5-9: the second number larger and near; short numbers also on one side of the road (5-9, not 5-8)."""
    one, two = parts[0].group(), parts[1].group()
    if len(parts) != 2 or not (one.isdigit() and two.isdigit()):
        return False
    gap = int(two) - int(one)
    return 0 < gap <= 60 if len(one) >= 2 else 0 < gap <= 20 and gap % 2 == 0


def _are_rooms(parts: list[re.Match[str]]) -> bool:
    """1701-1703, 2119-2120: rooms of one floor, not a building and a room."""
    if len(parts) != 2 or not all(p.group().isdigit() and len(p.group()) in (3, 4) for p in parts):
        return False
    one, two = (p.group() for p in parts)
    return len(one) == len(two) and one[:-2] == two[:-2] and one != two


def _chain_roles(count: int, state: State, parts: list[re.Match[str]]) -> tuple[str, ...]:
    if state.unit or state.floor:
        return ("room",) if count == 1 else ("floor", "room")
    if state.bld:
        return {1: ("room",), 2: ("unit", "room")}.get(count, ("unit", "floor", "room"))
    if count == 1:
        return ("bld",) if len(parts[0].group()) < 3 else ("room",)
    if count == 2:
        return ("bld", "room") if len(parts[1].group()) >= 3 else ("bld", "unit")
    if count == 3:
        return ("bld", "unit", "room")
    return ("bld", "unit", "floor", "room")


def _bare(text: str, start: int, end: int, state: State) -> None:
    """A number without a unit word."""
    digits = sum(c.isdigit() for c in text[start:end])
    kind = _bare_role(digits, state)
    if kind:
        state.add(kind, start, end)


def _bare_role(digits: int, state: State) -> str:
    if state.room:
        return ""
    if state.unit or state.floor:
        return "room"
    if state.bld:
        return "room" if digits >= 3 or state.last != "bld" else "unit"
    if state.last in ("road", "comm", "natvil"):
        return "no" if not state.no else "bld"
    if state.last == "no" or state.last == "sub":
        return "room" if digits >= 3 else "bld"
    if state.last == "estate":
        return "room" if digits >= 3 else "bld"
    return ""


_ROLES = {
    "lane": _lane,
    "group": _group,
    "bld": _bld,
    "unit": _unit,
    "floor": _floor,
    "room": _room,
    "no": _no,
    "marked": _marked,
    "after": _after,
    "pair": _pair,
    "chain": _chain,
    "bare": _bare,
}
