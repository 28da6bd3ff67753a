"""Defects of divisions, order, characters and content (层级、顺序、文字、内容)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

from gazetteer.address.model import Defect, Element
from gazetteer.address.reading.division import Found
from gazetteer.address.reading.result import Reading
from gazetteer.address.words.text import MAX_LENGTH, replaced_characters
from gazetteer.address.words.vocabulary import SURNAMES, says_nothing

_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_MARKS = re.compile(r"[^\w\u3400-\u9fff\U00020000-\U000323af〇#＃\-－—–~～至、·•・.０-９Ａ-Ｚａ-ｚ]+")
_SYMBOL = re.compile(r"[^\w\u3400-\u9fff]+")
_PEOPLE = re.compile(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:家(?=$|[,)门旁附对边])|转交?(?=$|,))|(?<=[号室楼层,])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=转交)"
)
_SHOP = re.compile(
    r"(?:超市|便利店|[面饭餐菜茶酒咖]馆|饭店|餐厅|小吃|小店|[药花书鞋水]店|诊所|网吧|理发|美容|美甲|烟酒|五金|快餐|早餐|店|铺|老板)(?:楼[上下])?$"
)
_OLD_COMMITTEE = re.compile(r"(?:村民委员会|村村委会|村委会|村委|居民委员会|居委会)$")


def _slice(reading: Reading, code: str, start: int, end: int, fix: str) -> Defect:
    """A defect at a span of the text as given."""
    return Defect(code, start, end, reading.text[start:end], fix)


def _clean_slice(reading: Reading, code: str, start: int, end: int, fix: str) -> Defect:
    """A defect at a span of the cleaned text."""
    return _slice(reading, code, reading.norm.start(start), reading.norm.end(end), fix)


def _at(reading: Reading, code: str, element: Element, fix: str) -> Defect:
    return Defect(code, element.start, element.end, element.text, fix)


def missing_upper(reading: Reading) -> Iterator[Defect]:
    """A01: no province, city or county is named, though something is addressed."""
    if reading.elements and not reading.kinds & {"prov", "city", "county"}:
        start = reading.elements[0].start
        yield Defect("A01", start, start, "", "")


def missing_town(reading: Reading) -> Iterator[Defect]:
    """A02: a county is named, but no township, though a road or number is."""
    if (
        "county" in reading.kinds
        and "town" not in reading.kinds
        and reading.kinds & {"road", "no", "estate", "comm"}
    ):
        end = max(e.end for e in reading.elements if e.type == "county")
        yield Defect("A02", end, end, "", "")


def repeated(reading: Reading) -> Iterator[Defect]:
    """A03: a level, or a road, written twice."""
    for f in reading.head.repeated:
        yield _clean_slice(reading, "A03", f.start, f.end, "")
    for one, other in zip(reading.elements, reading.elements[1:], strict=False):
        if one.type == other.type and one.value == other.value and one.type in ("road", "comm", "estate"):
            yield _at(reading, "A03", other, "")


def former_divisions(reading: Reading) -> Iterator[Defect]:
    """A04 old county, A05 old county town, A06 township that became a town or subdistrict: from the nation's history."""
    if "城关镇" not in reading.clean and not [
        1 for f in reading.head.kept if f.entries and f.entries[0].retired
    ]:
        return
    county = next((f.entry for f in reading.head.kept if f.type == "county" and f.entry), None)
    for f in reading.head.kept:
        text, entry = reading.clean[f.start : f.end], f.entry
        if text == "城关镇" and county and not _in_force(f, text, county.code):
            yield _clean_slice(reading, "A05", f.start, f.end, "")
        elif entry and entry.retired and f.level >= 3 and not _in_force(f, text, entry.code[:6]):
            code = "A04" if f.level == 3 else "A05" if f.split else "A06"
            yield _clean_slice(reading, code, f.start, f.end, f.name if f.name != text else "")


def _in_force(found: Found, text: str, county: str) -> bool:
    """Whether a division of this very name stands in the county today."""
    return any(not e.retired and e.name == text and e.code.startswith(county) for e in found.entries)


def committee(reading: Reading) -> Iterator[Defect]:
    """A09: 村委会, 居委会 written where the village or community is meant."""
    if "comm" not in reading.kinds:
        return
    for e in reading.elements:
        if e.type == "comm" and (m := _OLD_COMMITTEE.search(e.text)):
            ending = "社区" if m.group().startswith("居") else "村"
            stem = e.text[: m.start()].removesuffix(ending).removesuffix("社区")
            yield _at(reading, "A09", e, stem + ending)


_RANK = {"prov": 1, "city": 2, "county": 3, "town": 4, "road": 6, "no": 7}


def reversed_order(reading: Reading) -> Iterator[Defect]:
    """A11: the number before its road, or the district after it."""
    rank = _RANK
    ordered = [e for e in reading.elements if e.type in rank]
    ranks = [rank[e.type] for e in ordered]
    if ranks == sorted(ranks):
        return
    for one, other in itertools.pairwise(ordered):
        if rank[one.type] > rank[other.type] and (other.type != "road" or one is ordered[0]):
            first = ordered[0]
            last = ordered[-1]
            fix = "".join(e.text for e in sorted(ordered, key=lambda e: rank[e.type]))
            yield _slice(reading, "A11", first.start, last.end, fix)
            return


def full_width(reading: Reading) -> Iterator[Defect]:
    """A13: full-width digits and letters."""
    for m in _FULL_WIDTH.finditer(reading.text):
        fix = "".join(chr(ord(c) - 0xFEE0) for c in m.group())
        yield _slice(reading, "A13", m.start(), m.end(), fix)


def variants(reading: Reading) -> Iterator[Defect]:
    """A21: variant and traditional characters where the standard has another."""
    clean, norm = reading.raw, reading.norm
    for i, c in enumerate(clean):
        at = norm.start(i)
        if c != reading.text[at] and reading.text[at] in replaced_characters():
            yield _slice(reading, "A21", at, at + 1, c)


def symbols(reading: Reading) -> Iterator[Defect]:
    """A26: marks inside an estate's name."""
    if "estate" not in reading.kinds:
        return
    for e in reading.elements:
        if e.type == "estate" and (found := _SYMBOL.findall(e.text)) and "".join(found).strip():
            yield _at(reading, "A26", e, _SYMBOL.sub("", e.text))


def may_name_people(reading: Reading) -> bool:
    """Whether a tenant or person can stand in the text at all (:func:`people`)."""
    clean = reading.clean
    if "家" in clean or "转" in clean or {"estate", "no"} <= reading.kinds:
        return True
    return "person" in [piece.type for piece in reading.pieces]


def people(reading: Reading) -> Iterator[Defect]:
    """A28: tenants and persons in the address."""
    for piece in reading.pieces:
        if piece.type == "person":
            yield _clean_slice(reading, "A28", piece.start, piece.end, "")
    for m in _PEOPLE.finditer(reading.clean):
        yield _clean_slice(reading, "A28", m.start(), m.end(), "")
    if not {"estate", "no"} <= reading.kinds or "bld" in reading.kinds:
        return
    for e in reading.elements:
        if e.type == "estate" and _SHOP.search(e.text):
            yield _at(reading, "A28", e, "")


def unnamed_road(reading: Reading) -> Iterator[Defect]:
    """A23: a road that says itself that it has no approved name (规划一路, 无名巷)."""
    if "road" not in reading.kinds:
        return
    for e in reading.elements:
        if e.type == "road" and e.value.startswith(("无名", "未命名", "规划", "待命名")):
            yield _at(reading, "A23", e, "")


def personal(reading: Reading) -> Iterator[Defect]:
    """A29: phone and identity numbers, recipients."""
    for p in reading.personal:
        code = "A28" if p.kind == "name" else "A29"
        yield _clean_slice(reading, code, p.start, p.end, "")


def empty(reading: Reading) -> Iterator[Defect]:
    """A30: 同上, 无, XX, nothing at all."""
    if not reading.elements or says_nothing(reading.raw[:40]):
        yield Defect("A30", 0, len(reading.text), reading.text, "")


def notes(reading: Reading) -> Iterator[Defect]:
    """A27: a remark in brackets that describes where the place is."""
    if "note" not in reading.kinds:
        return
    for e in reading.elements:
        if e.type == "note":
            yield _at(reading, "A27", e, "")


def marks(reading: Reading) -> Iterator[Defect]:
    """A38: spaces, brackets and punctuation; what lies behind the characters that are looked at."""
    if reading.norm.cut:
        yield _slice(reading, "A38", MAX_LENGTH, len(reading.text), "")
    if reading.text.isalnum():
        return
    for m in _MARKS.finditer(reading.text[:MAX_LENGTH]):
        yield _slice(reading, "A38", m.start(), m.end(), "")


TEXT_RULES: tuple[Callable[[Reading], Iterator[Defect]], ...] = (
    missing_upper, missing_town, repeated, former_divisions, committee, reversed_order, symbols, people,
    unnamed_road, personal, empty, notes, marks,
)  # fmt: skip
CHARACTER_RULES: tuple[Callable[[Reading], Iterator[Defect]], ...] = (full_width, variants)
"""Rules for texts in which cleaning replaced a character; the others need not be looked through."""
LATIN_RULES: tuple[Callable[[Reading], Iterator[Defect]], ...] = (
    missing_upper,
    missing_town,
    personal,
    empty,
)
"""Rules for an address in Latin script, where spaces and the order of English are no fault."""
