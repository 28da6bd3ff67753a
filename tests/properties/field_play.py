"""Two devices and the office write about one record in random order, over a network that loses, doubles and reorders.

The play is made once, as a list of moves; ``perform`` runs it against anything that takes items and tells the record.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boundary.field.merge import WITHDRAWN, Item, State

DEVICES = (str(uuid.UUID(int=1)), str(uuid.UUID(int=2)))
FIELDS = ("state", "note", "cleaned", "sign.331003", "sign.331024")
Take = Callable[[Item], Mapping[str, str]]
"""Takes an item in and gives field -> what became of it."""
Desk = Callable[[str, Mapping[str, Any]], None]
"""Writes at the desk over the record as it stands."""
Words = Callable[[random.Random, str], dict[str, Any]]
"""What somebody writes: field -> value; the text is one that nobody else writes."""


def any_words(rng: random.Random, own: str) -> dict[str, Any]:
    """One to three fields of a device, with values that two may both write."""
    return {name: rng.choice(("甲", "乙", "丙", own)) for name in rng.sample(FIELDS, rng.randint(1, 3))}


def one_word(rng: random.Random, own: str) -> dict[str, Any]:
    """One field of the office."""
    return {rng.choice(FIELDS): own}


@dataclass
class Device:
    """What one device holds: what it saw last, what waits to be sent."""

    name: str
    seq: int = 0
    base: int = 0
    outbox: list[Item] = field(default_factory=list)


@dataclass
class Story:
    """What happened: every item that was made, every answer that came, every write of the desk; what was refused."""

    made: dict[str, Item] = field(default_factory=dict)
    answers: dict[str, list[Mapping[str, str]]] = field(default_factory=dict)
    desk: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def perform(
    rng: random.Random, take: Take, desk: Desk, read: Callable[[], State], *,
    words: tuple[Words, Words] = (any_words, one_word), moves: int = 14,
) -> Story:  # fmt: skip
    """Play ``moves`` random moves, then deliver everything that is left, twice.

    ``words`` are those of the devices and those of the office.
    """
    devices, story = [Device(name) for name in DEVICES], Story()
    acts = (
        lambda device: _write(rng, device, story, words[0]),
        lambda device: _deliver(rng, device, story, take),
        lambda device: setattr(device, "base", read().version),
        lambda _: _office(rng, story, desk, words[1]),
    )
    for _ in range(moves):
        rng.choices(acts, (5, 4, 2, 1))[0](rng.choice(devices))
    for _ in range(2):
        for device in devices:
            rng.shuffle(device.outbox)
            for item in device.outbox:
                _send(item, story, take)
    return story


def _write(rng: random.Random, device: Device, story: Story, words: Words) -> None:
    device.seq += 1
    withdraw = rng.random() < 0.08
    content = {} if withdraw else words(rng, f"{device.name[-1]}-{device.seq}")
    item = Item(_id(rng), device.name, device.seq, device.base, content, "withdraw" if withdraw else "write")
    device.outbox.append(item)
    story.made[item.client_id] = item


def _deliver(rng: random.Random, device: Device, story: Story, take: Take) -> None:
    """Send some of the outbox in any order; some answers get lost, so those items are sent again later."""
    for item in rng.sample(device.outbox, rng.randint(0, len(device.outbox))):
        _send(item, story, take)
        if rng.random() < 0.6:
            device.outbox.remove(item)


def _office(rng: random.Random, story: Story, desk: Desk, words: Words) -> None:
    made = _id(rng)
    story.desk[made] = words(rng, f"科室-{len(story.desk)}")
    desk(made, story.desk[made])


def _send(item: Item, story: Story, take: Take) -> None:
    story.answers.setdefault(item.client_id, []).append(dict(take(item)))


def _id(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def check_story(story: Story, state: State) -> None:
    """Every item has one answer that never changes and tells for each of its fields what became of it; nothing stands
    in the record that nobody wrote."""
    assert story.answers.keys() == story.made.keys()
    for client_id, answers in story.answers.items():
        item = story.made[client_id]
        assert all(answer == answers[0] for answer in answers)
        if client_id not in story.refused:
            assert answers[0].keys() == (item.content.keys() if item.act == "write" else {WITHDRAWN})
        for name, fate in answers[0].items():
            if fate == "superseded":
                later = [o for o in story.made.values() if o.device == item.device and o.seq > item.seq]
                assert any(name in (*other.content, WITHDRAWN) for other in later)
    for name, value in state.content.items():
        assert value in _said(story, state.marks[name].item, name)


def _said(story: Story, writer: str, name: str) -> list[Any]:
    """What the writer of a field said; the desk's own pages leave no item."""
    if writer in story.made:
        return [story.made[writer].content[name]]
    told = [story.desk[writer]] if writer in story.desk else list(story.desk.values())
    return [content[name] for content in told if name in content]
