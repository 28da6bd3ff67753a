"""What places along the road tell: D3 wrong side (错边), D4 out of order (乱号), D8 far from the road (偏离)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gazetteer.diagnosis.columns import Fault, Ints, Register
from gazetteer.diagnosis.groups import groups, longest_rising
from gazetteer.numbering.rules import Rules

SIDES = {1: "左侧", -1: "右侧"}


def wrong_side(register: Register, rules: Rules) -> Iterator[Fault]:
    """D3: a door whose parity is that of the other side. The road's own majority decides, a tie the rules."""
    rows, placed = register.on_line, register.placed
    sure = placed.off_m >= float(rules["on_line_m"])
    handle = register.doors.handle[rows]
    odd = register.doors.main[rows] % 2 == 1
    left = placed.side > 0
    agrees = np.where(odd == left, 1, -1) * sure
    votes = np.bincount(handle, weights=agrees, minlength=len(register.handles))
    default = np.where(register.handles.odd_left, 1, -1)
    custom = np.where(votes > 0, 1, np.where(votes < 0, -1, default))
    for at in np.flatnonzero(sure & (agrees != custom[handle])):
        door, side = int(rows[at]), int(placed.side[at])
        number = register.doors.number[door]
        right = "单" if (side > 0) == (custom[handle[at]] > 0) else "双"
        yield Fault(
            "D3", int(handle[at]), (door,), f"{number}号",
            f"{number}号在{SIDES[side]}第{placed.along_m[at]:.0f}米，这一侧是{right}号",
            "核对定位点；位置无误的，按所在一侧重新编号", float(placed.along_m[at]), side,
            register.doors.code[door],
        )  # fmt: skip


def out_of_order(register: Register, rules: Rules) -> Iterator[Fault]:
    """D4: doors of one parity whose number does not fit their place between their neighbours.

    The longest run that rises (or falls, where the road runs the other way) is taken as right; what is left over and
    lies further out of place than positions are sure is reported.
    """
    rows, along = register.on_line, register.placed.along_m
    doubled = _doubled(register)
    rows_kept = np.flatnonzero(~np.isin(rows, doubled))
    handle, main = register.doors.handle[rows], register.doors.main[rows]
    kept_handle, kept_parity = handle[rows_kept], main[rows_kept] % 2
    falling = _falls(kept_handle, along[rows_kept], main[rows_kept], len(register.handles))
    for group in groups(kept_handle, kept_parity):
        mine = rows_kept[group]
        mine = mine[np.lexsort((main[mine], along[mine]))]
        if falling[handle[mine[0]]]:
            mine = mine[::-1]
        yield from _strays(register, mine, float(rules["order_tolerance_m"]))


def _doubled(register: Register) -> Ints:
    """Doors whose number stands twice: D2 tells of them."""
    seen: dict[tuple[int, str, str], int] = {}
    found: set[int] = set()
    doors = register.doors
    for at, key in enumerate(zip(doors.handle.tolist(), doors.number, doors.sub, strict=True)):
        first = seen.setdefault(key, at)
        if first != at:
            found |= {first, at}
    return np.array(sorted(found), dtype=np.int64)


def _falls(handle: Ints, along: NDArray[np.float64], main: Ints, count: int) -> NDArray[np.bool_]:
    """Roads whose numbers fall along the line: the sign of the covariance of chainage and number."""
    size = np.maximum(np.bincount(handle, minlength=count), 1)
    mean_along = np.bincount(handle, weights=along, minlength=count) / size
    mean_main = np.bincount(handle, weights=main.astype(float), minlength=count) / size
    spread = (along - mean_along[handle]) * (main - mean_main[handle])
    return np.bincount(handle, weights=spread, minlength=count) < 0


def _strays(register: Register, mine: Ints, tolerance: float) -> Iterator[Fault]:
    rows, along = register.on_line, register.placed.along_m
    values = register.doors.main[rows[mine]]
    if np.all(np.diff(values) >= 0):
        return
    right = longest_rising(values.tolist())
    is_right = np.zeros(len(mine), dtype=bool)
    is_right[right] = True
    run_values, run_along = values[right], along[mine[right]]
    for at in np.flatnonzero(~is_right):
        place = int(np.searchsorted(run_values, values[at]))
        behind = run_along[place - 1] if place else None
        ahead = run_along[place] if place < len(run_along) else None
        here = float(along[mine[at]])
        if _away(here, behind, ahead) <= tolerance:
            continue
        yield _stray_fault(register, int(mine[at]), run_values, place)


def _away(here: float, behind: float | None, ahead: float | None) -> float:
    """How far a place lies outside the stretch between two neighbours."""
    ends = [end for end in (behind, ahead) if end is not None]
    if len(ends) == 2:
        return max(min(ends) - here, here - max(ends), 0.0)
    return abs(here - ends[0]) if ends else 0.0


def _stray_fault(register: Register, at: int, run: Ints, place: int) -> Fault:
    door = int(register.on_line[at])
    number, here = register.doors.number[door], float(register.placed.along_m[at])
    between = "、".join(f"{int(n)}号" for n in run[max(place - 1, 0) : place + 1])
    return Fault(
        "D4", int(register.doors.handle[door]), (door,), f"{number}号",
        f"{number}号在第{here:.0f}米，与相邻的{between}顺序不一致",
        "核对定位点；位置无误的，按前后门牌重新编号", here, int(register.placed.side[at]), register.doors.code[door],
    )  # fmt: skip


def far_off(register: Register, rules: Rules) -> Iterator[Fault]:
    """D8: a door stands further from its road than half its width and what the rules allow."""
    rows, placed = register.on_line, register.placed
    handle = register.doors.handle[rows]
    limit = float(rules["off_road_m"]) + register.handles.half_width[handle]
    for at in np.flatnonzero(placed.off_m > limit):
        door = int(rows[at])
        number = register.doors.number[door]
        yield Fault(
            "D8", int(handle[at]), (door,), f"{number}号",
            f"{number}号离{register.handles.name[handle[at]]}中线{placed.off_m[at]:.0f}米，超过{limit[at]:.0f}米",
            "核对定位点和所属道路；确在别的路上的，办理变更", float(placed.along_m[at]), int(placed.side[at]),
            register.doors.code[door],
        )  # fmt: skip
