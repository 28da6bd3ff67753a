"""Random interleavings of two devices and the office: nothing is lost, nothing is written twice.

The rules alone are played 10,000 times always; through the register some times, 10,000 with ``DIMING_SOAK=1``
and by ``./run bench interleavings``.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from boundary.field.merge import WITHDRAWN, Ground, Item, Mark, State, merge
from tests.faults.kept import keep
from tests.properties.field_play import DEVICES, check_story, perform
from tests.properties.field_register import ground, play

SOAK = os.environ.get("DIMING_SOAK") == "1"
THROUGH_THE_REGISTER = 10_000 if SOAK else 40
BY_THE_RULES_ALONE = 10_000
FOUND_SOMETHING = (189, 719)
"""A word without a place in the form that let signatures fall on one side only; a record that rose again after its
withdrawal when the words before it came late."""


@dataclass
class Ledger:
    """The rules with a plain memory: what the database does, without it."""

    state: State = field(default_factory=State)
    known: dict[str, tuple[Item, dict[str, str]]] = field(default_factory=dict)
    written: list[tuple[str, str, Any]] = field(default_factory=list)

    def take(self, item: Item) -> Mapping[str, str]:
        if item.client_id not in self.known:
            later = {
                name
                for other, _ in self.known.values()
                if other.device == item.device and other.seq > item.seq
                for name in (*other.content, WITHDRAWN)
            }
            merged = merge(self.state, item, later)
            self.known[item.client_id] = (item, dict(merged.fates))
            self.written += [
                (item.client_id, n, item.content.get(n)) for n, f in merged.fates.items() if f == "written"
            ]
            self.state = merged.state
        return self.known[item.client_id][1]

    def desk(self, client_id: str, content: Mapping[str, Any]) -> None:
        merged = merge(self.state, Item(client_id, "", 0, self.state.version, content))
        self.written += [(client_id, n, content[n]) for n, f in merged.fates.items() if f == "written"]
        self.state = merged.state


@pytest.mark.parametrize("start", range(0, BY_THE_RULES_ALONE, 2000))
def test_the_rules_lose_nothing_and_double_nothing(start: int) -> None:
    for seed in range(start, start + 2000):
        ledger = Ledger()
        story = perform(random.Random(seed), ledger.take, ledger.desk, lambda ledger=ledger: ledger.state)
        check_story(story, ledger.state)
        # Each write raised the version by one, and no field of an item was written twice.
        assert len(ledger.written) == len({(item, name) for item, name, _ in ledger.written})
        assert ledger.state.version == len({item for item, _, _ in ledger.written})


def test_a_device_alone_ends_in_its_last_words_in_whatever_order_they_arrive() -> None:
    for seed in range(500):
        rng = random.Random(seed)
        items = [
            Item(
                f"i{n}",
                DEVICES[0],
                n,
                0,
                {name: f"{name}{n}" for name in rng.sample("abcd", rng.randint(1, 4))},
            )
            for n in range(1, 7)
        ]
        straight, shuffled = Ledger(), Ledger()
        for item in items:
            straight.take(item)
        for item in rng.sample(items, len(items)) + rng.sample(items, 3):
            shuffled.take(item)
        assert shuffled.state.content == straight.state.content


def test_what_the_other_side_did_not_see_is_never_overwritten() -> None:
    state = State(3, {"note": "乙"}, {"note": Mark(3, DEVICES[1], 1, "x")})
    merged = merge(state, Item("i", DEVICES[0], 1, 2, {"note": "甲", "cleaned": True}))
    assert (merged.held, merged.kind, merged.state.content) == (
        ["note"],
        "field",
        {"note": "乙", "cleaned": True},
    )
    assert merge(state, Item("i", DEVICES[0], 1, 3, {"note": "甲"})).held == []
    assert merge(state, Item("i", DEVICES[0], 1, 2, {"note": "乙"})).fates == {"note": "same"}


def test_a_signature_holds_only_over_what_the_signer_saw() -> None:
    signed = merge(State(), Item("a", DEVICES[0], 1, 0, {"state": "完好", "sign.A": "笔迹"})).state
    unseen = merge(signed, Item("b", DEVICES[1], 1, 0, {"note": "后来补的"}))
    assert (unseen.kind, unseen.held) == ("signed", ["note"])
    late = merge(
        State(2, {"state": "倾斜"}, {"state": Mark(2, DEVICES[1], 1, "x")}),
        Item("c", DEVICES[0], 1, 1, {"sign.A": "笔迹"}),
    )
    assert (late.kind, late.held) == ("signed", ["sign.A"])


def test_a_marker_repaired_meanwhile_is_not_recorded_as_damaged_without_a_person() -> None:
    item = Item("a", DEVICES[0], 1, 0, {"state": "损坏", "note": "断裂", "sign.A": "笔迹"})
    merged = merge(State(), item, (), Ground(repaired=True))
    assert (merged.kind, merged.held) == ("repaired", ["sign.A", "state"])
    gone = merge(State(), item, (), Ground(gone=True))
    assert (gone.kind, gone.held) == ("deleted", ["note", "sign.A", "state"])


@pytest.mark.timeout(0 if SOAK else 300)
def test_through_the_register_every_item_is_applied_once_or_in_the_list_of_conflicts(
    database_url: str, tmp_path: Path
) -> None:
    round_code = ground(tmp_path, THROUGH_THE_REGISTER)
    told: Counter[str] = Counter()
    seeds = [*range(THROUGH_THE_REGISTER - len(FOUND_SOMETHING)), *FOUND_SOMETHING]
    for marker, seed in enumerate(seeds):
        told += play(round_code, seed, marker)
    assert told["interleavings"] == THROUGH_THE_REGISTER
    assert told["conflicts"] and told["refused"] and told["desk writes past the sync"]
    keep("two phones and the office, through the register", dict(told))
