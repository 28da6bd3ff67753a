"""Words behind a full door: 门口 and 旁边 are notes for whoever delivers, 对面 is another place across the street."""

from __future__ import annotations

import re
from dataclasses import replace

from gazetteer.address.model import Answer, Parsed, Relation, Step

_AT_THE_DOOR = frozenset(("门口", "附近", "旁边", "旁", "边上", "楼下", "楼上"))


def beside_door(answer: Answer, relation: Relation) -> Answer:
    """The door with what was said about its surroundings; applied by itself only where that is the door itself."""
    word = relation.direction
    if word in _AT_THE_DOOR:
        said = Step("note", word, "", f"“{word}”是描述，不属于标准地址")
        return replace(answer, corrections=(*answer.corrections, said))
    said = Step("note.elsewhere", word, "", f"所写是这个门牌的“{word}”，可能是另一个门牌，须人工核对")
    status = "review" if answer.status == "auto" else answer.status
    return replace(answer, status=status, corrections=(*answer.corrections, said))


def is_of_door(relation: Relation) -> bool:
    """Whether a relation starts from the house number; a crossing named behind it only describes where the door is."""
    return relation.kind != "intersection" and bool(_NUMBERED.search(relation.anchors[-1]))


def is_doubtful(parsed: Parsed, answer: Answer) -> bool:
    """Whether the text contradicts itself: two addresses in one, or a registered room that is not on the floor said."""
    codes = {d.code for d in parsed.defects}
    return "A34" in codes or (
        "A35" in codes and answer.best is not None and answer.best.number.endswith("室")
    )


_NUMBERED = re.compile(r"(?:[0-9一二三四五六七八九十百千零〇]|号|弄|[幢栋座])$")
