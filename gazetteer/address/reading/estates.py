"""Names without a generic term of road or village: estates, buildings, companies (小区、楼宇、单位名)."""

from __future__ import annotations

import re

from gazetteer.address.reading.state import State
from gazetteer.address.words import vocabulary as words

LONGEST_NAME = 24
"""Characters beyond which a run is no name, so that looking inside it is not worth the time."""
ZONE_PART = re.compile(
    r"(?:[东西南北中]?[一二三四五六七八九十]+区|[东西南北中]{1,2}区|[A-Za-z\d]{1,2}区|[一二三四五六七八九十\d]+期|[东西南北中正]大?门|[东西南北]苑|[A-Za-z]\d?馆)"
)
_LONGEST_TAIL = 40
"""Characters of position words that are looked through at the end of a name, so that time stays linear."""
_POSITION_TAIL = re.compile(f"(?:{words.POSITION})+$")


def read_rest(text: str, begin: int, end: int, state: State, following: str) -> None:
    """What is left without a generic term of a road or village: an estate, or nothing that counts."""
    tail = _POSITION_TAIL.search(text, max(begin, end - _LONGEST_TAIL), end)
    if tail:
        end = tail.start()
    while end > begin and text[end - 1] in ",()-#、":
        end -= 1
    if end <= begin or inside_building(state):
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
    if end - begin > LONGEST_NAME:
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
        read_rest(text, m.end(), end, state, "")
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


def inside_building(state: State) -> bool:
    """Inside a building a name is a tenant (单位、店铺), not an estate."""
    return state.floor or state.room or state.unit or (state.bld and not state.lane)
