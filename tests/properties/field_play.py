"""Two devices and the office write about one record in random order, over a network that loses, doubles and reorders.

The play is made once, as a list of moves; ``perform`` runs it against anything that takes items and tells the record.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boundary.field.merge import Item, State

DEVICES = (str(uuid.UUID(int=1)), str(uuid.UUID(int=2)))
FIELDS = ("state", "note", "cleaned", "sign.331003", "sign.331024")
Take = Callable[[Item], Mapping[str, str]]
"""Takes an item in and gives field -> what became of it."""
Desk = Callable[[str, Mapping[str, Any]], None]
"""Writes at the desk over the record as it stands."""


@dataclass
class Device:
    """What one device holds: what it saw last, what waits to be sent."""

    name: str
    seq: int = 0
    base: int = 0
    outbox: list[Item] = field(default_factory=list)


@dataclass
class Story:
    """What happened: every item that was made, every answer that came, every write of the desk."""

    made: dict[str, Item] = field(default_factory=dict)
    answers: dict[str, list[Mapping[str, str]]] = field(default_factory=dict)
    desk: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def perform(rng: random.Random, take: Take, desk: Desk, read: Callable[[], State], moves: int = 14) -> Story:
    """Play ``moves`` random moves, then deliver everything that is left, twice."""
    devices, story = [Device(name) for name in DEVICES], Story()
    for _ in range(moves):
        device = rng.choice(devices)
        rng.choices(
            (_write, _deliver, _pull, _office), (5, 4, 2, 1)
        )[0](rng, device, story, take, desk, read)  # fmt: skip
    for _ in range(2):
        for device in devices:
            rng.shuffle(device.outbox)
            for item in device.outbox:
                _send(item, story, take)
    return story


def _write(rng: random.Random, device: Device, story: Story, *_: Any) -> None:
    device.seq += 1
    names = rng.sample(FIELDS, rng.randint(1, 3))
    content = {name: rng.choice(("甲", "乙", "丙", f"{device.name[-1]}-{device.seq}")) for name in names}
    withdraw = rng.random() < 0.08
    item = Item(str(uuid.UUID(int=rng.getrandbits(128), version=4)), device.name, device.seq, device.base,
                {} if withdraw else content, "withdraw" if withdraw else "write")  # fmt: skip
    device.outbox.append(item)
    story.made[item.client_id] = item


def _deliver(rng: random.Random, device: Device, story: Story, take: Take, *_: Any) -> None:
    """Send some of the outbox in any order; some answers get lost, so those items are sent again later."""
    for item in rng.sample(device.outbox, rng.randint(0, len(device.outbox))):
        _send(item, story, take)
        if rng.random() < 0.6:
            device.outbox.remove(item)


def _pull(
    rng: random.Random, device: Device, story: Story, take: Take, desk: Desk, read: Callable[[], State]
) -> None:
    device.base = read().version


def _office(
    rng: random.Random, device: Device, story: Story, take: Take, desk: Desk, read: Callable[[], State]
) -> None:
    made = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    story.desk[made] = {rng.choice(FIELDS): f"科室-{len(story.desk)}"}
    desk(made, story.desk[made])


def _send(item: Item, story: Story, take: Take) -> None:
    story.answers.setdefault(item.client_id, []).append(dict(take(item)))
