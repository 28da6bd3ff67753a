"""Addresses in Latin script (拼音、英文地址): 118 Laodong North Rd, No.118 Laodong Beilu, Huangyan.

Each part between commas is one thing. English words of direction and kind are put back into the pinyin of the
standard (GB/T 16159: Laodong North Road is Laodong Beilu), so that the value of a road can be looked up by sound.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gazetteer import base
from gazetteer.address.model import Element, ElementType

_CHINESE = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z]{2}")
# A part ends at a mark or behind the word of a division: Huangyan Qu Laodong Bei Lu.
_PART = re.compile(r"(?i)[^,;\n\r|]+?(?:\b(?:district|county|province|city|qu|xian|sheng)\b|(?=[,;\n\r|]|$))")
_UNITS = (
    ("room", re.compile(r"(?i)\b(?:room|rm|suite|ste|flat|apt|apartment|shi)\.?\s*(?P<n>[A-Z]?\d+[A-Z]?)")),
    ("floor", re.compile(r"(?i)\b(?P<n>\d+)\s*(?:/\s*f\b|(?:st|nd|rd|th)?\s*(?:floor|fl)\b|f\b|ceng\b)")),
    ("floor", re.compile(r"(?i)\b(?:floor|level)\s*(?P<n>\d+)")),
    ("unit", re.compile(r"(?i)\b(?:unit|danyuan)\s*(?P<n>\d+|[A-Z]\b)")),
    ("bld", re.compile(r"(?i)\b(?:building|bldg|block|tower)\.?\s*(?:no\.?\s*)?(?P<n>[A-Z]?\d+|[A-Z]\b)")),
    ("bld", re.compile(r"(?i)\b(?P<n>\d+)\s*(?:zhuang|dong|building)\b")),
)
_NUMBER = re.compile(
    r"(?i)(?:\bno\b\.?\s*|#\s*)?(?<![\w-])(?P<n>\d{1,5}[A-Z]?(?:-\d{1,4})?)\s*(?:hao\b)?(?![\w-])"
)
_ROAD = re.compile(
    r"(?i)(?:road|rd|street|str|st|avenue|ave|boulevard|blvd|lane|ln|alley|highway|hwy|[a-z]*?(?:lu|jie|dadao|dajie|xiang|nong|gonglu))\.?$"
)
_KINDS: tuple[tuple[ElementType, str], ...] = (
    ("prov", "province|sheng"), ("city", "city|shi"), ("county", "district|dist|county|qu|xian"),
    ("town", "subdistrict|sub-district|township|town|jiedao|zhen"), ("comm", "village|community|cun|shequ"),
)  # fmt: skip
_KIND = {kind: re.compile(rf"(?i)[\s-]*\b(?:{words})\.?$") for kind, words in _KINDS}
_GENERIC = {"prov": "sheng", "city": "shi", "county": "qu", "town": "", "comm": "cun"}
_COUNTRY = re.compile(r"(?i)^(?:p\.?\s*r\.?\s*)?china$|^\d{6}$")
_PINYIN = {
    "north": "bei", "south": "nan", "east": "dong", "west": "xi", "middle": "zhong", "central": "zhong",
    "n": "bei", "s": "nan", "e": "dong", "w": "xi", "road": "lu", "rd": "lu", "street": "jie", "st": "jie",
    "str": "jie", "avenue": "dadao", "ave": "dadao", "boulevard": "dadao", "blvd": "dadao", "lane": "xiang",
    "ln": "xiang", "alley": "nong", "highway": "gonglu", "hwy": "gonglu",
}  # fmt: skip
_LEVELS: dict[str, int] = {"prov": 1, "city": 2, "county": 3, "town": 4}


def is_latin(text: str) -> bool:
    """Whether a text is an address in Latin script: words of letters and no Chinese character."""
    if "\u4e00" <= text[:1] <= "\u9fff":
        return False
    return _WORD.search(text) is not None and _CHINESE.search(text) is None


def read_latin(text: str) -> tuple[Element, ...]:
    """Elements of an address in Latin script, in the order of the text.

    The value of a road is its pinyin without spaces (``laodongbeilu``), that of a division its Chinese name where
    only one division is read so and the pinyin otherwise. Never raises.
    """
    found: list[Element] = []
    for part in _PART.finditer(text):
        found += _part(text, *_trimmed(text, part.start(), part.end()))
    return tuple(found)


def pinyin_of(words: str) -> str:
    """A road in English or pinyin as one word of pinyin: ``Laodong North Rd.`` → ``laodongbeilu``."""
    return "".join(_PINYIN.get(w, w) for w in re.findall("[a-z0-9]+", words.lower().replace("'", "")))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks and spaces at its ends."""
    while start < end and not (text[start].isalnum() or text[start] == "#"):
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _part(text: str, start: int, end: int) -> list[Element]:
    """What stands between two commas: units with their numbers first, then a road, a division or a name."""
    found: list[Element] = []
    if start >= end or _COUNTRY.match(text[start:end]):
        return found
    for kind, pattern in _UNITS:
        m = pattern.search(text, start, end)
        if m and all(m.end() <= e.start or e.end <= m.start() for e in found):
            found.append(Element(kind, m.group(), m.start(), m.end(), m["n"].upper()))  # type: ignore[arg-type]
    for begin, stop in _gaps(start, end, found):
        found += _named(text, *_trimmed(text, begin, stop))
    return sorted(found, key=lambda e: e.start)


def _gaps(start: int, end: int, taken: list[Element]) -> list[tuple[int, int]]:
    """The spans that the elements leave free."""
    gaps: list[tuple[int, int]] = []
    for e in sorted(taken, key=lambda e: e.start):
        gaps.append((start, e.start))
        start = e.end
    return [*gaps, (start, end)]


def _named(text: str, start: int, end: int) -> list[Element]:
    """A road with or without its number, a division, or another name."""
    if start >= end:
        return []
    number = _NUMBER.match(text, start, end) or next(
        (m for m in _NUMBER.finditer(text, start, end) if m.end() == end), None
    )
    found: list[Element] = []
    if number:
        found = [Element("no", number.group().strip(), *_trimmed(text, *number.span()), number["n"].upper())]
        found[0] = Element(
            "no", text[found[0].start : found[0].end], found[0].start, found[0].end, found[0].value
        )
        start, end = (number.end(), end) if number.start() == start else (start, number.start())
        start, end = _trimmed(text, start, end)
    if start < end and _WORD.search(text, start, end):
        found.append(_name(text, start, end))
    return sorted(found, key=lambda e: e.start)


def _name(text: str, start: int, end: int) -> Element:
    words = text[start:end]
    if _ROAD.search(words):
        return Element("road", words, start, end, pinyin_of(words))
    for kind, pattern in _KIND.items():
        if m := pattern.search(words):
            stem = pinyin_of(words[: m.start()])
            return Element(kind, words, start, end, _division(stem, kind) or stem + _GENERIC[kind])
    for kind in ("county", "city", "prov"):
        if name := _division(pinyin_of(words), kind):
            return Element(kind, words, start, end, name)
    return Element("estate", words, start, end, words)


def _division(stem: str, kind: str) -> str:
    """The one division of a level that is read so; empty when none is or several are."""
    names = _read_so().get((_LEVELS.get(kind, 0), stem), ())
    return names[0] if len(names) == 1 else ""


@lru_cache(maxsize=1)
def _read_so() -> dict[tuple[int, str], tuple[str, ...]]:
    """Names of the nation's divisions down to the county by level and reading; built when first needed."""
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for row in base.lines("divisions"):
        if row[6:12] == "000000":
            _, name, level, _, _, reading = row.split(",")
            key = int(level), reading.replace(" ", "")
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), name)))
    return found
