"""Reading the divisions at the head of an address (行政区划): 浙江杭州西湖区北山街道…

Full names are taken as they come; short names (黄岩, 南城) only where nothing speaks against them: a name
above that holds them, and no road, school or company that merely begins with the same characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gazetteer.address.model import ElementType
from gazetteer.address.words.lexicon import Entry, Lexicon

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_TYPES: dict[int, ElementType] = {1: "prov", 2: "city", 3: "county", 4: "town"}
_SKIP = re.compile(r"[,\-()# ]*(?:中国|市辖区|省直辖县级行政区划|null)?[,\-()# ]*")
_SKIPPED = frozenset(",-()# 中市省n")
# What follows a short name when it is the beginning of another name: 杭州路, 浙江大学, 宁波银行, 温州商贸城.
_OTHER_NAME = re.compile(
    r"(?:[东西南北中新老江河湖山海泉门桥]?[一二三四五六七八九十]?(?:大道|大街|街|路|弄|巷|道(?!墟)|大桥|村|新村|小区|社区|园|苑|站|机场|"
    r"湾(?!里|头)|经济技术|经济开发|高新|[镇乡区县市州盟旗]|大学|学院|高级|中心|派出所|中学|小学|医院|银行|大厦|广场|大酒店|酒店|宾馆|花园|公寓|"
    r"市场|商城|商贸|中心|名都|人家|公馆|理工|师范|科技|国际|工业|医科|电信|移动|铁路|高速|火车|客运|汽车|日报|商会|公司|集团|"
    r"一中|二中|三中|印象|时代|世纪|之|号|\d+[号幢栋])|[^,]{0,12}(?:公司|集团|事务所|大学|学院|银行|医院)(?:$|,))"
)
_UNKNOWN = re.compile(
    r"(?P<prov>[\u4e00-\u9fff]{2,3}省)|(?P<county>[\u4e00-\u9fff]{2,3}?(?:自治县|县)|[\u4e00-\u9fff]{2}(?<![东西南北中小园社新校工业开发厂宿功能活]{2})(?<![一二三四五六七八九十东西南北中小园社新校城港厂业发能技景])区)|(?P<city>[\u4e00-\u9fff]{2,3}?市(?![场政区民中一二三]))"
)
_TOWN = re.compile(
    r"[\u4e00-\u9fff]{1,5}?(?:街道(?!办公室)|镇(?![东西南北中江海海]?[路街])|乡(?![\u4e00-\u9fff]?[路街]))(?:办事处)?"
)


# Too little left for a name of its own: 滨江某苑3幢 names an estate, not the county 滨江.
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{1,2}(?=[^\u4e00-\u9fff路街村镇乡区]|$)")
_NEVER_LAST = frozenset("0123456789号室幢栋层弄座")
"""What no division's name ends with, so that nothing is looked for there."""
_TAIL_BEFORE = frozenset("路街道弄巷号室,)-")
_NUMBER_ENDS = frozenset("0123456789幢栋座室层楼元")
"""Ends of a number before divisions that say each other: 3幢浙江省台州市."""


class Found(NamedTuple):
    """A division read: element type, span in the cleaned text, what it may mean."""

    type: ElementType
    start: int
    end: int
    level: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry | None:
        """The division meant, where it is known."""
        return self.entries[0] if self.entries else None

    @property
    def name(self) -> str:
        """The standard name, empty where it is unknown or a former division went to several (城关镇)."""
        if not self.entries:
            return ""
        first = self.entries[0]
        return "" if first.retired and self.split else first.name

    @property
    def split(self) -> bool:
        """Whether a former division went to several of today, so that only the place decides."""
        first = self.entry
        if first is None or not first.retired or first.level != 4:
            return False
        return any(
            e.retired and e.name != first.name and e.code[:6] == first.code[:6] for e in self.entries[1:]
        )


class Head(NamedTuple):
    """The divisions of an address in order, the repeated ones apart, and where the rest begins."""

    kept: tuple[Found, ...]
    repeated: tuple[Found, ...]
    end: int


def read_head(text: str, lexicon: Lexicon, start: int = 0) -> Head:
    """Read divisions from ``start`` until something else begins."""
    found: list[Found] = []
    position = start
    while len(found) < 16:
        here = position
        if text[here : here + 1] in _SKIPPED:
            here = _SKIP.match(text, position).end()  # type: ignore[union-attr]
        nxt = _next(text, here, lexicon, found)
        if nxt is None:
            break
        found.append(nxt)
        position = nxt.end
    if len({f.type for f in found}) == len(found):
        return Head(tuple(found), (), position)
    kept, repeated = _without_repeats(found)
    return Head(tuple(kept), tuple(repeated), position)


def read_tail(text: str, lexicon: Lexicon, start: int) -> Head | None:
    """Divisions written behind the road (211号上中西路徐汇区), for texts that have none in front.

    Read from the end backwards; ``end`` of the answer is where they begin.
    """
    found: list[Found] = []
    end = len(text)
    if text[-1:] in _NEVER_LAST:
        return None
    while end > start and len(found) < 4:
        while end > start and text[end - 1] in ",-()# ":
            end -= 1
        last = _ending(text, start, end, lexicon, found)
        if last is None:
            break
        found.insert(0, last)
        end = last.start
    before = _TAIL_BEFORE | _NUMBER_ENDS if len(found) > 1 else _TAIL_BEFORE
    if not found or (end > start and text[end - 1] not in before):
        return None
    return Head(tuple(found), (), end)


def _ending(text: str, start: int, end: int, lexicon: Lexicon, behind: list[Found]) -> Found | None:
    """The longest full name of a division that ends at ``end`` and holds or lies in those behind it."""
    context = next((f.entries[0].code for f in behind if len(f.entries) == 1), "")
    for begin in range(max(start, end - 12), end - 1):
        if not lexicon.begins(text, begin):
            continue
        for stop, entries in lexicon.divisions_at(text, begin):
            fit = [e for e in entries if (e.whole or e.level < 4) and _inside(e, context)]
            if stop == end and fit and (fit[0].whole or behind == [] or context):
                kind = _type(fit[0])
                if all(f.type != kind for f in behind):
                    return Found(kind, begin, end, fit[0].level, _best(fit, context))
    return None


def _next(text: str, here: int, lexicon: Lexicon, before: list[Found]) -> Found | None:
    """The division that begins at ``here``, or None."""
    for end, entries in lexicon.divisions_at(text, here):
        chosen = _choose(text, here, end, entries, before, lexicon)
        if chosen:
            level = chosen[0].level
            return Found(_type(chosen[0]), here, end, level, chosen)
    return _unknown(text, here, before)


def _choose(
    text: str, start: int, end: int, entries: tuple[Entry, ...], before: list[Found], lexicon: Lexicon
) -> tuple[Entry, ...]:
    """Those meanings of a spelling that fit here; the best first."""
    context = _context(before) if before else ""
    deepest = before[-1].level if before else 0
    if entries[0].whole and len(entries) == 1:
        return entries if _whole_fits(text, start, end, entries, deepest, context) else ()
    whole = [e for e in entries if e.whole]
    if whole:
        return _best(whole, context) if _whole_fits(text, start, end, whole, deepest, context) else ()
    inside = [e for e in entries if _inside(e, context)]
    doubled = before and any(e.level == deepest and e.name == _last_name(before) for e in entries)
    doubled = doubled and not _TOWN.match(text, end)
    if (doubled or _OTHER_NAME.match(text, end)) and not _leads_on(text, end, entries, lexicon):
        return ()
    if context and inside:
        return _short_inside(text, end, inside, deepest)
    upper = [e for e in entries if e.level <= (3 if not before else 2)]
    if upper and upper[0].level == 3 and not context and _SHORT_NAME.match(text, end):
        return ()
    return _best(upper, context) if upper else ()


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


# After a short town name: a suffix that makes it a village or estate instead, or too little for a name.
_TOWN_NOT = re.compile(
    r"[\u4e00-\u9fff]{0,2}(?:工业|市场|苑|园|城|庭|府|里|大厦|广场)|[一二三四五六七八九十东西南北中]+[区组]|\d|[A-Za-z]|组|社|队|$|,|-"
)


def _whole_fits(text: str, start: int, end: int, whole: Sequence[Entry], deepest: int, context: str) -> bool:
    """A full name counts unless it is the head of a longer one (城关镇中学 is still in 城关镇; 江北区路 is not)."""
    following = text[end : end + 2]
    if following and following[0] in "路街场大" and (following[0] != "大" or following in _AVENUE):
        return False
    level = whole[0].level
    if end - start == 2 and not any(_inside(e, context) for e in whole):
        return False
    if level == 4 and text[end - 1] in "区园":
        return bool(context) and any(_inside(e, context) for e in whole)  # 工业园区 is a township somewhere
    if level == 4 and text[end - 1] in "镇乡" and following[1:2] in "路街" and following[1:2]:
        return False
    return level >= 4 or deepest < 4 or any(_inside(e, context) or e.level < 3 for e in whole)


def _best(entries: list[Entry], context: str) -> tuple[Entry, ...]:
    """Entries inside the context first, those in force before former ones, higher levels first."""
    if len(entries) == 1:
        return tuple(entries)
    return tuple(sorted(entries, key=lambda e: (not _inside(e, context), e.retired, e.level)))


def _inside(entry: Entry, context: str) -> bool:
    """Whether the division lies in (or holds) the one read before; former codes agree by province."""
    n = min(len(entry.code), len(context))
    if entry.retired:
        n = min(n, 2)
    return entry.code[:n] == context[:n]


def _context(before: list[Found]) -> str:
    """Shared code digits of the deepest known division."""
    for found in reversed(before):
        if found.entries and not found.entries[0].retired:
            return found.entries[0].code
    for found in reversed(before):
        if found.entries:
            return found.entries[0].code[:2]
    return ""


def _unknown(text: str, here: int, before: list[Found]) -> Found | None:
    """A division that no list knows, by its generic term."""
    deepest = before[-1].level if before else 0
    if deepest <= 3:
        m = _TOWN.match(text, here)
        if m and not _HIGHER.search(m.group()):
            return Found("town", here, m.end(), 4, ())
    if deepest <= 2:
        m = _UNKNOWN.match(text, here)
        if m and m.lastgroup and not _NUMERIC.search(m.group()):
            level = {"prov": 1, "city": 2, "county": 3}[m.lastgroup]
            if level > deepest or level == 2:
                kind: ElementType = "county" if m.lastgroup == "city" and deepest == 2 else _TYPES[level]
                return Found(kind, here, m.end(), 3 if kind == "county" else level, ())
    return None


_AVENUE = ("大道", "大街")
_HIGHER = re.compile(r"[路街省市县区号弄巷村](?!道)")
_NUMERIC = re.compile(r"[路街号弄巷村]")


def _type(entry: Entry) -> ElementType:
    """Element type of a division; a municipality (直辖市) is written as the city."""
    return "city" if entry.level == 1 and entry.code in MUNICIPALITIES else _TYPES[entry.level]


def _without_repeats(found: list[Found]) -> tuple[list[Found], list[Found]]:
    """One division a type. A prefix written anew from its top replaces the first; a level doubled in place does not."""
    kept: dict[str, Found] = {}
    repeated: list[Found] = []
    if not found:
        return found, repeated
    top = min(f.level for f in found)
    anew, previous = False, 0
    for f in found:
        old = kept.get(f.type)
        anew = anew or (f.level == top and f is not found[0])
        if old is None:
            kept[f.type] = f
        elif _replaces(f, old, anew):
            anew = anew or f.level < previous
            repeated.append(old)
            kept[f.type] = f
        else:
            repeated.append(f)
        previous = f.level
    return (sorted(kept.values(), key=_where) if repeated else list(kept.values())), repeated


def _replaces(new: Found, old: Found, anew: bool) -> bool:
    """Whether the later of two divisions of one level counts: the fuller, another one, or that of a new beginning."""
    longer = (new.end - new.start) - (old.end - old.start)
    return (anew and (longer >= 0 or new.level < 4)) or longer > 0 or not _same(old, new)


def _where(found: Found) -> int:
    return found.start


def _same(one: Found, other: Found) -> bool:
    """Whether two spellings may mean one division."""
    return any(a.name == b.name for a in one.entries for b in other.entries)
