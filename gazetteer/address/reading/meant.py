"""Which of the divisions that a spelling may mean is meant (区划取义): by what stands above and what follows.

Full names are taken as they come; short names only where nothing speaks against them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazetteer.address.reading.division import Found
from gazetteer.address.reading.unlisted import TOWN
from gazetteer.address.words.lexicon import Entry, Lexicon

# What follows a short name when it is the beginning of another name: 杭州路, 浙江大学, 宁波银行, 温州商贸城.
_OTHER_NAME = re.compile(
    r"(?:[东西南北中新老江河湖山海泉门桥]?[一二三四五六七八九十]?(?:大道|大街|街|路|弄|巷|道(?!墟)|大桥|村|新村|小区|社区|园|苑|站|机场|"
    r"湾(?!里|头)|经济技术|经济开发|高新|[镇乡区县市州盟旗]|大学|学院|高级|中心|派出所|中学|小学|医院|银行|大厦|广场|大酒店|酒店|宾馆|花园|公寓|"
    r"市场|商城|商贸|中心|名都|人家|公馆|理工|师范|科技|国际|工业|医科|电信|移动|铁路|高速|火车|客运|汽车|日报|商会|公司|集团|"
    r"一中|二中|三中|印象|时代|世纪|之|号|\d+[号幢栋])|[^,]{0,12}(?:公司|集团|事务所|大学|学院|银行|医院)(?:$|,))"
)
# Too little left for a name of its own: 滨江某苑3幢 names an estate, not the county 滨江.
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{1,2}(?=[^\u4e00-\u9fff路街村镇乡区]|$)")
# After a short town name: a suffix that makes it a village or estate instead, or too little for a name.
_TOWN_NOT = re.compile(
    r"[\u4e00-\u9fff]{0,2}(?:工业|市场|苑|园|城|庭|府|里|大厦|广场)|[一二三四五六七八九十东西南北中]+[区组]|\d|[A-Za-z]|组|社|队|$|,|-"
)
_AVENUE = ("大道", "大街")


def choose(
    text: str, start: int, end: int, entries: tuple[Entry, ...], before: list[Found], lexicon: Lexicon
) -> tuple[Entry, ...]:
    """Those meanings of a spelling that fit here; the best first."""
    context = _context(before) if before else ""
    deepest = before[-1].level if before else 0
    if entries[0].whole and len(entries) == 1:
        return entries if _whole_fits(text, start, end, entries, entries[0].level, deepest, context) else ()
    levels = [e.level for e in entries if e.whole]
    if levels:
        whole = lexicon.whole_first(text[start:end], context)
        return whole if _whole_fits(text, start, end, whole, levels[0], deepest, context) else ()
    inside = [e for e in entries if lies_inside(e, context)]
    doubled = before and any(e.level == deepest and e.name == _last_name(before) for e in entries)
    doubled = doubled and not TOWN.match(text, end)
    if (doubled or _OTHER_NAME.match(text, end)) and not _leads_on(text, end, entries, lexicon):
        return ()
    if context and inside:
        return _short_inside(text, end, inside, deepest)
    upper = [e for e in entries if e.level <= (3 if not before else 2)]
    if upper and upper[0].level == 3 and not context and _SHORT_NAME.match(text, end):
        return ()
    return best_first(upper, context) if upper else ()


def _last_name(before: list[Found]) -> str:
    """Name of the division read last where it was written in full: 滨江 after 滨江区 begins another name."""
    entry = before[-1].entry
    return entry.name if entry and before[-1].end - before[-1].start == len(entry.name) else ""


def _leads_on(text: str, end: int, entries: tuple[Entry, ...], lexicon: Lexicon) -> bool:
    """Whether a full name inside one of the divisions follows at once: 宁波江东区, 嘉兴南湖区."""
    codes = [e.code for e in entries]
    return any(
        e.whole and e.level > entries[0].level and any(e.code[: len(c)] == c for c in codes)
        for _, inner in lexicon.divisions_at(text, end)
        for e in inner
    )


def _short_inside(text: str, end: int, inside: list[Entry], deepest: int) -> tuple[Entry, ...]:
    """A short name within the division above: towns ask for more proof than counties."""
    inside.sort(key=lambda e: e.level)
    best = inside[0]
    if best.level < 4:
        return tuple(inside)
    if deepest >= 2 and not _TOWN_NOT.match(text, end):
        return tuple(inside)
    return ()


def _whole_fits(
    text: str, start: int, end: int, whole: Sequence[Entry], level: int, deepest: int, context: str
) -> bool:
    """A full name counts unless it is the head of a longer one (城关镇中学 is still in 城关镇; 江北区路 is not)."""
    following = text[end : end + 2]
    if following and following[0] in "路街场大" and (following[0] != "大" or following in _AVENUE):
        return False
    if end - start == 2 and not any(lies_inside(e, context) for e in whole):
        return False
    if level == 4 and text[end - 1] in "区园":
        # 工业园区 is a township somewhere.
        return bool(context) and any(lies_inside(e, context) for e in whole)
    if level == 4 and text[end - 1] in "镇乡" and following[1:2] in "路街" and following[1:2]:
        return False
    return level >= 4 or deepest < 4 or any(lies_inside(e, context) or e.level < 3 for e in whole)


def best_first(entries: list[Entry], context: str) -> tuple[Entry, ...]:
    """Entries inside the context first, those in force before former ones, higher levels first."""
    if len(entries) == 1:
        return tuple(entries)
    return tuple(sorted(entries, key=lambda e: (not lies_inside(e, context), e.retired, e.level)))


def lies_inside(entry: Entry, context: str) -> bool:
    """Whether the division lies in (or holds) the one read before; former codes agree by province."""
    return entry.lies_inside(context)


def _context(before: list[Found]) -> str:
    """Shared code digits of the deepest known division."""
    for found in reversed(before):
        if found.entries and not found.entries[0].retired:
            return found.entries[0].code
    for found in reversed(before):
        if found.entries:
            return found.entries[0].code[:2]
    return ""
