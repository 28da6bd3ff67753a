"""The play of two phones and the office (``field_play``) through the register: a marker of its own for each play.

Every delivery is a transaction as ``/field/sync`` makes it, through the rules of joint inspection: who may write, what the
form holds, the record and its signatures carried over into the register. The office writes through the sync and past it.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary import inspection
from boundary.field import devices, forms, receiving
from boundary.field.inspections import TRADES, subject_of
from boundary.field.merge import SIGNATURE, Item, State, standing
from boundary.field.receiving import Sender
from boundary.inspection.words import STATES
from geo.store.engine import act, session
from tests.properties.field_play import DEVICES, Story, check_story, perform
from tests.walked import HUANGYAN, LINHAI, STROKES, in_field, three_lines

_SENDERS: Final = {
    DEVICES[0]: Sender("chen", frozenset({"inspector"}), HUANGYAN),
    DEVICES[1]: Sender("lin", frozenset({"inspector"}), LINHAI),
}
_TIMES: Final = tuple(f"2026-11-22T0{hour}:30:00+08:00" for hour in (8, 9))
_FIELDS: Final = ("state", "note", "cleaned", "action", "measured", SIGNATURE + HUANGYAN, SIGNATURE + LINHAI)
_MARKERS: Final = text("""
    INSERT INTO register.boundary_marker (code, number, name, geom, source, made_up)
    SELECT 'P' || n, n::text, n || ' 号', ST_SetSRID(ST_MakePoint(121.0 + n / 1e5, 28.7), 4490), '示例数据', true
    FROM generate_series(0, :last) AS n
""")
_PLACES: Final = text("""
    INSERT INTO register.boundary_marker_line (marker, line, serial)
    SELECT 'P' || n, 'HL', n + 100 FROM generate_series(0, :last) AS n
""")
_TASKS: Final = text("""
    INSERT INTO register.boundary_task (round, marker, year, place)
    SELECT :round, 'P' || n, 2026, n + 100 FROM generate_series(0, :last) AS n
""")


def ground(folder: Path, plays: int) -> str:
    """A line of two counties with a marker for each play, all of them tasks of a round in the field; gives its code."""
    three_lines(folder)
    with session() as db:
        code = in_field(db)
        for sql in (_MARKERS, _PLACES, _TASKS):
            db.execute(sql, {"last": plays - 1} | ({"round": code} if sql is _TASKS else {}))
        for device, sender in _SENDERS.items():
            devices.register(
                db, device, account=sender.account, division=sender.division_code or "", label="手机"
            )
    return code


def play(round_code: str, seed: int, marker: int | None = None) -> Counter[str]:
    """Play once, then look at everything that the register keeps of it; gives what happened.

    ``marker`` is the number of the marker when it is not the seed.

    Raises:
        AssertionError: something was lost, written twice, or stands otherwise in the register than in the record.
    """
    stage = _Stage(round_code, f"P{seed if marker is None else marker}")
    rng = random.Random(seed)
    story = perform(rng, stage.take, stage.desk, stage.read, words=(_on_the_phone, _at_the_desk))
    story.refused |= stage.refused
    state = stage.read()
    check_story(story, state)
    with session() as db:
        return _kept(db, stage, story, state)


@dataclass
class _Stage:
    """One marker's record in the register, as phones and office write it."""

    round: str
    marker: str
    refused: set[str] = field(default_factory=set)
    past: list[str] = field(default_factory=list)

    @property
    def subject(self) -> str:
        return subject_of(self.round, self.marker)

    def take(self, item: Item) -> Mapping[str, str]:
        sender = _SENDERS[item.device]
        with session() as db:
            act(db, actor=sender.account, action=f"field.{item.act}")
            answer = receiving.receive(db, self.subject, item, sender, TRADES)
        if answer.was == "refused":
            assert answer.reason
            self.refused.add(item.client_id)
        return answer.fields

    def desk(self, client_id: str, content: Mapping[str, Any]) -> None:
        with session() as db:
            act(db, actor="li", action="inspection.record")
            if uuid.UUID(client_id).int % 2 and self._wrote_past(db, content):
                self.past.append(client_id)
                return
            version = receiving.current(db, self.subject, TRADES).version
            receiving.write_at_desk(
                db, self.subject, client_id, content, expected=version, actor="li", trades=TRADES
            )

    def _wrote_past(self, db: Session, content: Mapping[str, Any]) -> bool:
        """Whether the record's own page wrote it; a withdrawn one is written anew there, as its page does."""
        row = db.execute(
            text("SELECT id, version, withdrawn_at IS NOT NULL AS withdrawn FROM register.boundary_inspection "
                 "WHERE round = :round AND marker = :marker"),
            {"round": self.round, "marker": self.marker},
        ).one_or_none()  # fmt: skip
        if row is None:
            return False
        reading = replace(inspection.find(db, row.id).reading, **content)
        inspection.record(db, reading, base_version=None if row.withdrawn else row.version)
        return True

    def read(self) -> State:
        with session() as db:
            act(db, actor="chen", action="field.look")
            return receiving.current(db, self.subject, TRADES)


def _on_the_phone(rng: random.Random, own: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "state": rng.choice(STATES),
        "note": rng.choice(("甲", "乙", own)),
        "cleaned": rng.random() < 0.5,
        "action": rng.choice(("现场扶正", own)),
        "measured": {"lon": 121.0, "lat": 28.7, "accuracy_m": rng.choice((1.0, 2.0)), "epoch": "观测时刻"},
    }
    said |= {
        name: {"signer": own, "strokes": STROKES, "signed_at": rng.choice(_TIMES)}
        for name in _FIELDS if name.startswith(SIGNATURE)
    }  # fmt: skip
    names = rng.sample(_FIELDS, rng.randint(1, 4))
    # The form gives the time with the state.
    return {name: said[name] for name in names} | (
        {"inspected_at": rng.choice(_TIMES)} if "state" in names else {}
    )


def _at_the_desk(rng: random.Random, own: str) -> dict[str, Any]:
    return rng.choice(({"note": own}, {"action": own}, {"cleaned": rng.random() < 0.5}))


def _kept(db: Session, stage: _Stage, story: Story, state: State) -> Counter[str]:
    asked = {"s": stage.subject}
    items = db.execute(text("SELECT * FROM register.field_item WHERE subject = :s"), asked).all()
    waiting = db.execute(text("SELECT * FROM register.field_conflict WHERE subject = :s"), asked).all()
    ids = [str(item.client_id) for item in items]
    assert len(ids) == len(set(ids)) and set(ids) == story.made.keys() | (story.desk.keys() - {*stage.past})
    assert {str(item.client_id) for item in items if item.outcome == "refused"} == story.refused
    held = {str(item.client_id) for item in items if "held" in item.fields.values()}
    assert held == {str(one.client_id) for one in waiting} and len(held) == len(waiting)
    assert all(one.mine == story.made[str(one.client_id)].content for one in waiting)
    writes = sum("written" in item.fields.values() for item in items)
    assert writes <= state.version <= writes + len(stage.past)
    _carried(db, stage, state)
    return Counter({
        "interleavings": 1, "items": len(story.made), "deliveries": sum(map(len, story.answers.values())),
        "desk writes": len(story.desk), "desk writes past the sync": len(stage.past), "conflicts": len(waiting),
        "refused": len(story.refused),
    })  # fmt: skip


def _carried(db: Session, stage: _Stage, state: State) -> None:
    """The inspection record says what the record of the sync says, with the signatures that stand and no other."""
    found = next(
        (one for one in inspection.of_marker(db, stage.marker) if one.reading.round == stage.round), None
    )
    if found is None:
        assert state.withdrawn or "state" not in state.content
        return
    assert not state.withdrawn
    assert forms.fields_of(found.reading) == forms.normal(state.content)
    assert {SIGNATURE + one.division for one in found.valid_signatures} == set(standing(state))
