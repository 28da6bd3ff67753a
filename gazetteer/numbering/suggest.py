"""A number for one door between its neighbours (单门编号建议), with every reason said.

Order of preference between the neighbours before and after on the same side: a free number nearest to the place by
chainage; a reserved number (预留号) there; a sub-number (附号) of the neighbour before. Numbers that stand are never moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gazetteer.numbering.model import LEFT, SIDES, Standing, Suggestion
from gazetteer.numbering.roadline import COMPASS, RoadLine
from gazetteer.numbering.rules import Rules
from gazetteer.numbering.text import written


def odd_on(side: int, rules: Rules) -> bool:
    """Whether a side bears odd numbers: 左单右双 or 左双右单."""
    return (side == LEFT) == bool(rules["odd_side"] == "left")


def allowed(number: int, rules: Rules) -> bool:
    """Whether the rules let a number be given; only where ``skip_4`` is on are numbers with a 4 passed over."""
    return not (rules["skip_4"] and "4" in str(number))


def suggest(
    line: RoadLine, rules: Rules, standing: Iterable[Standing], along_m: float, side: int
) -> Suggestion:
    """The number for a door at a chainage on a side.

    Args:
        line: the road.
        rules: of its jurisdiction.
        standing: every number of the road that stands or is kept back.
        along_m, side: where the entrance is, from :meth:`RoadLine.place`.
    """
    known = list(standing)
    odd = odd_on(side, rules)
    same = [s for s in known if s.number % 2 == odd]
    placed = sorted(
        (s for s in same if s.along_m is not None and not s.reserved),
        key=lambda s: (s.along_m or 0.0, s.number),
    )
    before = [s for s in placed if (s.along_m or 0.0) <= along_m]
    after = [s for s in placed if (s.along_m or 0.0) > along_m]
    reasons = [
        f"{'东西' if line.axis == 'ew' else '南北'}向道路自{COMPASS[line.start]}端起编，门在{SIDES[side]}"
        f"第{along_m:.0f}米，{SIDES[side]}用{'单' if odd else '双'}号"
    ]
    low = max((s.number for s in before), default=None)
    high = min((s.number for s in after), default=None)
    if low is not None and high is not None and low >= high:
        low, high = _crossed(before, after)
        reasons.append("前后号码本来有乱号，取最近的邻门为准")
    if high is None:
        return _behind_last(rules, same, low, before, along_m, side, reasons, odd)
    return _between(rules, same, low, high, before, after, along_m, side, reasons, odd)


def _crossed(before: Sequence[Standing], after: Sequence[Standing]) -> tuple[int, int]:
    """Neighbours where the street is out of order already: the nearest on each side."""
    one, other = before[-1].number, after[0].number
    return min(one, other), max(one, other)


def _behind_last(
    rules: Rules, same: list[Standing], low: int | None, before: Sequence[Standing], along_m: float, side: int,
    reasons: list[str], odd: bool,
) -> Suggestion:  # fmt: skip
    """A door behind the last one, or the first of its side: the next number, further on where the gap is wide."""
    taken = {s.number for s in same if not s.reserved}
    first = 1 if odd else 2
    if low is None:
        step = rules["metres_per_number"]
        number = first + 2 * int(along_m // step) if rules["spacing"] == "distance" else first
        reasons.append(f"{SIDES[side]}还没有门牌，从{number}号编起")
    else:
        last = before[-1]
        room = reserve_in(along_m - (last.along_m or 0.0), rules)
        number = max(low, last.number) + 2 + 2 * room
        reasons.append(f"前一门为{written(last.number, last.sub)}，其后没有门")
        if room:
            reasons.append(f"间距{along_m - (last.along_m or 0.0):.0f}米，中间留{room}个预留号")
    while number in taken or not allowed(number, rules):
        number += 2
    return Suggestion(number, 0, along_m, side, tuple(reasons))


def _between(
    rules: Rules, same: list[Standing], low: int | None, high: int, before: Sequence[Standing],
    after: Sequence[Standing], along_m: float, side: int, reasons: list[str], odd: bool,
) -> Suggestion:  # fmt: skip
    floor = low if low is not None else (-1 if odd else 0)
    taken = {s.number for s in same if not s.reserved}
    kept = {s.number for s in same if s.reserved} - taken
    span = [n for n in range(floor + 2, high, 2) if n > 0 and n not in taken and allowed(n, rules)]
    free = [n for n in span if n not in kept]
    start = before[-1].along_m if before else 0.0
    share = (along_m - (start or 0.0)) / max((after[0].along_m or 0.0) - (start or 0.0), 0.001)
    ideal = floor + share * (high - floor)
    told = f"{written(low)}与{written(high)}之间" if low is not None else f"{written(high)}之前"
    for choice, from_reserve in ((free, False), ([n for n in span if n in kept], True)):
        if choice:
            number = min(choice, key=lambda n: (abs(n - ideal), n))
            reasons.append(f"位于{told}，{'启用预留号' if from_reserve else '有空号'}{number}号")
            others = tuple(str(n) for n in sorted(choice, key=lambda n: abs(n - ideal))[1:4])
            return Suggestion(number, 0, along_m, side, tuple(reasons), from_reserve, others)
    return _sub_number(rules, same, before, after, along_m, side, [*reasons, f"位于{told}，没有空号"])


def _sub_number(
    rules: Rules, same: list[Standing], before: Sequence[Standing], after: Sequence[Standing], along_m: float,
    side: int, reasons: list[str],
) -> Suggestion:  # fmt: skip
    base = (before[-1] if before else after[0]).number
    used = {s.sub for s in same if s.number == base}
    sub = next(n for n in range(1, len(used) + 2) if n not in used)
    reasons.append(f"编为{written(base)}的附号{written(base, sub, rules['sub_form'])}")
    return Suggestion(base, sub, along_m, side, tuple(reasons))


def reserve_in(gap_m: float, rules: Rules) -> int:
    """How many numbers are kept back in a gap between two doors of one side (预留号)."""
    limit = float(rules["reserve_if_gap_m"])
    if gap_m <= limit:
        return 0
    return min(int(gap_m // limit), int(rules["reserve_at_most"]))
