"""The diagnosis finds every fault that is planted in a made street, of the right kind, and none in a clean one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gazetteer.diagnosis.columns import Doors, Handles, Plates, Register
from gazetteer.diagnosis.run import diagnose
from gazetteer.numbering.roadline import turned
from gazetteer.numbering.rules import rules_of

RULES = rules_of("331003")
STEP = 10.0


@dataclass
class Made:
    """A street while it is made: numbers and places of its doors, what is kept back."""

    numbers: list[int]
    subs: list[str]
    xy: list[tuple[float, float]]
    reserved: set[int]
    line: shapely.LineString
    backwards: bool

    def register(self, plates: Plates | None = None, top: int = -1) -> Register:
        line = np.empty(1, dtype=object)
        line[0] = turned(self.line, RULES)[0]
        handles = Handles(["R"], ["横街路"], ["T"], line, np.array([1 if top > 0 else -1]), np.array([top]),
                          np.array([6.0]), np.array([True]))  # fmt: skip
        count = len(self.numbers)
        doors = Doors(
            [f"A{n:04d}" for n in range(count)], np.zeros(count, dtype=np.int64), [str(n) for n in self.numbers],
            np.array(self.numbers, dtype=np.int64), self.subs, np.ones(count, dtype=bool), np.array(self.xy, float),
        )  # fmt: skip
        return Register(handles, doors, plates or Plates(), frozenset((0, n) for n in self.reserved))

    def kinds(self, **more: object) -> Counter[str]:
        return Counter(f.kind for f in diagnose(self.register(**more), RULES).faults)  # type: ignore[arg-type]

    def at(self, along: float, side: int, off: float = 12.0) -> tuple[float, float]:
        """A point beside the street; side 1 is the left of the way numbers run."""
        line = turned(self.line, RULES)[0]
        if self.backwards:
            line, side = line.reverse(), -side
        here = np.array(line.interpolate(along).coords[0])
        ahead = np.array(line.interpolate(min(along + 0.1, line.length)).coords[0])
        behind = np.array(line.interpolate(max(along - 0.1, 0)).coords[0])
        way = (ahead - behind) / np.hypot(*(ahead - behind))
        return tuple(here + off * side * np.array([-way[1], way[0]]))  # type: ignore[return-value]

    def add(self, number: int, at: tuple[float, float], sub: str = "") -> None:
        self.numbers.append(number)
        self.subs.append(sub)
        self.xy.append(at)


@st.composite
def streets(draw: st.DrawFn, least: int = 5) -> Made:
    """A clean street of any direction, with reserve, sub-numbers, perhaps one side only, perhaps numbered the other way round."""
    pairs = draw(st.integers(least, 30))
    angle = draw(st.floats(0, 2 * np.pi))
    way = np.array([np.cos(angle), np.sin(angle)])
    # A sharper bend would bring two doors of its inner side to one place.
    bend = draw(st.floats(-0.02, 0.02))
    length = (pairs + 2) * STEP
    middle = way * length / 2 + np.array([-way[1], way[0]]) * bend * length
    line = shapely.LineString([(0, 0), middle, way * length])
    made = Made([], [], [], set(), line, draw(st.booleans()))
    one_sided = draw(st.booleans())
    for index in range(pairs):
        for side in (1,) if one_sided else (1, -1):
            number = 2 * index + (1 if (side == 1) != made.backwards else 2)
            along = (index + 1) * STEP + draw(st.floats(-1.5, 1.5))
            # The ends stand always, so that a reserve lies between doors.
            if 0 < index < pairs - 1 and draw(st.integers(0, 9)) == 0:
                made.reserved.add(number)
                continue
            made.add(number, made.at(along, side))
            if draw(st.integers(0, 9)) == 0:
                made.add(number, made.at(along + 2.5, side), "1")
    return made


@settings(max_examples=60, deadline=None)
@given(streets())
def test_a_clean_street_has_no_fault(made: Made) -> None:
    assert made.kinds() == Counter()


@settings(max_examples=40, deadline=None)
@given(streets(), st.data())
def test_a_number_that_is_gone_is_missed(made: Made, data: st.DataObject) -> None:
    inner = [
        n
        for n in set(made.numbers)
        if any(m < n and (n - m) % 2 == 0 for m in made.numbers)
        and any(m > n and (m - n) % 2 == 0 for m in made.numbers)
    ]
    assume(inner)
    gone = data.draw(st.sampled_from(sorted(inner)))
    keep = [i for i, n in enumerate(made.numbers) if n != gone]
    made = replace(made, numbers=[made.numbers[i] for i in keep], subs=[made.subs[i] for i in keep],
                   xy=[made.xy[i] for i in keep])  # fmt: skip
    assert made.kinds() == Counter(D1=1)
    made.reserved.add(gone)
    assert made.kinds() == Counter()


@settings(max_examples=40, deadline=None)
@given(streets(), st.data())
def test_a_number_given_twice_is_found(made: Made, data: st.DataObject) -> None:
    which = data.draw(st.sampled_from([i for i, s in enumerate(made.subs) if not s]))
    here = np.array(made.xy[which])
    foot = np.array(made.line.interpolate(made.line.project(shapely.Point(here))).coords[0])
    made.add(made.numbers[which], tuple(foot + 1.2 * (here - foot)))
    assert made.kinds() == Counter(D2=1)


@settings(max_examples=40, deadline=None)
@given(streets(least=8), st.data())
def test_a_door_on_the_wrong_side_is_found(made: Made, data: st.DataObject) -> None:
    index = data.draw(st.integers(2, 5))
    number = 2 * index + 1
    if number not in made.numbers:
        made.reserved.discard(number)
    keep = [i for i, n in enumerate(made.numbers) if n != number]
    made = replace(made, numbers=[made.numbers[i] for i in keep], subs=[made.subs[i] for i in keep],
                   xy=[made.xy[i] for i in keep])  # fmt: skip
    wrong = -1 if not made.backwards else 1
    made.add(number, made.at((index + 1) * STEP + 3.0, wrong, 14.0))
    found = diagnose(made.register(), RULES).faults
    assert ("D3", f"{number}号") in {(f.kind, f.numbers) for f in found}
    assert {f.kind for f in found} <= {"D3", "D1"}


@settings(max_examples=40, deadline=None)
@given(streets(least=10))
def test_a_door_out_of_order_is_found(made: Made) -> None:
    number = max(n for n in made.numbers if n % 2 == (1 if not made.backwards else 0)) + 2
    side = 1
    made.add(number, made.at(STEP * 2 + 3.0, side, 14.0))
    assert ("D4", f"{number}号") in {(f.kind, f.numbers) for f in diagnose(made.register(), RULES).faults}
    assert made.kinds() == Counter(D4=1)


@settings(max_examples=30, deadline=None)
@given(streets())
def test_numbers_outside_the_range_several_at_one_door_and_far_ones_are_found(made: Made) -> None:
    top = max(made.numbers)
    assert made.kinds(top=top) == Counter()
    assert made.kinds(top=top - 1)["D5"] == made.numbers.count(top)
    double = replace(made, numbers=[*made.numbers], subs=[*made.subs], xy=[*made.xy])
    double.add(top, double.xy[double.numbers.index(top)], "9")
    assert double.kinds() == Counter(D6=1)
    far = np.array(made.xy[0]) * 0 + np.array(made.at(0, 1)) * 1
    along = np.array(made.at(STEP, 1)) - far
    away = far + np.array([-along[1], along[0]]) / np.hypot(*along) * 400 * (1 if not made.backwards else -1)
    made.add(max(made.numbers) + 40, tuple(away))  # type: ignore[arg-type]
    assert made.kinds()["D8"] == 1


@settings(max_examples=20, deadline=None)
@given(streets())
def test_what_the_plates_tell_is_told(made: Made) -> None:
    count = len(made.numbers)
    codes = [f"A{n:04d}" for n in range(count)]
    assert made.kinds(plates=Plates(True, frozenset(codes))) == Counter()
    plates = Plates(True, frozenset(codes[1:]), [("P1", "横街路", "横街路99号")], [("P2", codes[1], "老街")],
                    [(7, "横街路甲1号", 0, "")])  # fmt: skip
    assert made.kinds(plates=plates) == Counter(D7=2, D9=1, D10=1)
