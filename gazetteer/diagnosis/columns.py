"""The register as columns, ready for vectorised checks: one entry a door, one a handle (road or natural village)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gazetteer.numbering.plane import Floats
from gazetteer.numbering.roadline import Placed, place

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Handles:
    """What carries numbers.

    Attributes:
        code, name: of the road or natural village.
        town: division code, empty where it runs through several.
        line: one line a road in metres, beginning where its numbers begin; None without a line and for villages.
        lowest, highest: the laid-down 号段, -1 where none is.
        half_width: metres from the middle of the road to its edge.
        odd_left: whether the rules give odd numbers to the left side.
    """

    code: Sequence[str]
    name: Sequence[str]
    town: Sequence[str]
    line: NDArray[np.object_]
    lowest: Ints
    highest: Ints
    half_width: Floats
    odd_left: Flags

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, eq=False)
class Doors:
    """Doors at the level of house numbers; flats and rooms behind a door are no doors of their own.

    Attributes:
        code: address code.
        handle: index into the handles.
        number: the number as written, 118 or 400弄10.
        main: the first number of it.
        sub: 附号 as text, empty for none.
        plain: whether the number is only its main number, so that it stands along the road itself (not inside a 弄).
        xy: metres; NaN where the door has no point.
    """

    code: Sequence[str]
    handle: Ints
    number: Sequence[str]
    main: Ints
    sub: Sequence[str]
    plain: Flags
    xy: Floats

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, eq=False)
class Plates:
    """What is known of plates; empty tuples where the register of plates has not begun.

    Attributes:
        begun: whether any plate is recorded as hanging, so that a door without one means something.
        hung: codes of doors in force on which a plate hangs.
        orphans: (plate, handle name, what its door was) of hanging plates whose door is retired.
        old_names: (plate, door, name on the plate) of plates that still bear an earlier road name.
        unknown: (id, face, handle index or -1, number) of plates seen that nobody registered.
    """

    begun: bool = False
    hung: frozenset[str] = frozenset()
    orphans: Sequence[tuple[str, str, str]] = ()
    old_names: Sequence[tuple[str, str, str]] = ()
    unknown: Sequence[tuple[int, str, int, str]] = ()


@dataclass(frozen=True, eq=False)
class Register:
    """Everything the checks read."""

    handles: Handles
    doors: Doors
    plates: Plates = field(default_factory=Plates)
    reserved: frozenset[tuple[int, int]] = frozenset()
    """(handle, number) kept back as 预留号."""

    @cached_property
    def on_line(self) -> Ints:
        """Indices of doors that have a point and whose road has a line, and stand along it."""
        has_line = np.array([line is not None for line in self.handles.line], dtype=bool)
        good = self.doors.plain & has_line[self.doors.handle] & np.isfinite(self.doors.xy).all(axis=1)
        return np.flatnonzero(good)

    @cached_property
    def placed(self) -> Placed:
        """Chainage, distance and side of ``on_line`` doors, in the same order."""
        rows = self.on_line
        return place(self.handles.line[self.doors.handle[rows]], self.doors.xy[rows])


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding.

    Attributes:
        kind: D1 to D10.
        handle: index into the handles, -1 where none is known.
        doors: indices of the doors it is about.
        numbers: the numbers, for a list.
        evidence, remedy: Chinese.
        along_m, side: where on the road, if anywhere.
        about: what tells it from others of its kind on the handle; the same in the next run.
    """

    kind: str
    handle: int
    doors: tuple[int, ...]
    numbers: str
    evidence: str
    remedy: str
    along_m: float | None = None
    side: int | None = None
    about: str = ""
