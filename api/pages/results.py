"""An answer of the engine in the words and shapes that the result page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from api.pages.plate import Plate, broken, plate_of
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.model import Answer, Candidate, Parsed, Status, Suggestion

LEVEL_WORDS = {
    "door": "门牌",
    "interpolated": "推算位置",
    "estate": "小区、地点",
    "road": "道路",
    "natvil": "自然村",
    "community": "村、社区",
    "town": "乡镇街道",
    "county": "县（市、区）",
    "city": "设区市",
    "province": "省",
    "intersection": "交叉口",
    "relative": "相对位置",
}
SURE_FROM = 0.95
MEANT_AT_MOST = 6
_LATIN = re.compile(r"[A-Za-z\u00c0-\u01dc][A-Za-z\u00c0-\u01dc\s'’·0-9-]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """One candidate as a card or a line of the list."""

    code: str
    standard_address: str
    level: str
    level_word: str
    certainty: str
    sureness: str
    figure: str
    """The confidence with what it is about: a road may be certain while its number is not registered."""
    lon: float
    lat: float
    note: str
    made_up: bool
    link: str
    plate: Plate | None = None
    parts: tuple[str, ...] = ()
    """The standard address cut where a line may break."""


def certainty(status: Status, confidence: float) -> tuple[str, str]:
    """How sure, in words and as the name of its colour: 确定 · 较确定 · 需人工核对 · 未找到."""
    if status == "none":
        return "未找到", "none"
    if status == "review":
        return "需人工核对", "check"
    return ("确定", "sure") if confidence >= SURE_FROM else ("较确定", "likely")


def shown(answer: Answer, engine: Geocoder) -> dict[str, Any]:
    """The parts of ``results.html``: the best answer with its plate, what was changed, the others."""
    best = answer.best
    if best is None or answer.status == "none":
        others = [_line(c) for c in answer.candidates]
        return {"best": None, "others": others, "corrections": _told(answer), "meant": _meant(answer, engine)}
    word, kind = certainty(answer.status, answer.confidence)
    parsed = engine.parse(best.standard_address)
    return {
        "best": _show(best, word, kind, answer.confidence, parsed),
        "others": [_line(c) for c in answer.candidates[1:]],
        "corrections": _told(answer),
        "meant": [],
    }


def _meant(answer: Answer, engine: Geocoder) -> list[Suggestion]:
    """What somebody may have meant (您是不是要找) who wrote in pinyin: the names that begin so."""
    asked = answer.text.strip()
    if not _LATIN.fullmatch(asked):
        return []
    # Numbers and 号 behind the name are no part of it.
    name = re.sub(r"[\s'’·-]*\d.*$", "", asked)
    spaced = engine.suggest(name, MEANT_AT_MOST)
    return spaced or engine.suggest(re.sub(r"[\s'’·-]+", "", name), MEANT_AT_MOST)


def _told(answer: Answer) -> list[Any]:
    """Steps that changed something; those that only decided are for the interface, not for the page."""
    return [step for step in answer.corrections if step.before != step.after]


def _line(candidate: Candidate) -> Shown:
    return _show(candidate, "", "", candidate.confidence, None)


def _show(candidate: Candidate, word: str, kind: str, confidence: float, parsed: Parsed | None) -> Shown:
    return Shown(
        code=candidate.code,
        standard_address=candidate.standard_address,
        level=candidate.level,
        level_word=LEVEL_WORDS[candidate.level],
        certainty=word,
        sureness=kind,
        figure=_figure(candidate, kind, confidence),
        lon=round(candidate.lon, 7),
        lat=round(candidate.lat, 7),
        note=candidate.note,
        made_up=candidate.made_up,
        link=f"/a/{quote(candidate.code, safe='')}" if candidate.code else "",
        plate=plate_of(parsed, candidate.street) if parsed else None,
        parts=broken(parsed, candidate.street) if parsed else (),
    )


def _figure(candidate: Candidate, kind: str, confidence: float) -> str:
    # Never 100: no address register is that sure.
    percent = min(99, round(confidence * 100))
    # To be checked although the figure is high: it speaks of the road that was found, not of the number asked for.
    about = LEVEL_WORDS[candidate.level] if kind == "check" and candidate.level != "door" else ""
    return f"{about}可信度 {percent}%"
