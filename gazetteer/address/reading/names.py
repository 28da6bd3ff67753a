"""Cutting a run of characters between two numbers into town, village, road and estate (地名切分).

The run is read once from left to right; every generic term that is met may close a name. The register's own
names (when a lexicon has them) go before generic terms.
"""

from __future__ import annotations

import re

from gazetteer.address.reading.estates import LONGEST_NAME, ZONE_PART, inside_building, read_rest
from gazetteer.address.reading.state import State
from gazetteer.address.words import vocabulary as words
from gazetteer.address.words.lexicon import Lexicon

SUFFIX = re.compile(
    f"(?P<zone>{words.DEVELOPMENT_ZONE})|(?P<estate>{words.ESTATE_STRONG})|(?P<town>{words.TOWN})"
    f"|(?P<comm>{words.COMMUNITY})|(?P<road>(?:{words.ROAD}){words.ROAD_PART})|(?P<stop>[,()\\-#]+)"
)
_POSITION_HEAD = re.compile(f"(?:的|{words.POSITION}|与|和|及|、|往|向|靠)+")
_CONNECTIVE = re.compile(r"[与和及、近跟]")
_SURE_ESTATE = frozenset(
    [
        "工业园区",
        "工业区",
        "工业园",
        "园区",
        "科技园",
        "软件园",
        "小区",
        "新村",
        "花园",
        "公寓",
        "广场",
        "市场",
        "商贸城",
        "轻纺城",
        "商城",
        "产业园",
        "家园",
        "佳苑",
        "花苑",
        "嘉园",
    ]
)


def read_names(text: str, start: int, end: int, state: State, following: str, lexicon: Lexicon) -> None:
    """Read the run ``text[start:end]``; ``following`` is the kind of number after it, empty at the end."""
    begin = _skip_head(text, start, end, state)
    position = begin
    while position < end:
        known = lexicon.name_at(text, position, end) if position == begin else None
        if known:
            state.add(known[1], begin, known[0])
            begin = position = _skip_head(text, known[0], end, state)
            continue
        m = SUFFIX.search(text, position, end)
        if m is None:
            break
        closed = _close(text, begin, m, end, state)
        position = m.end()
        if closed:
            begin = position = _skip_head(text, m.end(), end, state)
    if begin < end:
        read_rest(text, begin, end, state, following)


def _skip_head(text: str, start: int, end: int, state: State) -> int:
    """Past words of position and joining marks that stand before the next name."""
    while start < end and text[start] in ",()-#、":
        start += 1
    if state.last:
        m = _POSITION_HEAD.match(text, start, end)
        if m and _is_position(text, m, end, state):
            return _skip_head(text, m.end(), end, state) if m.end() > start else start
    return start


def _is_position(text: str, m: re.Match[str], end: int, state: State) -> bool:
    """与 and 和 join only after a road; 东 and the like are position only where nothing else begins with them."""
    word = m.group()
    if word in "与和及、":
        return state.last in ("road", "no")
    if len(word) == 1 and word in "东西南北内口":
        return m.end() == end
    return word not in ("后", "前", "往", "向", "靠") or m.end() == end


def _close(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    """Let a generic term close the name that began at ``begin``; False when it is part of a longer name."""
    return _CLOSERS[m.lastgroup or "stop"](text, begin, m, end, state)


def _close_stop(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    if m.start() > begin:
        read_rest(text, begin, m.start(), state, "")
    return True


def _close_zone(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    """A development zone is neither county nor town; what follows goes on as if it were not there."""
    if state.road or state.estate or m.end() - begin > 14:
        return False
    state.last = "zone"
    return True


def _close_town(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    length = m.end() - begin
    if state.town or state.road or state.estate or state.comm or not 2 <= length <= 8:
        return False
    state.add("town", begin, m.end())
    return True


def _close_comm(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    length = m.end() - begin
    if (
        length < 2
        or (state.road and not text.startswith("路段", m.end()))
        or state.estate
        or state.no
        or state.comm
        or length > 10
    ):
        return False
    state.add("comm", begin, m.end())
    return True


def _close_road(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    length = m.start() - begin
    if length < 1 and not text[begin - 1 : begin].isdigit():
        return False
    if state.bld or state.unit or state.floor or state.room:
        if (state.road or state.estate or m.end() != end) and not _second_door(text, m, end):
            return False
        state.bld = state.unit = state.floor = state.room = (
            False  # the building came first, its street follows
        )
    begin = _peel(text, begin, m.start(), state)
    if state.no:
        state.no = state.lane = False  # a second road takes a number of its own
    state.add("road", begin, m.end())
    return True


def _second_door(text: str, m: re.Match[str], end: int) -> bool:
    """Whether a road with a number follows what is already a home: two addresses in one field."""
    return m.end() == end and _DOOR.match(text, end) is not None


_DOOR = re.compile(r"\d+号")
_PEEL = re.compile(r"[与和及、](?=[\u4e00-\u9fff\d]{2,})|交叉口|交汇处|对面|附近|旁边")


def _peel(text: str, begin: int, end: int, state: State) -> int:
    """Beginning of the road name proper, past an unmarked name glued in front of it."""
    marks = list(_PEEL.finditer(text, begin, end))
    m = marks[-1] if marks else None
    if m and m.start() > begin:
        if not state.road:
            state.add("estate", begin, m.start())
        return m.end()
    return begin


def _close_estate(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    """An estate closes where a road of its own name, a zone or a second estate follows; otherwise the name goes on."""
    if m.end() >= end or inside_building(state):
        return False
    if m.end() - begin > 2 and _ROAD_AHEAD.match(text, m.end(), end):
        state.add("estate", begin, m.end())
        return True
    if m.group() not in _SURE_ESTATE:
        return False
    if m.end() - begin <= 2 or end - m.end() > LONGEST_NAME:
        return False
    if not (ZONE_PART.match(text, m.end(), end) or _OWN_NAME.search(text, m.end(), end)):
        return False
    state.add("estate", begin, m.end())
    return True


_ROAD_AHEAD = re.compile(
    f"(?![东西南北中]?[一二三四五六七八九十]?(?:{words.ROAD}))[\u4e00-\u9fff]{{2,5}}(?<![与和及])(?:{words.ROAD})"
)
_OWN_NAME = re.compile(
    r"[\u4e00-\u9fff]{3,}(?:公司|集团|厂|超市|酒店|宾馆|大厦|学院|学校|小区|园区|花园|广场|苑|公寓)$"
)


_CLOSERS = {
    "stop": _close_stop,
    "zone": _close_zone,
    "estate": _close_estate,
    "town": _close_town,
    "comm": _close_comm,
    "road": _close_road,
}
