"""Cutting a run of characters between two numbers into town, village, road and estate (地名切分).

The run is read once from left to right; every generic term that is met may close a name. The register's own
names (when a lexicon has them) go before generic terms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gazetteer.address import vocabulary as words
from gazetteer.address.lexicon import Lexicon
from gazetteer.address.model import ElementType

_SUFFIX = re.compile(
    f"(?P<zone>{words.DEVELOPMENT_ZONE})|(?P<estate>{words.ESTATE_STRONG})|(?P<town>{words.TOWN})"
    f"|(?P<comm>{words.COMMUNITY})|(?P<road>(?:{words.ROAD}){words.ROAD_PART})|(?P<stop>[,()\\-#]+)"
)
_POSITION_HEAD = re.compile(f"(?:的|{words.POSITION}|与|和|及|、|往|向|靠)+")
_POSITION_TAIL = re.compile(f"(?:{words.POSITION})+$")
_CONNECTIVE = re.compile(r"[与和及、近跟]")
_ZONE_PART = re.compile(
    r"(?:[东西南北中]?[一二三四五六七八九十]+区|[东西南北中]{1,2}区|[A-Za-z\d]{1,2}区|[一二三四五六七八九十\d]+期|[东西南北中正]大?门|[东西南北]苑|[A-Za-z]\d?馆)"
)
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


@dataclass(slots=True)
class Piece:
    """A name with its kind and span in the cleaned text."""

    type: ElementType | str
    start: int
    end: int


@dataclass(slots=True)
class State:
    """What has been read so far; decides what a name or number may still be."""

    town: bool = False
    comm: bool = False
    road: bool = False
    no: bool = False
    lane: bool = False
    estate: bool = False
    bld: bool = False
    unit: bool = False
    floor: bool = False
    room: bool = False
    last: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def add(self, kind: str, start: int, end: int) -> None:
        """Take a piece in and remember that its kind was seen."""
        self.pieces.append(Piece(kind, start, end))
        self.last = kind
        if hasattr(self, kind):
            setattr(self, kind, True)


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
        m = _SUFFIX.search(text, position, end)
        if m is None:
            break
        closed = _close(text, begin, m, end, state)
        position = m.end()
        if closed:
            begin = position = _skip_head(text, m.end(), end, state)
    if begin < end:
        _rest(text, begin, end, state, following)


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
        _rest(text, begin, m.start(), state, "")
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
    if length < 2 or state.road or state.estate or state.no or state.comm or length > 10:
        return False
    state.add("comm", begin, m.end())
    return True


def _close_road(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    length = m.start() - begin
    if length < 1 and not text[begin - 1 : begin].isdigit():
        return False
    if state.bld or state.unit or state.floor or state.room:
        return False
    begin = _peel(text, begin, m.start(), state)
    if state.no:
        state.no = state.lane = False  # a second road takes a number of its own
    state.add("road", begin, m.end())
    return True


_PEEL = re.compile(r"[与和及、](?=[\u4e00-\u9fff\d]{2,})|交叉口|交汇处|对面|附近|旁边")


def _peel(text: str, begin: int, end: int, state: State) -> int:
    """Beginning of the road name proper, past an unmarked name glued in front of it."""
    m = None
    for m in _PEEL.finditer(text, begin, end):
        pass
    if m and m.start() > begin:
        if not state.road:
            state.add("estate", begin, m.start())
        return m.end()
    return begin


def _close_estate(text: str, begin: int, m: re.Match[str], end: int, state: State) -> bool:
    """An estate closes where a road of its own name, a zone or a second estate follows; otherwise the name goes on."""
    if m.end() >= end or _person(state):
        return False
    if m.end() - begin > 2 and _ROAD_AHEAD.match(text, m.end(), end):
        state.add("estate", begin, m.end())
        return True
    if m.group() not in _SURE_ESTATE:
        return False
    if m.end() - begin <= 2 or end - m.end() > _LONGEST_NAME:
        return False
    if not (_ZONE_PART.match(text, m.end(), end) or _OWN_NAME.search(text, m.end(), end)):
        return False
    state.add("estate", begin, m.end())
    return True


_ROAD_AHEAD = re.compile(
    f"(?![东西南北中]?[一二三四五六七八九十]?(?:{words.ROAD}))[\u4e00-\u9fff]{{2,5}}(?<![与和及])(?:{words.ROAD})"
)
_LONGEST_NAME = 24
_OWN_NAME = re.compile(
    r"[\u4e00-\u9fff]{3,}(?:公司|集团|厂|超市|酒店|宾馆|大厦|学院|学校|小区|园区|花园|广场|苑|公寓)$"
)


def _rest(text: str, begin: int, end: int, state: State, following: str) -> None:
    """What is left without a generic term of a road or village: an estate, or nothing that counts."""
    tail = _POSITION_TAIL.search(text, begin, end)
    if tail:
        end = tail.start()
    while end > begin and text[end - 1] in ",()-#、":
        end -= 1
    if end <= begin or _person(state):
        if end > begin:
            state.add("person", begin, end)
        return
    if end - begin == 1 and (not following or text[begin] in "东西南北头内"):
        return
    if following in _DOORS and not state.road and text[end - 1] in "道线堤" and end - begin > 1:
        state.add("road", begin, end)
        return
    _estates(text, begin, end, state)


_DOORS = frozenset(("no", "pair", "bare", "chain", "lane", "after"))
_MIDDLE = re.compile(
    "斜对面|正对面|对面|旁边|附近|隔壁|[东南西北]{1,2}(?:侧|面|方向)?约?\\d+米|(?<=[路街号门口])[东南西北](?:侧|面|边)"
)
_ZONE_TAIL = re.compile(
    r"(?:[东西南北中]?[一二三四五六七八九十]{1,2}区|(?<!小)(?<!社)[东西南北中]{1,2}区|\d{1,2}区|第?(?:[一二三四五六七八九十]{1,2}|\d{1,2})期|[东西南北]大?门)$"
)


# A complete name with another complete name behind it: 浙大紫金港校区农生环组团, 风和苑康馨居.
_COMPLETE = re.compile(
    "(?:校区|小区|人民医院|医院|工业园区|工业园|工业区|科技园|园区|花园|家园|花苑|嘉苑|佳苑|苑|广场|大厦|公寓|新村|大学|学院|市场|轻纺城|商贸城)(?=[\u4e00-\u9fff]{2,}$)"
)
_NO_BREAK = re.compile(
    "[东西南北中]?[大门区苑楼]|分|附属|校区|店|小区|[新老]村|[A-Za-z]?座|社区|[新东西南北]?[一二三四五六七八九十]|校|管理|门|路|服务|管委会|物业|公司|有限|经营|集团"
)


def _inner(text: str, begin: int, end: int, state: State) -> int:
    """Take complete names off the front of a run; returns where the last one begins."""
    if end - begin > _LONGEST_NAME:
        return begin
    for m in _COMPLETE.finditer(text, begin + 2, end):
        if m.end() - begin >= 4 and end - m.end() >= 3 and not _NO_BREAK.match(text, m.end(), end):
            state.add("estate", begin, m.end())
            begin = m.end()
    return begin


def _estates(text: str, begin: int, end: int, state: State) -> None:
    """One name, or several where a word of position or a zone (二区, 3期) parts them."""
    m = _MIDDLE.search(text, begin + 2, end)
    if m and m.end() < end:
        _estates(text, begin, m.start(), state)
        _rest(text, m.end(), end, state, "")
        return
    if state.comm and not state.road and text[end - 1] in "组社队" and end - begin <= 5:
        state.add("road", begin, end)
        return
    begin = _inner(text, begin, end, state)
    tail = _ZONE_TAIL.search(text, begin, end)
    if tail and tail.start() - begin >= 2:
        state.add("estate", begin, tail.start())
        begin = tail.start()
    state.add("estate", begin, end)


def _person(state: State) -> bool:
    """Inside a building a name is a tenant (单位、店铺), not an estate."""
    return state.floor or state.room or state.unit or (state.bld and not state.lane)


_CLOSERS = {
    "stop": _close_stop,
    "zone": _close_zone,
    "estate": _close_estate,
    "town": _close_town,
    "comm": _close_comm,
    "road": _close_road,
}
