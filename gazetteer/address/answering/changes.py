"""What became of each part of a text that does not stand in the standard address as it was written, as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter

from gazetteer.address.matching.match import Match
from gazetteer.address.model import Defect, Element, Parsed, Step
from gazetteer.address.words.standard import standard_form

_INDOORS = frozenset(("bld", "unit", "floor", "room"))
_NUMBERS = frozenset(("no", "sub"))
_DIVISIONS = frozenset(("prov", "city", "county", "town", "comm"))
_STANDING = _DIVISIONS | _INDOORS
_PERSONAL = frozenset(("A28", "A29"))
_PUNCTUATION = "A38"
_MARKS = re.compile(r"(?<=[^0-9])[-_·/](?=[^0-9])|(?<=[^0-9])[-_·/]")
_WORDS = re.compile(r"[0-9A-Za-z\u3400-\u9fff]+")


def changes(parsed: Parsed, match: Match, standard: str, told: list[Step]) -> Iterator[Step]:
    """A step for every word that was rewritten or left out and that no other step or defect speaks of.

    Args:
        parsed: the text taken apart.
        match: the reading answered.
        standard: its standard address.
        told: the steps that are said already.
    """
    left = [part for part in _parts(parsed) if part[0] not in standard]
    if left:
        yield from _unsaid(left, parsed, match, standard, told)
    yield from _arranged(parsed, match, standard)


def _unsaid(
    left: list[tuple[str, Element | None]], parsed: Parsed, match: Match, standard: str, told: list[Step]
) -> Iterator[Step]:
    """A step for every part that does not stand in the standard address and that nothing speaks of."""
    said = [s.before for s in told if s.before] + [d.text for d in parsed.defects if d.text]
    used = [w for w in (match.hit.asked, match.context.unexplained) if w]
    used += [s.text for s in match.context.stated if s.alias is not None or not s.full]
    every = (*used, *(s.text for s in match.context.stated))
    private = any(d.code in _PERSONAL for d in parsed.defects)
    for words, element in left:
        # Beside a telephone number or a recipient, what is left out is not quoted: it may be a part of them.
        if private and (element is None or element.type not in _STANDING):
            continue
        if any(words in one for one in (*used, *said)):
            continue
        if (element is None or element.type not in _DIVISIONS) and _made_of(words, every, said):
            continue
        if step := _step(words, element, standard, parsed.defects):
            yield step


def _arranged(parsed: Parsed, match: Match, standard: str) -> Iterator[Step]:
    """What was put in between, put in front, written once instead of twice, and the marks that were taken out."""
    text, asked = parsed.text, match.hit.asked
    first = next((e for e in parsed.elements if e.type in _DIVISIONS), None)
    if first is not None and asked and 0 <= text.find(asked) < first.start:
        yield Step("order", asked, first.text, "区划写在后面，已调整到最前")
    elif match.context.stated:
        yield from _between(
            text, [s.text if s.full else "" for s in match.context.stated] + [asked], standard
        )
    if len(asked) > 1 and text.count(asked) > standard.count(asked) > 0:
        yield Step("repeated", asked * 2, asked, f"“{asked}”重复，只写一次")
    if text.isalnum():
        return
    marks = _MARKS.findall(text)
    if (
        marks
        and not any(d.code == _PUNCTUATION for d in parsed.defects)
        and len(marks) > sum(standard.count(m) for m in set(marks))
    ):
        yield Step("marks", marks[0], "", f"删去分隔符号“{marks[0]}”")


def _made_of(words: str, used: tuple[str, ...], said: list[str]) -> bool:
    """Whether words are nothing but pieces that were used or spoken of: 新前工业路 of 新前 and 工业路."""
    for one in sorted((*used, *said), key=len, reverse=True):
        words = words.replace(one, "")
    return not words


def _between(text: str, names: list[str], standard: str) -> Iterator[Step]:
    """Levels that the text leaves out between two names that follow each other in it."""
    for one, other in pairwise(names):
        if not one or not other or one + other not in text or one + other in standard:
            continue
        at, end = standard.find(one), standard.rfind(other)
        if 0 <= at < end and (added := standard[at + len(one) : end]):
            yield Step("division.added", "", added, f"“{one}”后补上“{added}”")


def _parts(parsed: Parsed) -> list[tuple[str, Element | None]]:
    """Every element, and the words between elements, in the order of the text."""
    found: list[tuple[str, Element | None]] = []
    if not parsed.elements:
        return found  # not taken apart: nothing in it needs a word
    at, text = 0, parsed.text
    for element in sorted(parsed.elements, key=_start):
        if at < element.start:
            found += [(words, None) for words in _WORDS.findall(text[at : element.start])]
        found.append((element.text, element))
        at = max(at, element.end)
    if at < len(text):
        found += [(words, None) for words in _WORDS.findall(text[at:])]
    return found


_start = attrgetter("start")


def _step(words: str, element: Element | None, standard: str, defects: tuple[Defect, ...]) -> Step | None:
    if element is None:
        return Step("left", words, "", f"“{words}”不属于地址，未写入")
    if any(d.start < element.end and element.start < d.end for d in defects if d.text):
        return None
    if element.type in _INDOORS:
        form = standard_form(element)
        return (
            Step("indoors", words, form, f"“{words}”写作“{form}”")
            if form != words and form in standard
            else None
        )
    if element.type in _NUMBERS or element.value in standard:
        return None
    if element.type in _DIVISIONS:
        return Step("division.left", words, "", f"登记的地址不含“{words}”，未写入")
    return Step("left", words, "", f"“{words}”未写入标准地址")
