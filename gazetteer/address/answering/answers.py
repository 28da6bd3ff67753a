"""From readings to answers: the records meant, how sure, and whether a person must look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazetteer.address.answering.areas import NOTE, is_area
from gazetteer.address.answering.changes import changes
from gazetteer.address.answering.hesitation import hesitations
from gazetteer.address.answering.steps import steps_of
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.index.records import LEVEL_OF_DIVISION, LEVEL_OF_KIND, Standard, indoors
from gazetteer.address.matching.agreement import AGREES, CONFLICTS
from gazetteer.address.matching.confidence import AUTO_AT, probability
from gazetteer.address.matching.doubts import of_divisions, of_first, of_tail
from gazetteer.address.matching.keys import fold
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.namesakes import namesakes
from gazetteer.address.matching.numbers import main_number, spoken
from gazetteer.address.matching.sureness import confidence, margin
from gazetteer.address.model import Answer, Candidate, Level, Parsed, Status, Step
from gazetteer.address.reading.latin import is_latin
from gazetteer.address.words.standard import village_form

_FAR_BEHIND = 7.0
"""A reading so much weaker than the best is no alternative a person should look at."""
_CLOSE_IN_NUMBER = 20
"""Neighbours farther apart in number say too little about where a number between them lies."""
_COUNTY = re.compile("[,(]?(?P<name>[\u4e00-\u9fff]{2,4}[区县市])")
_CLEARLY = 1.0
"""By less than this a road is not the only one that a name without a number may mean."""
_WHOLE_NAME = 0.96
"""Likeness from which on a name is (nearly) the whole registered name; a part of one is a hint to a person."""
_ELSEWHERE = 0.3
"""A door at most, where the text names another city or province."""
_APART = 0.3
_AT_MOST = {"division.far": _ELSEWHERE, "division.conflict": 0.5, "second": 0.5, "note.elsewhere": 0.8}
"""What a door is believed at most, by what speaks against it: another place named, a second address, 对面."""
_NUMBERED = frozenset(("no", "sub", "bld", "unit", "floor", "room"))
_NOWHERE = (float("nan"), float("nan"))


class Composer:
    """Words answers from readings of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.words = Standard(index)
        self.others: dict[int, Composer] = {}
        """Composers of other indexes whose readings may stand in the same list, by the identity of the index."""

    def of(self, match: Match) -> Composer:
        """The composer for the index that a reading points into."""
        return self if match.index is None else self.others[id(match.index)]

    def answer(self, parsed: Parsed, matches: list[Match], limit: int) -> Answer:
        """The answer to a text, from its readings with the best first."""
        if not matches:
            return Answer(parsed.text, "none", 0.0, (), parsed, (*parsed.steps, _nothing(parsed.text)))
        best = matches[0]
        alike = namesakes(self._index, matches)
        sure = confidence(self._index, matches, len(alike))
        doubts = self.of(best).doubts(best, parsed)
        named = parsed
        for doubt in doubts:
            sure = min(sure, _AT_MOST.get(doubt.rule, 1.0))
            named = of_first(parsed) if doubt.rule == "second" else named
        candidates = [self.candidate(best, sure, named)]
        for match in matches[1:limit]:
            if match.score > best.score - _FAR_BEHIND:
                candidates.append(self.candidate(match, min(1 - sure, probability(match.score)), parsed))
        doubts += self.of(best).hesitations(best, alike)
        told = [*parsed.steps, *self.of(best).steps(best), *self.of(best).left_out(best, parsed), *doubts]
        steps = (*told, *changes(parsed, best, candidates[0].standard_address, told))
        several = best.door is None and margin(self._index, matches) < _CLEARLY
        partly = self.of(best).in_part(best) or is_area(best.index or self._index, best)
        unused = best.door is None and any([e.type in _NUMBERED for e in parsed.elements])
        found = "review" if doubts or several or partly or unused else status(best, sure)
        return Answer(parsed.text, found, sure, tuple(candidates), parsed, steps)

    def doubts(self, match: Match, parsed: Parsed) -> tuple[Step, ...]:
        """Why a door that was found must not be applied by itself, as sentences."""
        if match.door is None:
            return ()
        names = self.words.divided(self._index.door_div[match.door])
        told = frozenset([s.text for s in match.context.stated])
        if not match.tail:
            return tuple(of_divisions(parsed, told, names))
        return (
            *of_tail(match.tail, self.words.short(match.door), parsed.relation is not None),
            *of_divisions(parsed, told, names),
            *self._of_county(match.tail, names),
        )

    def hesitations(self, match: Match, alike: list[Match]) -> tuple[Step, ...]:
        """Why a door is left to a person although nothing in the text contradicts it."""
        return tuple(hesitations(self._index, self.words, match, alike))

    def apart(self, parsed: Parsed, roads: list[Match], unknown: list[str]) -> Answer:
        """Roads whose crossing was asked and that do not meet in the register, or of which one is not in it."""
        sure = _ELSEWHERE if unknown else _APART
        candidates = tuple(self.candidate(road, sure, parsed) for road in roads)
        names = "与".join(f"“{c.street}”" for c in candidates)
        if unknown:
            missing = "、".join(f"“{name}”" for name in unknown)
            told = Step("unknown", unknown[0], "", f"登记中没有{missing}，只能定位到{names}")
        else:
            told = Step("apart", "", "", f"登记中这两条路不相交：{names}，请核对路名")
        return Answer(parsed.text, "review", sure, candidates, parsed, (*parsed.steps, told))

    def left_out(self, match: Match, parsed: Parsed) -> Iterator[Step]:
        """What of the text found no use: a road that is not registered, words that nothing explains, its script."""
        handle, door = match.hit.handle, match.door
        if door is not None and not match.context.unexplained and not is_latin(parsed.text):
            return
        if door is None and handle == NONE:
            place = village_form(self._index.pool[self._index.div_name[match.division]])
            name = next((e.text for e in parsed.elements if e.type in ("road", "estate", "natvil")), "")
            if name and name != place:
                yield Step("unknown", name, "", f"登记中没有“{name}”，只能定位到{place}")
            return
        if handle != NONE and is_latin(parsed.text):
            name = self._index.name_of(handle)
            yield Step("latin", "", name, f"拼音或外文写法读作“{name}”")
        if len(words := match.context.unexplained) > 1 and (door is None or match.place == AGREES):
            yield Step("unexplained", words, "", f"登记中没有“{words}”，未用于匹配")

    def in_part(self, match: Match) -> bool:
        """Whether a name was found by a part of it only; without its branch in brackets (锦江店) it is whole."""
        if match.door is None or match.hit.key != "name" or match.hit.likeness >= _WHOLE_NAME:
            return False
        name = (
            self._index.pool[self._index.door_name[match.door]]
            or self._index.pool[self._index.door_estate[match.door]]
        )
        core = fold(re.split("[(（]", name)[0])
        return len(core) < 2 or core not in match.hit.asked

    def _of_county(self, tail: str, names: tuple[str, ...]) -> tuple[Step, ...]:
        """A doubt where another county stands right behind the number: 淮海中路966号徐汇区中心医院."""
        found = _COUNTY.match(tail)
        registered = names[2]
        if not found or not registered or found["name"] in names or not self._index.find("v", found["name"]):
            return ()
        said = found["name"]
        return (Step("division.conflict", said, registered, f"号码后另写有“{said}”，登记在“{registered}”"),)

    def steps(self, match: Match) -> list[Step]:
        """What was changed to come to a reading."""
        return steps_of(self._index, self.words, match)

    def candidate(self, match: Match, sure: float, parsed: Parsed) -> Candidate:
        """One reading as a record of the register."""
        if match.index not in (None, self._index):
            return self.of(match).candidate(match, sure, parsed)
        if match.door is not None and is_area(self._index, match):
            return self._at_door("estate", match.door, sure, NOTE)
        if match.door is not None:
            return self._door(match.door, sure, parsed)
        if match.beside is not None:
            return self._beside(match, match.beside, sure)
        if match.hit.handle == NONE:
            return self._division(match.division, sure)
        return self._handle(match, sure)

    def _door(self, door: int, sure: float, parsed: Parsed) -> Candidate:
        return self._at_door("door", door, sure, "", indoors(parsed, self._index.path(door)))

    def _at_door(self, level: Level, door: int, sure: float, note: str, behind: str = "") -> Candidate:
        """The candidate with what a program wants to have apart: street, number, names of the divisions."""
        index, handle, division = self._index, self._index.door_handle[door], self._index.door_div[door]
        street, number, short = "", "", ""
        if handle != NONE:
            street, number = index.name_of(handle), spoken(index.path(door))
            short = street + number
        address = self.words.above(handle, division) + (short or self.words.short(door)) + behind
        return Candidate(
            level, address, index.door_code[door], *index.point(door), sure, note, bool(index.door_made_up[door]),
            street, number, self.words.divided(division),
        )  # fmt: skip

    def _beside(self, match: Match, door: int, sure: float) -> Candidate:
        """The 弄, or what has the name in the text, stands for a number that is not registered."""
        note = f"登记有 {self.words.short(door)}，没有所写的号码"
        return self._at_door("estate", door, sure, note)

    def _handle(self, match: Match, sure: float) -> Candidate:
        index, handle = self._index, match.hit.handle
        point, note = index.handle_point(handle) or _NOWHERE, ""
        level = LEVEL_OF_KIND[index.kind_of(handle)]
        if match.reading is not None:
            near, note = self._neighbours(handle, match.reading.path)
            between = self._between(handle, match)
            point, level = (between, "interpolated") if between else (near or point, level)
        code, made_up = index.pool[index.handle_code[handle]], bool(index.handle_made_up[handle])
        return Candidate(
            level, self.words.handle(handle), code, *point, sure, note, made_up, index.name_of(handle), "",
            self.words.divided(index.handle_div[handle]),
        )  # fmt: skip

    def _neighbours(self, handle: int, path: str) -> tuple[tuple[float, float] | None, str]:
        """The point of the nearest registered number and the sentence that names both sides."""
        index = self._index
        near = [d for d in index.neighbours(handle, path) if d is not None]
        said = f"“{index.name_of(handle)}”无 {spoken(path)}"
        if not near:
            return None, f"{said}，也没有登记其他门牌"
        highest = index.handle_high[handle]
        if highest and main_number(path) > highest:
            return index.point(near[0]), f"{said}，该路登记的最大号是 {highest}号"
        names = "、".join(spoken(index.path(d)) for d in near)
        door = min(near, key=lambda d: abs(index.door_main[d] - main_number(path)))
        return index.point(door), f"{said}，相邻为 {names}"

    def _between(self, handle: int, match: Match) -> tuple[float, float] | None:
        """The point between the neighbours of a missing plain number, where they are close in number."""
        index, path = self._index, match.reading.path if match.reading else ""
        below, above = index.neighbours(handle, path)
        if below is None or above is None or not path.isdigit() or match.hit.key not in "nsa":
            return None
        low, high = index.door_main[below], index.door_main[above]
        if high - low > _CLOSE_IN_NUMBER or not low < int(path) < high:
            return None
        share = (int(path) - low) / (high - low)
        (x0, y0), (x1, y1) = index.point(below), index.point(above)
        return x0 + share * (x1 - x0), y0 + share * (y1 - y0)

    def _division(self, division: int, sure: float) -> Candidate:
        index = self._index
        level = LEVEL_OF_DIVISION[min(max(index.div_level[division], 1), 5)]
        code = index.pool[index.div_code[division]]
        point = index.div_lon[division], index.div_lat[division]
        names = self.words.divided(division)
        return Candidate(level, self.words.division(division), code, *point, sure, divisions=names)


def status(best: Match, sure: float) -> Status:
    """``auto`` only for a registered door (or a name's own door) without any conflict."""
    if best.place in CONFLICTS:
        return "review"
    if best.door is None:
        return "auto" if _is_plain_road(best) else "review"
    return "auto" if sure >= AUTO_AT else "review"


def _is_plain_road(best: Match) -> bool:
    """Divisions that agree and a registered name, nothing else: the road itself is what was asked."""
    asked_itself = best.reading is None and best.beside is None and best.hit.key == "n"
    return asked_itself and best.hit.handle != NONE and best.place == AGREES and not best.context.unexplained


def _nothing(text: str) -> Step:
    if not text.strip():
        return Step("empty", "", "", "内容为空，没有可以匹配的地址")
    return Step("unknown", "", "", "登记中没有与此相符的道路、村庄、小区或名称")
