"""Defects that only the register can show (须查登记的不规范之处): old and unknown names, wrong parents, wrong numbers.

The matcher says what it found out about an element; this module gives it the code and the place in the text.
"""

from __future__ import annotations

from operator import attrgetter

from gazetteer.address.model import Defect, ElementType, Parsed

ALIAS_CODES: dict[str, str] = {
    "撤县设市": "A04",
    "撤县设区": "A04",
    "撤市设区": "A04",
    "析置": "A05",
    "撤乡设镇": "A06",
    "改设街道": "A06",
    "村合并": "A07",
    "村改社区": "A08",
    "错写": "A20",
    "俗称": "A22",
    "一路多名": "A22",
    "路更名": "A24",
    "更名": "A24",
    "推广名": "A25",
}
"""Kind of an alias of the register → defect of whoever writes it."""

KEY_CODES: dict[str, str] = {
    "generic": "A19",
    "sound": "A20",
    "blur": "A20",
    "shape": "A21",
    "variant": "A21",
}
"""Key by which a name was found although written otherwise → defect."""

WRONG_PARENT, UNNAMED_ROAD, OUTSIDE_RANGE, WRONG_SIDE, MANY_POINTS, SHIFTED = (
    "A10",
    "A23",
    "A31",
    "A32",
    "A33",
    "A36",
)  # fmt: skip


def at_element(parsed: Parsed, code: str, kind: ElementType, fix: str) -> Defect:
    """A defect at the first element of a kind; at the end of the text where there is none."""
    element = parsed.first(kind)
    if element is None:
        end = len(parsed.text)
        return Defect(code, end, end, "", fix)
    return Defect(code, element.start, element.end, element.text, fix)


def at_words(parsed: Parsed, code: str, words: str, fix: str) -> Defect:
    """A defect at words of the text (恒街路), wherever they stand; of no width where they do not."""
    start = parsed.text.find(words) if words else -1
    if start < 0:
        return Defect(code, 0, 0, "", fix)
    return Defect(code, start, start + len(words), words, fix)


def completed(parsed: Parsed, standard: str) -> Parsed:
    """The same parse with the standard address as the repair of missing levels (A01, A02)."""
    if not any([d.code in _MISSING for d in parsed.defects]):
        return parsed
    defects = [
        Defect(d.code, d.start, d.end, d.text, standard) if d.code in _MISSING else d for d in parsed.defects
    ]
    return _with(parsed, tuple(defects))


def added(parsed: Parsed, *defects: Defect) -> Parsed:
    """The same parse with more defects, in the order of the text, each once."""
    if not defects:
        return parsed
    every = {*parsed.defects, *defects}
    return _with(parsed, tuple(sorted(every, key=_place)))


def _with(parsed: Parsed, defects: tuple[Defect, ...]) -> Parsed:
    return Parsed(parsed.text, parsed.elements, defects, parsed.steps, parsed.relation)


_MISSING = frozenset(("A01", "A02"))
_place = attrgetter("start", "end", "code")
