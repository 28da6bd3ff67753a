"""Why a registered door is left to a person, as sentences: namesakes, words before the name that nothing explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.index.records import Standard
from gazetteer.address.matching.agreement import AGREES
from gazetteer.address.matching.match import Match
from gazetteer.address.model import Step

_TOLD = 3
_GLUED = 2
_PLACE_END = frozenset("省市区县镇乡村社道组园")
_NO_WORD = re.compile(r"[\W_]+")


def hesitations(index: Index, words: Standard, best: Match, alike: list[Match]) -> Iterator[Step]:
    """Reasons against applying a registered door by itself; nothing where there is none.

    Args:
        index: the register that ``best`` points into.
        words: its names in standard form.
        best: the reading answered.
        alike: its namesakes (``matching.namesakes``).
    """
    if best.door is None or best.hit.handle == NONE:
        return
    name = index.name_of(best.hit.handle)
    if places := list(dict.fromkeys(_place(index, words, m) for m in alike)):
        shown = "、".join(places[:_TOLD]) + ("等处" if len(places) > _TOLD else "")
        reason = f"“{name}”不止一处，{shown}也有；所写号码只登记在这里，须核对是否指这一处"
        yield Step("namesake", name, shown, reason)
    words_before = _NO_WORD.sub("", best.context.unexplained)
    if words_before and _may_be_of_name(words_before, best.place) and not index.find("n", words_before):
        yield Step(
            "unexplained", words_before, "", f"“{words_before}”在登记中查不到，可能是另一个名称的一部分"
        )


def _may_be_of_name(words: str, place: str) -> bool:
    """Whether words before a name may belong to it: 镇盈港路 is no 盈港路. Where the divisions agree, 前洋村 before it is none."""
    return place != AGREES or (len(words) <= _GLUED and words[-1] not in _PLACE_END)


def _place(index: Index, words: Standard, match: Match) -> str:
    """Where a namesake lies: its town, or what smaller or larger is known of it."""
    division = (match.index or index).handle_div[match.hit.handle]
    if match.index is not None and match.index is not index:
        return "近期登记的另一处"
    names = [n for n in words.divided(division) if n and n != "市辖区"]
    return "".join(names[-2:]) or "另一处"
