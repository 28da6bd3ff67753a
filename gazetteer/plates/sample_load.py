"""Sample plates (示例门牌) over the sample district, in every state of their life; the same seed, the same plates."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gazetteer.plates import checks
from gazetteer.plates.codes import new_code
from gazetteer.plates.kinds import kind_for
from gazetteer.plates.loading import Step, load, load_cases
from geo.store.acts import bulk_act, copy_rows

MOST: Final = 3000
MAKERS: Final = ("示例标牌一厂", "示例标牌二厂")
INSTALLERS: Final = ("示例安装一组", "示例安装二组", "示例安装三组")
_CHAIN: Final = ("ordered", "making", "arrived", "hung")
_ACTS: Final = {"making": "make", "arrived": "receive", "hung": "hang", "damaged": "damage", "missing": "lose",
                "replaced": "replace"}  # fmt: skip
_SHARES: Final = (("hung", 0.70), ("arrived", 0.10), ("making", 0.07), ("ordered", 0.06), ("damaged", 0.016),
                  ("missing", 0.008), ("replaced", 0.046))  # fmt: skip
# Street by street, as a project hangs them, the streets in an order that tells nothing; never the same door twice.
_DOORS = text("""
    SELECT a.code, a.handle_kind, a.number, a.bld, a.unit, a.room, coalesce(a.town, a.county) AS town,
           ST_X(q.geom) AS lon, ST_Y(q.geom) AS lat, ST_AsHEXEWKB(q.geom) AS geom
    FROM register.address a JOIN register.address_point q ON q.address = a.code AND q.kind = 'entrance'
    WHERE a.made_up AND a.valid_to IS NULL AND a.principal IS NULL
      AND NOT EXISTS (SELECT FROM register.plate p WHERE p.address = a.code)
    ORDER BY md5(coalesce(a.road, a.natvil, a.estate, '') || :seed), a.code LIMIT :most
""")


class _Making:
    """What is put together before it is copied in."""

    def __init__(self, seed: int, actor: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - sample data, to be made again the same
        self.actor = actor
        self.now = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
        self.plates: list[tuple[Any, ...]] = []
        self.steps: list[Step] = []
        self.repairs: list[tuple[Any, ...]] = []
        self.clocks: list[tuple[Any, ...]] = []
        self.batches: dict[tuple[str, str], list[Any]] = {}

    def state(self) -> str:
        """One state, by the shares of a project that is well under way."""
        return self.chance.choices([s for s, _ in _SHARES], [share for _, share in _SHARES])[0]

    def code(self) -> str:
        """A code from the seed; real plates get theirs from the system's own randomness."""
        return new_code(self.chance.randrange)

    def batch(self, town: str) -> str:
        """The batch of a township, each with one maker."""
        maker = MAKERS[int(town) // 1000 % len(MAKERS)]
        known = self.batches.setdefault((maker, town), [f"SL{town[4:9]}", maker, "示例批次", town, 0])
        known[4] += 1
        return str(known[0])


def load_sample(db: Session, *, seed: int = 331003, most: int = MOST, actor: str = "system") -> int:
    """Hang plates on a part of the sample's doors, with batches, defects and a spot check; gives how many.

    A second time finds the doors taken and does nothing once enough hang.
    """
    if db.scalar(text("SELECT EXISTS (SELECT FROM register.plate WHERE made_up)")):
        return 0
    made = _Making(seed, actor)
    for door in db.execute(_DOORS, {"seed": str(seed), "most": most}):
        _plate(made, door, made.state())
    if not made.plates:
        return 0
    with bulk_act(db, actor=actor, action="plate.sample", detail={"seed": seed}):
        _write(db, made)
        _check(db, seed, actor)
    return len(made.plates)


def _plate(
    made: _Making, door: Row[Any], state: str, replaces: str | None = None, age: int | None = None
) -> str:
    code = made.code()
    days = age or made.chance.randrange(60, 300)
    chain = _chain(state)
    ordered = made.now - timedelta(days=days)
    hung_at = ordered + timedelta(days=30) if "hung" in chain else None
    installer = made.chance.choice(INSTALLERS) if hung_at else ""
    batch = made.batch(door.town) if len(chain) > 1 else None
    kind = kind_for(door.handle_kind, bld=door.bld, unit=door.unit, room=door.room, number=door.number)
    made.plates.append((code, door.code, kind, "换发" if replaces else "新编", replaces, batch, installer, hung_at,
                        door.geom if hung_at else None, made.chance.choice((3.0, 4.0, 5.0, 8.0)) if hung_at else None,
                        "示例数据", True, ordered, None))  # fmt: skip
    _steps(made, code, chain, ordered, days)
    if state in {"damaged", "missing"}:
        _repair(made, code, state)
    if state == "replaced":
        _mended(made, code, _plate(made, door, "hung", code, age=days // 2), days // 2)
    return code


def _chain(state: str) -> Sequence[str]:
    """The states a plate went through to get where it is."""
    if state in _CHAIN:
        return _CHAIN[: _CHAIN.index(state) + 1]
    return (*_CHAIN, state)


def _steps(made: _Making, code: str, chain: Sequence[str], ordered: datetime, days: int) -> None:
    before = None
    for place, state in enumerate(chain):
        # What comes after hanging happened lately, everything else ten days apart.
        late = made.now - timedelta(days=made.chance.randrange(1, max(2, min(20, days - 32))))
        at = late if place == len(_CHAIN) else ordered + timedelta(days=10 * place)
        act = "begin" if before is None else _ACTS[state]
        made.steps.append(Step("plate", code, act, before, state, made.actor, at, "示例数据"))
        before = state


def _repair(made: _Making, plate: str, state: str) -> None:
    order = f"WX{made.code()[:8]}"
    reported = made.now - timedelta(days=made.chance.randrange(1, 36))
    cause = "missing" if state == "missing" else made.chance.choice(("damaged", "loose", "faded", "code"))
    _order(made, order, plate, cause, reported)


def _mended(made: _Making, plate: str, replacement: str, days: int) -> None:
    """A defect that is behind us: a new plate hangs there, most in time, some late."""
    order = f"WX{made.code()[:8]}"
    reported = made.now - timedelta(days=days + 2)
    cause = made.chance.choice(("damaged", "missing", "faded", "code"))
    took = made.chance.choice((4, 9, 14, 21, 27, 36))
    _order(made, order, plate, cause, reported, replacement, min(reported + timedelta(days=took), made.now))


def _order(
    made: _Making, order: str, plate: str, cause: str, reported: datetime, replacement: str | None = None,
    finished: datetime | None = None,
) -> None:  # fmt: skip
    made.repairs.append((order, plate, cause, "示例数据", "公众", replacement, True, reported))
    made.steps.append(Step("plate-repair", order, "begin", None, "open", made.actor, reported, "示例数据"))
    if finished:
        made.steps.append(
            Step("plate-repair", order, "finish", "open", "done", made.actor, finished, "示例数据")
        )
    day = reported.date()
    made.clocks.append(
        ("plate-repair", order, "repair", "修复", day, 30, "calendar", day + timedelta(days=30), "示例数据",
         finished.date() if finished else None)
    )  # fmt: skip


def _write(db: Session, made: _Making) -> None:
    copy_rows(db, "register.plate_maker", ("name",), ((name,) for name in MAKERS))
    sent = date.today() - timedelta(days=200)
    copy_rows(db, "register.plate_batch", ("code", "maker", "title", "town", "ordered", "made_up", "sent_on", "actor"),
              ((code, maker, title, town, count, True, sent, made.actor)
               for code, maker, title, town, count in made.batches.values()))  # fmt: skip
    # A plate that takes another's place comes after it in the list, as the foreign key wants.
    load(db, made.plates, made.steps)
    copy_rows(db, "register.plate_repair",
              ("code", "plate", "cause", "note", "reporter", "replacement", "made_up", "reported_at"), made.repairs)  # fmt: skip
    load_cases(db, [step for step in made.steps if step.machine == "plate-repair"])
    copy_rows(db, "register.case_clock",
              ("machine", "subject", "name", "label", "started_on", "days", "basis", "due_on", "source", "stopped_on"),
              made.clocks)  # fmt: skip


def _check(db: Session, seed: int, actor: str) -> None:
    """A check that is half walked, so that its page has something to say."""
    check = checks.draw(db, rate=0.02, seed=seed, actor=actor, title="示例抽查")
    chance = random.Random(seed)  # noqa: S311
    for item in list(checks.items(db, check))[::2]:
        good = chance.random() < 0.93
        checks.judge(
            db, check, item["plate"], passed=good, actor=actor, fault="" if good else "安装不牢（示例数据）"
        )
