"""Why an answer differs from the text: each change and doubt as one Chinese sentence."""

from __future__ import annotations

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.index.records import Standard
from gazetteer.address.matching.agreement import CONFLICTS, ODD
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.numbers import spoken
from gazetteer.address.matching.said import said
from gazetteer.address.matching.spots import RANGE, SUB_DROPPED
from gazetteer.address.model import Step

_KEY_REASON = {
    "sound": "按同音", "blur": "按近音", "shape": "按形近字", "dropped": "补上漏写的字", "doubled": "去掉重复的字",
    "extra": "去掉多写的字", "swapped": "调整颠倒的字", "generic": "按登记的通名", "modifier": "按相近名称",
    "other": "按相近名称", "s": "按登记的全称",
}  # fmt: skip


def steps_of(index: Index, words: Standard, match: Match) -> list[Step]:
    """The changes between a text and one reading of it, in the order of the text."""
    found = _name(index, match) + _number(index, match)
    return _division(index, words, match) + found if match.context.stated else found


def _division(index: Index, words: Standard, match: Match) -> list[Step]:
    found = []
    for stated in match.context.renamed:
        assert stated.alias is not None  # noqa: S101 - what makes it one of these
        kind = index.pool[index.alias_kind[stated.alias]]
        names = _meant(index, match, stated.options)
        found.append(Step("division.alias", stated.text, names, said(kind, stated.text, names)))
    if match.context.shortened and (short := _completed(index, words, match)):
        found.append(short)
    if match.place in CONFLICTS or match.place == ODD:
        number = index.door_div[match.door] if match.door is not None else _division_of(index, match)
        wrong, place = _differing(index, words, match, number)
        found.append(Step("division.conflict", wrong, place, f"所写“{wrong}”与登记不符，登记在“{place}”"))
    return found


def _completed(index: Index, words: Standard, match: Match) -> Step | None:
    """Divisions written without their kind (台州黄岩西城), as the register calls them."""
    lineage = index.lineage(
        index.door_div[match.door] if match.door is not None else _division_of(index, match)
    )
    short = [
        (s.text, index.pool[index.div_name[o]])
        for s in match.context.stated
        if not s.full and s.alias is None
        for o in s.options
        if o in lineage
    ]
    short = [(said, name) for said, name in dict(short).items() if said != name]
    if not short:
        return None
    said, names = ("".join(part) for part in zip(*short, strict=True))
    return Step("division.short", said, names, f"“{said}”补全为“{names}”")


def _meant(index: Index, match: Match, options: tuple[int, ...]) -> str:
    """The names an alias means: only the one that holds the answer, where that is among them; each once."""
    number = index.door_div[match.door] if match.door is not None else _division_of(index, match)
    lineage = index.lineage(number)
    held = [o for o in options if o in lineage] or options
    return "、".join(list(dict.fromkeys(index.pool[index.div_name[o]] for o in held))[:3])


def _differing(index: Index, words: Standard, match: Match, number: int) -> tuple[str, str]:
    """The stated divisions that the register contradicts, and its own names of those levels."""
    lineage, names = index.lineage(number), words.divided(number)
    wrong = [
        s for s in match.context.stated
        if not any(o in lineage or lineage[:1] == [n for n in index.lineage(o) if n in lineage[:1]] for o in s.options)
    ]  # fmt: skip
    levels = sorted({min(index.div_level[o] for o in s.options) for s in wrong})
    place = "".join(names[level - 1] for level in levels if names[level - 1] != "市辖区")
    return "".join(s.text for s in wrong), place or words.division(number)


def _division_of(index: Index, match: Match) -> int:
    return match.division if match.hit.handle == NONE else index.handle_div[match.hit.handle]


def _name(index: Index, match: Match) -> list[Step]:
    hit = match.hit
    if (hit.handle == NONE and match.door is None) or (hit.key == "n" and not match.turned):
        return []
    name = index.name_of(hit.handle) if hit.handle != NONE else ""
    found = [_turned(match, name)] if match.turned else []
    if hit.key == "name" and match.door is not None:
        known = index.pool[index.door_name[match.door]] or index.pool[index.door_estate[match.door]]
        found.append(Step("name", hit.asked, known, f"按名称“{known}”找到登记的地址"))
    elif hit.key == "a":
        kind = index.pool[index.alias_kind[hit.alias]]
        found.append(Step("alias", hit.asked, name, said(kind, hit.asked, name)))
    elif hit.key in _KEY_REASON:
        reason = f"“{hit.asked}”{_KEY_REASON[hit.key]}改为“{name}”"
        found.append(Step(f"name.{hit.key}", hit.asked, name, reason))
    return found


def _turned(match: Match, name: str) -> Step:
    number = spoken(match.reading.path) if match.reading else ""
    return Step("order", number + match.hit.asked, name + number, "号码写在路名之前，已调整为路名在前")


def _number(index: Index, match: Match) -> list[Step]:
    reading = match.reading
    if reading is None or match.door is None or reading.grade not in (SUB_DROPPED, RANGE):
        return []
    said = spoken(reading.path)
    what = "号码范围按第一个号码匹配" if reading.grade == RANGE else "附号未登记，按主号匹配"
    return [Step("number", "", said, f"{what}：{said}")]
