"""Random interleavings of two devices and the office: nothing is lost, nothing is written twice.

The rules alone are played 10,000 times always; through the database a few hundred times, 10,000 with ``DIMING_SOAK=1``.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text

from boundary.field import devices, receiving, records
from boundary.field.merge import WITHDRAWN, Ground, Item, Mark, State, merge
from boundary.field.receiving import Sender
from geo.store.engine import session
from tests.faults.kept import keep
from tests.properties.field_play import DEVICES, Story, perform

SOAK = os.environ.get("DIMING_SOAK") == "1"
THROUGH_THE_DATABASE = 10_000 if SOAK else 150
BY_THE_RULES_ALONE = 10_000


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


def check_story(story: Story, state: State) -> None:
    """Every item has one answer that never changes and tells for each of its fields what became of it."""
    assert story.answers.keys() == story.made.keys()
    for client_id, answers in story.answers.items():
        item = story.made[client_id]
        assert all(answer == answers[0] for answer in answers)
        assert answers[0].keys() == (item.content.keys() if item.act == "write" else {WITHDRAWN})
        for name, fate in answers[0].items():
            if fate == "superseded":
                later = [o for o in story.made.values() if o.device == item.device and o.seq > item.seq]
                assert any(name in (*other.content, WITHDRAWN) for other in later)
    for name, value in state.content.items():
        writer = state.marks[name].item
        source = story.made[writer].content if writer in story.made else story.desk[writer]
        assert source[name] == value


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


class Anything:
    """A trade that takes everything: the play is about the sync alone."""

    kind = "play"

    def refusal(self, *_: Any) -> str:
        return ""

    def withdrawal_refusal(self, *_: Any) -> str:
        return ""

    def meanwhile(self, *_: Any) -> dict[str, Any]:
        return {}

    def ground(self, *_: Any) -> Ground:
        return Ground()

    def written(self, *_: Any, **__: Any) -> None:
        return None

    def title(self, _: Any, code: str) -> str:
        return code


TRADES = {"play": Anything()}


@pytest.fixture
def two_devices(database_url: str) -> Iterator[None]:
    with session() as db:
        for number, device in enumerate(DEVICES):
            devices.register(db, device, account=f"员{number}", division="", label="手机")
    yield


@pytest.mark.timeout(0 if SOAK else 300)  # ten thousand plays, each of a hundred transactions, take an hour
def test_through_the_database_every_item_is_applied_once_or_in_the_list_of_conflicts(
    two_devices: None,
) -> None:
    told: Counter[str] = Counter()
    for seed in range(THROUGH_THE_DATABASE):
        subject = f"play:{seed}"

        def take(item: Item, subject: str = subject) -> Mapping[str, str]:
            with session() as db:
                return receiving.receive(db, subject, item, Sender("员"), TRADES).fields

        def desk(client_id: str, content: Mapping[str, Any], subject: str = subject) -> None:
            with session() as db:
                version = records.read(db, subject).version
                receiving.write_at_desk(
                    db, subject, client_id, content, expected=version, actor="科室", trades=TRADES
                )

        def read(subject: str = subject) -> State:
            with session() as db:
                return records.read(db, subject)

        story = perform(random.Random(seed), take, desk, read)
        state = read()
        check_story(story, state)
        told.update(_check_tables(subject, story, state))
    keep("two phones and the office, through the database", {"interleavings": THROUGH_THE_DATABASE, **told})


def _check_tables(subject: str, story: Story, state: State) -> Counter[str]:
    with session() as db:
        items = db.execute(text("SELECT * FROM register.field_item WHERE subject = :s"), {"s": subject}).all()
        waiting = db.execute(
            text("SELECT * FROM register.field_conflict WHERE subject = :s"), {"s": subject}
        ).all()
    assert {str(item.client_id) for item in items} == story.made.keys() | story.desk.keys()
    held = {str(item.client_id) for item in items if "held" in item.fields.values()}
    assert held == {str(one.client_id) for one in waiting} and len(held) == len(waiting)
    assert state.version == sum("written" in item.fields.values() for item in items)
    for one in waiting:
        assert one.mine == story.made[str(one.client_id)].content
    sent = story.made.keys() | story.desk.keys()
    return Counter(
        items=len(story.made), deliveries=sum(map(len, story.answers.values())), desk_writes=len(story.desk),
        conflicts=len(waiting), lost=len(sent - {str(item.client_id) for item in items}), doubled=len(items) - len(sent),
    )  # fmt: skip
