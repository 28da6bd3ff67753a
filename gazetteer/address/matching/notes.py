"""Words behind a full door: 门口 and 旁边 are notes for whoever delivers, 对面 is another place across the street."""

from __future__ import annotations

import re
from dataclasses import replace

from gazetteer.address.matching.relative import words_of
from gazetteer.address.model import Answer, Candidate, Parsed, Relation, Step

_AT_THE_DOOR = frozenset(("门口", "附近", "旁边", "旁", "边上", "楼下", "楼上"))

_OF_NO_ANSWER = frozenset(("unknown", "unexplained"))
_NO_DOOR = "描述不属于标准地址，不作为门牌采用"
_ELSEWHERE = 0.8
"""How sure a door is at most that the text calls only the neighbour of what is meant."""


def beside_door(answer: Answer, relation: Relation) -> Answer:
    """The door with what was said about its surroundings; applied by itself only where that is the door itself."""
    word = relation.direction
    if word in _AT_THE_DOOR:
        said = Step("note", word, "", f"“{word}”是描述，不属于标准地址")
        return replace(answer, corrections=(*answer.corrections, said))
    said = Step("note.elsewhere", word, "", f"所写是这个门牌的“{word}”，可能是另一个门牌，须人工核对")
    status = "review" if answer.status == "auto" else answer.status
    sure = min(answer.confidence, _ELSEWHERE)
    first = tuple(replace(c, confidence=min(c.confidence, sure)) for c in answer.candidates[:1])
    kept = (*first, *answer.candidates[1:])
    return replace(
        answer, status=status, confidence=sure, candidates=kept, corrections=(*answer.corrections, said)
    )


def located(answer: Answer, placed: Candidate, relation: Relation, limit: int) -> Answer:
    """The answer with a place reckoned from an anchor in front: always for a person to look at."""
    said = words_of(relation)
    anchor = "与".join(relation.anchors)
    reason = f"以“{anchor}”为参照物，按“{said}”推算位置" if said else f"按“{anchor}”的登记位置推算"
    steps = (
        *(s for s in answer.corrections if s.rule not in _OF_NO_ANSWER),
        Step("relative", anchor + said, placed.standard_address, f"{reason}；{_NO_DOOR}"),
    )
    kept = (placed, *answer.candidates[: limit - 1])
    return replace(answer, status="review", confidence=placed.confidence, candidates=kept, corrections=steps)


def is_aside(relation: Relation) -> bool:
    """Whether a relation leads away from what it names (西侧, 对面), rather than describing its entrance (门口, 楼上)."""
    return relation.direction not in _AT_THE_DOOR


def is_of_door(relation: Relation) -> bool:
    """Whether a relation starts from the house number; a crossing named behind it only describes where the door is."""
    return relation.kind != "intersection" and bool(_NUMBERED.search(relation.anchors[-1]))


def is_doubtful(parsed: Parsed, answer: Answer) -> bool:
    """Whether the text contradicts itself: two addresses in one, or a registered room that is not on the floor said."""
    codes = {d.code for d in parsed.defects}
    if len({e.value for e in parsed.elements if e.type == "bld" and e.value.isdigit()}) > 1:
        return True
    return "A34" in codes or (
        "A35" in codes and answer.best is not None and answer.best.number.endswith("室")
    )


_NUMBERED = re.compile(r"(?:[0-9一二三四五六七八九十百千零〇]|号|弄|[幢栋座])$")
