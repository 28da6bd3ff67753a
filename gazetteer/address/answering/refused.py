"""What is said while the file of a county cannot be read: the others answer, and nobody takes their answer for the whole."""

from __future__ import annotations

from dataclasses import replace

from gazetteer.address.index.reader import Index
from gazetteer.address.matching.agreement import AGREES
from gazetteer.address.matching.match import Match
from gazetteer.address.model import Answer, Status, Step


def left_out(index: Index, answer: Answer, matches: list[Match]) -> Answer:
    """The answer, with a sentence where a county that was left out might have had a better one.

    A registered door whose own county the text states is answered as ever.
    """
    if not index.refused or (matches and matches[0].door is not None and matches[0].place == AGREES):
        return answer
    told = tuple(
        Step("county.refused", name, "", f"“{name}”的索引文件不能读取，未在其中查找；请管理员重建索引")
        for name in sorted(index.refused)
    )
    status: Status = "none" if answer.status == "none" else "review"
    return replace(answer, status=status, corrections=(*answer.corrections, *told))
