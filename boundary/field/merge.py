"""What becomes of a record when an item comes in that was made from an older version of it. Pure: no database.

A record is a set of named fields. Each field remembers who wrote it last and at which version (its mark). An item names
the version its author saw; what others wrote after that version he did not see. The rules, in this order:

* what the same device wrote later goes before what it wrote earlier, in whichever order they arrive;
* the same value on both sides is no conflict;
* a field that somebody else changed unseen is held for a person, and so are the item's signatures;
* everything else is written.

Delivering items twice or in another order therefore ends in the same record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

Kind = Literal["", "field", "deleted", "repaired", "signed"]
Fate = Literal["written", "same", "superseded", "held"]

SIGNATURE: Final = "sign."
"""Fields that begin so are signatures (签字): they stand for everything else that the record says."""
WITHDRAWN: Final = "@withdrawn"
"""The mark of withdrawing and taking up again (撤销、恢复); no field of the content."""
OFFICE: Final = ""
"""The device of what is written at the desk."""
STATE: Final = "state"
"""The field with the state of a marker (完好 损坏 …)."""
SOUND: Final = "完好"


@dataclass(frozen=True, slots=True)
class Mark:
    """Who wrote a field last: the record's version then, the device (empty: the desk), its sequence, the item."""

    version: int
    device: str
    seq: int
    item: str


@dataclass(frozen=True, slots=True)
class State:
    """A record as it stands."""

    version: int = 0
    content: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that one device wrote about one record.

    Attributes:
        seq: counts the items of the device upwards.
        base_version: the record's version that the author saw.
        content: field -> new value; empty for a withdrawal.
        seen: what else the author had before him, for the ground (``marker_version``).
    """

    client_id: str
    device: str
    seq: int
    base_version: int
    content: Mapping[str, Any]
    act: Literal["write", "withdraw"] = "write"
    seen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the register itself says meanwhile: the thing is gone, or was repaired after the author saw it."""

    gone: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """The record afterwards, what became of each field of the item, and why something is held, if so."""

    state: State
    fates: Mapping[str, Fate]
    kind: Kind = ""

    @property
    def held(self) -> list[str]:
        """The fields that wait for a person."""
        return sorted(name for name, fate in self.fates.items() if fate == "held")


def merge(state: State, item: Item, later: Collection[str] = (), ground: Ground = Ground()) -> Merged:
    """The record after the item.

    Args:
        later: fields that later items of the same device wrote, which arrived before this one; ``WITHDRAWN``
            among them when there is any later item.
        ground: what the register says.
    """
    if item.act == "withdraw":
        return _withdraw(state, item, later)
    fates: dict[str, Fate] = {name: _fate(state, item, name, later) for name in item.content}
    kind = _clash(state, item, fates, ground)
    written = [name for name, fate in fates.items() if fate == "written"]
    if not written:
        return Merged(state, fates, kind)
    revived = state.withdrawn and WITHDRAWN not in later
    return Merged(
        _write(state, item, written, withdrawn=state.withdrawn and not revived, marked=revived), fates, kind
    )


def standing(state: State) -> list[str]:
    """The signatures that cover all the record says: nothing else was written after them, and it was not withdrawn."""
    if state.withdrawn:
        return []
    body = [mark for name, mark in state.marks.items() if name != WITHDRAWN and not is_signature(name)]
    return sorted(
        name
        for name, mark in state.marks.items()
        if is_signature(name) and state.content.get(name) and all(_before(one, mark) for one in body)
    )


def stand_again(state: State) -> State:
    """A withdrawn record after the office wrote it anew with the words that it had."""
    mark = Mark(state.version + 1, OFFICE, 0, "")
    return replace(state, version=mark.version, withdrawn=False, marks={**state.marks, WITHDRAWN: mark})


def is_signature(name: str) -> bool:
    """Whether a field is a signature."""
    return name.startswith(SIGNATURE)


def _before(one: Mark, signed: Mark) -> bool:
    # The same device's earlier entry may arrive after its signature; it was before the signer's eyes all the same.
    return one.version <= signed.version or (one.device == signed.device != OFFICE and one.seq < signed.seq)


def _fate(state: State, item: Item, name: str, later: Collection[str]) -> Fate:
    if name in later:
        return "superseded"
    if name in state.content and state.content[name] == item.content[name]:
        return "same"
    return "held" if _unseen(state, item, name) else "written"


def _unseen(state: State, item: Item, name: str) -> bool:
    """Whether somebody else wrote the field after the version that the author saw."""
    mark = state.marks.get(name)
    return mark is not None and mark.version > item.base_version and mark.device != item.device


def _clash(state: State, item: Item, fates: dict[str, Fate], ground: Ground) -> Kind:
    """Hold more where the whole is touched; gives why anything is held."""
    if ground.gone or (state.withdrawn and _unseen(state, item, WITHDRAWN)):
        _hold(fates, list(fates))
        return "deleted" if "held" in fates.values() else ""
    found: Kind = "field" if "held" in fates.values() else ""
    signatures = [name for name in fates if is_signature(name)]
    body = [name for name in fates if not is_signature(name)]
    if any(is_signature(name) and _unseen(state, item, name) for name in standing(state)):
        held = _hold(fates, body)
        found = found or ("signed" if held else "")
    if signatures and any(_unseen(state, item, name) for name in _body_marks(state)):
        found = "signed" if _hold(fates, signatures) and not found else found
    if ground.repaired and item.content.get(STATE, SOUND) != SOUND:
        found = "repaired" if _hold(fates, [STATE]) else found
    if found:
        _hold(fates, signatures)
    return found


def _body_marks(state: State) -> list[str]:
    return [name for name in state.marks if name != WITHDRAWN and not is_signature(name)]


def _hold(fates: dict[str, Fate], names: list[str]) -> bool:
    held = [name for name in names if fates[name] in ("written", "held")]
    fates.update(dict.fromkeys(held, "held"))
    return bool(held)


def _withdraw(state: State, item: Item, later: Collection[str]) -> Merged:
    if later:
        return Merged(state, {WITHDRAWN: "superseded"})
    if state.withdrawn:
        return Merged(state, {WITHDRAWN: "same"})
    if any(_unseen(state, item, name) for name in state.marks):
        return Merged(state, {WITHDRAWN: "held"}, "deleted")
    return Merged(_write(state, item, [], withdrawn=True, marked=True), {WITHDRAWN: "written"})


def _write(state: State, item: Item, names: list[str], *, withdrawn: bool, marked: bool) -> State:
    version = state.version + 1
    mark = Mark(version, item.device, item.seq, item.client_id)
    marks = dict.fromkeys(names, mark) | ({WITHDRAWN: mark} if marked else {})
    return replace(
        state,
        version=version,
        content={**state.content, **{name: item.content[name] for name in names}},
        marks={**state.marks, **marks},
        withdrawn=withdrawn,
    )
