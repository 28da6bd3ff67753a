"""Defects of house, building and room numbers (号码类) and of what two addresses in one field do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gazetteer.address.model import Defect, Element
from gazetteer.address.reading.result import Reading
from gazetteer.address.words.numerals import NUMERAL
from gazetteer.address.words.standard import standard_form
from gazetteer.address.words.text import HALF_WIDTH

_CHINESE = re.compile(f"[{NUMERAL}廿卅]")
_NUMBERED = ("no", "sub", "bld", "unit", "floor", "room")
_COUNTED = frozenset(_NUMBERED)
_BARE = re.compile(r"[A-Za-z]{0,2}\d+[A-Za-z]?$")
_RANGE = re.compile(r"(\d+)[-至、~](\d+)号?$")
_DASH = re.compile(r"[-－—–#＃ 、]+")


def _at(code: str, e: Element, fix: str) -> Defect:
    return Defect(code, e.start, e.end, e.text, fix)


def _chains(reading: Reading) -> list[list[Element]]:
    """Runs of number elements joined by dashes only: 66-2-301."""
    runs: list[list[Element]] = []
    for e in reading.elements:
        if e.type not in _NUMBERED or e.type == "sub":
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and last.end < e.start and _DASH.fullmatch(reading.text, last.end, e.start):
            runs[-1].append(e)
        else:
            runs.append([e])
    return [run for run in runs if len(run) > 1 and any(_BARE.match(e.text.strip()) for e in run)]


def unit_words(reading: Reading) -> Iterator[Defect]:
    """A12 another word for 幢, A14 Chinese numerals, A15 66-2-301 for 66幢2单元301室, A16 no 号 or 室."""
    counted = [e for e in reading.elements if e.type in _COUNTED]
    if not counted:
        return
    chains = _chains(reading) if len(counted) > 1 else []
    for run in chains:
        start, end = run[0].start, run[-1].end
        yield Defect("A15", start, end, reading.text[start:end], "".join(standard_form(e) for e in run))
    in_chain = {e.start for run in chains for e in run}
    with_sub = {e.start for e in counted if e.type == "sub"}
    for e in counted:
        if e.end not in with_sub and (code := _unit_word(e, e.start in in_chain)):
            yield _at(code, e, standard_form(e))


def _unit_word(e: Element, in_chain: bool) -> str:
    """Code of what is wrong with the unit word of one number, empty where nothing is."""
    if not e.text.isascii() and _CHINESE.search(e.text):
        return "A14"
    if in_chain:
        return ""
    if e.type == "bld":
        return "A12" if not e.text.endswith(("幢", "号")) and e.value.isdigit() else ""
    if e.text[-1:] in "号室":
        return ""
    return "A16" if e.type in ("no", "room") and _BARE.fullmatch(e.text.translate(HALF_WIDTH)) else ""


def sub_numbers(reading: Reading) -> Iterator[Defect]:
    """A17: 128-1号, 128号附1, 128号之1 for 128号-1; A18: 128-132号."""
    if "no" not in reading.kinds:
        return
    for e, before in (
        zip(reading.elements[1:], reading.elements, strict=False) if "sub" in reading.kinds else ()
    ):
        if e.type == "sub" and before.type == "no" and _OTHER_SUB.search(before.text + e.text):
            fix = standard_form(before) + standard_form(e)
            yield Defect("A17", before.start, e.end, reading.text[before.start : e.end], fix)
    for e in reading.elements:
        m = _RANGE.match(e.value) if e.type == "no" and not e.value.isdigit() else None
        if m and int(m[2][:9]) > int(m[1][:9]):
            yield _at("A18", e, "")
        elif m:
            yield _at("A17", e, standard_form(e))


_OTHER_SUB = re.compile("附|付|增|之|[甲乙丙丁]$|[-－]\\d+号$|^[^号]*$")


def relative(reading: Reading) -> Iterator[Defect]:
    """A27: a place told by another place."""
    located = reading.located
    if located and located.end > located.start:
        start, end = reading.norm.start(located.start), reading.norm.end(located.end)
        yield Defect("A27", start, end, reading.text[start:end], "")


def joined(reading: Reading) -> Iterator[Defect]:
    """A34: two roads, each with its number."""
    if not {"road", "no"} <= reading.kinds:
        return
    doors = [
        other
        for one, other in zip(reading.elements, reading.elements[1:], strict=False)
        if one.type == "road" and other.type == "no"
    ]
    if len(doors) > 1:
        split = next(
            e
            for e in reading.elements
            if e.end <= doors[1].start and e.start >= doors[0].end and e.type == "road"
        )
        yield Defect("A34", split.start, doors[1].end, reading.text[split.start : doors[1].end], "")


def floor_and_room(reading: Reading) -> Iterator[Defect]:
    """A35: 3层501室."""
    if not {"floor", "room"} <= reading.kinds:
        return
    floor = next((e for e in reading.elements if e.type == "floor"), None)
    room = next((e for e in reading.elements if e.type == "room"), None)
    if floor is None or room is None:
        return
    numbered = floor.value.isdigit() and room.value.isdigit() and len(room.value) in (3, 4)
    if numbered and int(room.value[:-2]) != int(floor.value):
        start, end = min(floor.start, room.start), max(floor.end, room.end)
        yield Defect("A35", start, end, reading.text[start:end], "")


def doubled(reading: Reading) -> Iterator[Defect]:
    """A37: road with number and estate with building, both in one line."""
    if not {"no", "estate", "bld"} <= reading.kinds:
        return
    order = [e for e in reading.elements if e.type in ("no", "estate", "bld")]
    for one, two, three in zip(order, order[1:], order[2:], strict=False):
        if (one.type, two.type, three.type) == ("no", "estate", "bld"):
            yield Defect("A37", two.start, three.end, reading.text[two.start : three.end], "")
            return


NUMBER_RULES: tuple[Callable[[Reading], Iterator[Defect]], ...] = (
    unit_words, sub_numbers, relative, joined, floor_and_room, doubled,
)  # fmt: skip
