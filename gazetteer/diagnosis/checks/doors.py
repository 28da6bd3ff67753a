"""What stands at one door: D6 several numbers (一门多牌), D7 none or one too many, D9 old names, D10 home-made plates."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from gazetteer.diagnosis.columns import Fault, Register
from gazetteer.diagnosis.groups import groups
from gazetteer.numbering.rules import Rules


def several_at_one(register: Register, rules: Rules) -> Iterator[Fault]:
    """D6: two or more numbers at one entrance."""
    doors = register.doors
    rows = np.flatnonzero(np.isfinite(doors.xy).all(axis=1))
    if len(rows) < 2:
        return
    pairs = cKDTree(doors.xy[rows]).query_pairs(float(rules["same_door_m"]), output_type="ndarray")
    if not len(pairs):
        return
    shape = (len(rows), len(rows))
    graph = coo_matrix((np.ones(len(pairs), dtype=np.int8), (pairs[:, 0], pairs[:, 1])), shape=shape)
    label = connected_components(graph, directed=False)[1]
    touched = np.unique(pairs)
    for group in groups(label[touched].astype(np.int64)):
        some = rows[touched[group]]
        faces = {(int(doors.handle[i]), doors.number[i], doors.sub[i]) for i in some}
        if len(faces) > 1:
            yield _several_fault(register, tuple(int(i) for i in some))


def _several_fault(register: Register, some: tuple[int, ...]) -> Fault:
    doors, names = register.doors, register.handles.name
    shown = [
        f"{names[doors.handle[i]]}{doors.number[i]}号{'-' + doors.sub[i] if doors.sub[i] else ''}"
        for i in some
    ]
    text = "、".join(sorted(set(shown)))
    where = np.searchsorted(register.on_line, some[0])
    known = where < len(register.on_line) and register.on_line[where] == some[0]
    return Fault(
        "D6", int(doors.handle[some[0]]), some, text, f"同一个门上有{len(set(shown))}个号码：{text}",
        "保留现行的一个，其余注销并指向它；确是两户的，分别定位",
        float(register.placed.along_m[where]) if known else None,
        int(register.placed.side[where]) if known else None, min(doors.code[i] for i in some),
    )  # fmt: skip


def door_or_plate_missing(register: Register) -> Iterator[Fault]:
    """D7: a registered door without a plate, or a hanging plate whose door is retired.

    Doors are looked at only on roads and in villages where a plate hangs: where nobody has begun, that is told by the
    progress of the plates, and no fault of each door.
    """
    doors, plates = register.doors, register.plates
    hung = np.fromiter((code in plates.hung for code in doors.code), bool, len(doors))
    begun = np.isin(doors.handle, doors.handle[hung])
    for at in np.flatnonzero(begun & ~hung).tolist():
        number = doors.number[at]
        yield Fault(
            "D7", int(doors.handle[at]), (at,), f"{number}号", f"{number}号没有挂牌", "列入制作批次，安装后拍照登记",
            about=doors.code[at],
        )  # fmt: skip
    for plate, name, was in plates.orphans:
        handle = _handle_named(register, name)
        yield Fault(
            "D7",
            handle,
            (),
            was,
            f"牌{plate}还挂着，它的门“{was}”已注销",
            "到场核实，拆除旧牌或恢复登记",
            about=plate,
        )


def old_name(register: Register) -> Iterator[Fault]:
    """D9: the road was renamed and the plate still bears the earlier name."""
    place = {code: at for at, code in enumerate(register.doors.code)}
    for plate, door, name in register.plates.old_names:
        at = place.get(door)
        if at is None:
            continue
        handle = int(register.doors.handle[at])
        yield Fault(
            "D9", handle, (at,), f"{register.doors.number[at]}号",
            f"牌{plate}写的是“{name}”，现名是“{register.handles.name[handle]}”", "办理换发，制作现名的牌", about=plate,
        )  # fmt: skip


def home_made(register: Register) -> Iterator[Fault]:
    """D10: a plate that was seen and that nobody registered."""
    for number, face, handle, written in register.plates.unknown:
        yield Fault(
            "D10", handle, (), f"{written}号" if written else face, f"现场看到“{face}”，登记册里没有",
            "查明来历；门确实存在的，补编并换标准牌，自制的牌拆除", about=f"seen-{number}",
        )  # fmt: skip


def _handle_named(register: Register, name: str) -> int:
    return next((at for at, known in enumerate(register.handles.name) if known == name), -1)
