"""Repairs that the text alone justifies and that can be undone (自动修正): rules A03, A11-A16, A38.

Everything else a person confirms. Each repair is a :class:`Step` with one Chinese sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from gazetteer.address.model import Defect, Element, Parsed, Step
from gazetteer.address.reading.latin import is_latin
from gazetteer.address.words.standard import standard_form
from gazetteer.address.words.text import MAX_LENGTH

AUTOMATIC = frozenset(("A03", "A11", "A12", "A13", "A14", "A15", "A16", "A38"))
"""Codes that are applied without a person."""

_DIVISIONS = ("prov", "city", "county", "town", "comm")
_SENTENCES: dict[str, Callable[[Defect], str]] = {
    "A03": lambda d: f"“{d.text}”重复，删去一处",
    "A11": lambda d: f"“{d.text}”改为“{d.fix}”（区划在前，路名在号码之前）",
    "A12": lambda d: f"“{d.text}”改为“{d.fix}”（楼栋用“幢”）",
    "A13": lambda d: f"“{d.text}”改为“{d.fix}”（全角改为半角）",
    "A14": lambda d: f"“{d.text}”改为“{d.fix}”（汉字数字改为阿拉伯数字）",
    "A15": lambda d: f"“{d.text}”改为“{d.fix}”（短横简写补全）",
    "A16": lambda d: f"“{d.text}”改为“{d.fix}”（补“{d.fix[-1:]}”）",
}


class Repaired(NamedTuple):
    """An address in standard writing and what was done to it."""

    text: str
    steps: tuple[Step, ...]


def repair(parsed: Parsed) -> Repaired:
    """The elements in standard writing and order, and the steps that led there.

    Nothing is added that the text does not say; names are not replaced. A text without elements stays as it is,
    and so does one in Latin script: only the register knows its characters.
    """
    if not parsed.elements or is_latin(parsed.text):
        return Repaired(parsed.text, ())
    return Repaired("".join(_words(e) for e in _ordered(parsed.elements)), repair_steps(parsed.defects))


def repair_steps(defects: tuple[Defect, ...]) -> tuple[Step, ...]:
    """The automatic repairs among the defects, as sentences; marks that were removed share one step."""
    codes = {d.code for d in defects}
    if codes.isdisjoint(_TOLD):
        return ()
    steps = [Step(d.code, d.text, d.fix, _SENTENCES[d.code](d)) for d in defects if d.code in _SENTENCES]
    if any(d.code == "A38" and d.start >= MAX_LENGTH for d in defects):
        steps.append(Step("A38", "", "", f"文字超过 {MAX_LENGTH} 字，只看前 {MAX_LENGTH} 字，其余未解析"))
    marks = "".join(d.text for d in defects if d.code == "A38" and d.start < MAX_LENGTH)
    if marks:
        steps.append(Step("A38", marks, "", f"删去{_marks(marks)}"))
    steps += [Step(code, "", "", f"删去{what}") for code, what in _PERSONAL if code in codes]
    return tuple(steps)


_PERSONAL = (("A28", "不属于地址的人名或单位名"), ("A29", "电话或证件号码"))
_TOLD = frozenset((*_SENTENCES, "A28", "A29", "A38"))


def _marks(marks: str) -> str:
    """What kinds of marks were removed, each said once."""
    kinds = (
        ("空格", any(c.isspace() for c in marks)),
        ("括号", any(c in "()（）[]【】{}〔〕<>《》" for c in marks)),
        ("不可见字符", any(not c.isprintable() and not c.isspace() for c in marks)),
    )
    known = [name for name, present in kinds if present]
    others = any(c.isprintable() and not c.isspace() and c not in "()（）[]【】{}〔〕<>《》" for c in marks)
    return "、".join([*known, *(["标点"] if others else [])])


def _words(element: Element) -> str:
    """Full names of divisions that were shortened; former names stay for a person to decide."""
    if element.type in ("prov", "city", "county", "town"):
        return element.value if element.value.startswith(element.text) else element.text
    return standard_form(element)


def _ordered(elements: tuple[Element, ...]) -> list[Element]:
    """Divisions first, from large to small; a number that stood before its road behind it; the rest as given."""
    divisions = sorted((e for e in elements if e.type in _DIVISIONS), key=lambda e: _DIVISIONS.index(e.type))
    rest = [e for e in elements if e.type not in _DIVISIONS]
    if len(rest) > 1 and rest[0].type == "no" and rest[1].type == "road":
        rest[0], rest[1] = rest[1], rest[0]
    return divisions + rest
