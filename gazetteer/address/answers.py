"""From readings to answers: standard address, level, status, and every change in a Chinese sentence."""

from __future__ import annotations

from datetime import date

from gazetteer.address.confidence import probability
from gazetteer.address.index.reader import Index
from gazetteer.address.match import OTHER_COUNTY, OTHER_TOWN, Match
from gazetteer.address.model import Answer, Candidate, Level, Parsed, Status, Step
from gazetteer.address.numbers import main_number, spoken
from gazetteer.address.text import Normalised

AUTO_AT = 0.97
"""An answer is applied without a person from this probability on, and only without a conflict."""
_PLAIN_LEVELS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
_KEY_REASON = {
    "sound": "按同音", "blur": "按近音", "shape": "按形近字", "dropped": "按漏字", "doubled": "按重字", "extra": "按多字",
    "swapped": "按字序颠倒", "generic": "按通名变化", "other": "按近似名称", "s": "按登记全称",
}  # fmt: skip
_LEVEL_OF_KIND: dict[str, Level] = {"road": "road", "natvil": "natvil", "estate": "estate", "place": "estate"}


class Composer:
    """Words answers from readings of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def answer(self, text: str, clean: Normalised, matches: list[Match], limit: int, on: date | None) -> Answer:
        """The answer to a text whose number was read."""
        if not matches:
            return Answer(text, "none", 0.0, (), Parsed(text), (_nothing(text),))
        best = matches[0]
        sure = probability(best.score - _rivalry(matches))
        candidates = tuple(self.candidate(m, sure if m is best else 0.0) for m in matches[:limit])
        return Answer(text, self._status(best, sure), sure, candidates, Parsed(text), tuple(self.steps(best)))

    def _status(self, best: Match, sure: float) -> Status:
        if best.door is None:
            return "review"
        conflict = best.place in (OTHER_COUNTY, OTHER_TOWN)
        return "auto" if sure >= AUTO_AT and not conflict else "review"

    def candidate(self, match: Match, confidence: float) -> Candidate:
        """One reading as a record of the register, or the road where the number is not registered."""
        index, handle = self._index, match.hit.handle
        if match.door is not None:
            lon, lat = index.point(match.door)
            return Candidate(
                "door", self.door_address(match.door), index.door_code[match.door], lon, lat, confidence,
                "", bool(index.door_made_up[match.door]),
            )  # fmt: skip
        lon, lat, note = self._beside(match)
        level = _LEVEL_OF_KIND[index.kind_of(handle)]
        name = self.division_names(index.handle_div[handle]) + index.name_of(handle)
        code = index.pool[index.handle_code[handle]]
        return Candidate(level, name, code, lon, lat, confidence, note, bool(index.handle_made_up[handle]))

    def _beside(self, match: Match) -> tuple[float, float, str]:
        index, path = self._index, match.reading.path
        below, above = index.neighbours(match.hit.handle, path)
        near = [d for d in (below, above) if d is not None]
        names = "、".join(spoken(index.path(d)) for d in near)
        note = f"该路无 {spoken(path)}" + (f",相邻为 {names}" if names else ",也无其他门牌登记")
        if near:
            door = min(near, key=lambda d: abs(index.door_main[d] - main_number(path)))
            return (*index.point(door), note)
        point = index.handle_point(match.hit.handle) or (float("nan"), float("nan"))
        return (*point, note)

    def door_address(self, door: int) -> str:
        """The standard address of a door: divisions, road, number."""
        index = self._index
        return self.division_names(index.door_div[door]) + index.name_of(index.door_handle[door]) + spoken(index.path(door))

    def division_names(self, division: int) -> str:
        """浙江省台州市黄岩区南城街道; levels that are no places (市辖区) are left out."""
        names = [self._index.pool[self._index.div_name[d]] for d in reversed(self._index.lineage(division))]
        kept = [n for n, above in zip(names, ["", *names], strict=False) if n not in _PLAIN_LEVELS and n != above]
        return "".join(kept)

    def steps(self, match: Match) -> list[Step]:
        """What was changed from the text as written, in sentences."""
        index, found = self._index, []
        name = index.name_of(match.hit.handle)
        if match.reversed:
            found.append(Step("order", "", "", "号码写在路名之前,已调整顺序"))
        if match.hit.key == "a":
            kind = index.pool[index.alias_kind[match.hit.alias]]
            found.append(Step("alias", match.hit.asked, name, f"“{match.hit.asked}”是“{name}”的{kind or '别名'}"))
        elif match.hit.key in _KEY_REASON:
            reason = f"“{match.hit.asked}”{_KEY_REASON[match.hit.key]}改为“{name}”"
            found.append(Step(match.hit.key, match.hit.asked, name, reason))
        if match.place in (OTHER_COUNTY, OTHER_TOWN):
            place = self.division_names(index.handle_div[match.hit.handle])
            said = "".join(s.text for s in match.context.stated)
            found.append(Step("division", said, place, f"所写区划“{said}”与登记不符:“{name}”在{place}"))
        return found


def _rivalry(matches: list[Match]) -> float:
    """What other doors that fit as well take away."""
    if len(matches) < 2:
        return 0.0
    gap = matches[0].score - matches[1].score
    return max(0.0, 4.0 - gap)


def _nothing(text: str) -> Step:
    if not text.strip():
        return Step("empty", text, "", "内容为空,没有可以匹配的地址")
    return Step("unknown", text, "", "登记中没有与此相符的道路、村庄、小区或名称")
