"""What numbers alone tell: D1 missing ones (跳号), D2 doubles (重号), D5 outside the laid-down range (号段外)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from gazetteer.diagnosis.columns import Fault, Register
from gazetteer.diagnosis.groups import groups, runs

_WIDEST = 2_000
"""A single wild number (9999号) must not call five thousand numbers missing."""


def missing(register: Register) -> Iterator[Fault]:
    """D1: a number between others of its side is neither given nor kept back."""
    doors, handles = register.doors, register.handles
    road = np.array([line is not None for line in handles.line], dtype=bool)[doors.handle]
    parity = np.where(road, doors.main % 2, 2)
    rows = np.flatnonzero(doors.main > 0)
    for group in groups(doors.handle[rows], parity[rows]):
        mine = rows[group]
        handle, step = int(doors.handle[mine[0]]), 2 if parity[mine[0]] < 2 else 1
        present = np.unique(doors.main[mine])
        first = 1 if step == 1 or present[0] % 2 else 2
        for one, other in _gaps(present, first, step):
            gone = [n for n in range(one, other, step) if (handle, n) not in register.reserved]
            for low, high in runs(gone, step):
                yield _gap_fault(register, handle, low, high, step)


def _gaps(present: np.ndarray, first: int, step: int) -> Iterator[tuple[int, int]]:
    before = np.concatenate(([first - step], present[:-1]))
    for at in np.flatnonzero((present - before > step) & (present - before <= _WIDEST)):
        yield int(before[at]) + step, int(present[at])


def _gap_fault(register: Register, handle: int, low: int, high: int, step: int) -> Fault:
    count = (high - low) // step + 1
    text = f"{low}号" if count == 1 else f"{low}至{high}号"
    kind = "" if step == 1 else ("单号" if low % 2 else "双号")
    return Fault(
        "D1", handle, (), text, f"{register.handles.name[handle]}{kind}缺{text}，共{count}个，未列为预留号",
        f"查无此门的，把{text}列为预留号；有门未编的，补编登记", about=f"{low}-{high}",
    )  # fmt: skip


def doubles(register: Register) -> Iterator[Fault]:
    """D2: one number of a road or natural village stands at two doors."""
    doors = register.doors
    seen: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
    for at, key in enumerate(zip(doors.handle.tolist(), doors.number, doors.sub, strict=True)):
        if key[1]:
            seen[key].append(at)
    for (handle, number, sub), rows in seen.items():
        if len(rows) > 1:
            text = f"{number}号{'-' + sub if sub else ''}"
            yield Fault(
                "D2", handle, tuple(rows), text,
                f"{register.handles.name[handle]}{text}登记了{len(rows)}处",
                "保留先登记的一处，其余按相邻门牌另编号或编附号", about=f"{number}-{sub}",
            )  # fmt: skip


def outside_range(register: Register) -> Iterator[Fault]:
    """D5: a number lies outside what the road's approval laid down."""
    doors, handles = register.doors, register.handles
    low, high = handles.lowest[doors.handle], handles.highest[doors.handle]
    wrong = (doors.main > 0) & (low >= 0) & (high >= 0) & ((doors.main < low) | (doors.main > high))
    for at in np.flatnonzero(wrong).tolist():
        handle = int(doors.handle[at])
        yield Fault(
            "D5", handle, (at,), f"{doors.number[at]}号",
            f"{doors.number[at]}号不在号段{handles.lowest[handle]}至{handles.highest[handle]}号内",
            "核对号码；道路延长的，先修订号段，否则重新编号", about=doors.code[at],
        )  # fmt: skip
