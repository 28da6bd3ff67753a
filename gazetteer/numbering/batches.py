"""A street, a natural village or an estate written in one stroke (批量编号): seen first, written once, undone whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from scipy.spatial import cKDTree
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.numbering import claims
from gazetteer.numbering.estate import Pattern, flats, read_pattern
from gazetteer.numbering.ground import Ground
from gazetteer.numbering.model import Plan
from gazetteer.numbering.street import number_street
from gazetteer.numbering.village import number_village
from gazetteer.numbering.writing import NewDoor, divisions_at, retire_doors, write_inside
from gazetteer.numbering.writing_many import divisions_of, write_street
from geo.problems import BadInput, Conflict, NotFound

_NEW = text("""
    INSERT INTO register.number_batch (kind, title, handle, rules, row_count, actor, actor_shown)
    VALUES (:kind, :title, :handle, :rules, :rows, :actor, :shown) RETURNING id
""")


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch as a list shows it."""

    id: int
    kind: str
    title: str
    handle: str
    rules: str
    row_count: int
    actor_shown: str
    made_at: datetime
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What writing a plan would do (试算): new doors, entrances that a door of the register stands at already, kept numbers."""

    new: int
    standing: tuple[str, ...]
    kept: int


def plan_for(ground: Ground, points: Sequence[tuple[float, float]]) -> Plan:
    """The plan for all entrances of a street or all houses of a natural village; nothing is written."""
    if not points:
        raise BadInput("没有门的位置。", "在地图上点出各个门，或粘贴坐标。", code="street.points")
    lon, lat = np.array(points, float).T
    if ground.kind == "natvil":
        return number_village(ground.rules, lon, lat, [s.number for s in ground.standing])
    return number_street(ground.line, ground.rules, lon, lat, ground.standing)


def difference(
    ground: Ground, points: Sequence[tuple[float, float]], plan: Plan, *, near_m: float = 1.0
) -> Difference:
    """Dry run: how a plan differs from the register; entrances within a metre of a registered door are named."""
    known = [d for d in ground.doors if d[3] is not None and d[4] is not None]
    standing: list[str] = []
    if known and len(points):
        here, there = np.array(points, float), np.array([(d[3], d[4]) for d in known], float)
        scale = np.array([111_300 * np.cos(np.radians(here[:, 1].mean())), 110_900])
        near = cKDTree(there * scale).query_ball_point(here * scale, near_m)
        standing = [
            f"{known[at][1]}号{'-' + known[at][2] if known[at][2] else ''}" for found in near for at in found
        ]
    return Difference(len(plan.doors), tuple(standing), sum(len(k.numbers) for k in plan.kept))


def write_plan(
    db: Session, ground: Ground, points: Sequence[tuple[float, float]], plan: Plan, *, actor: str, shown: str,
    on_day: date,
) -> int:  # fmt: skip
    """Write every door of a plan and keep its reserve; gives the batch.

    Raises:
        Conflict: somebody numbered here since the plan was seen.
    """
    claims.lock(db, ground.code)
    kind = "village" if ground.kind == "natvil" else "street"
    batch = _begin(db, kind, f"{ground.name}整体编号", ground, len(plan.doors), actor, shown)
    places = [points[door.entrance] for door in plan.doors]
    where = divisions_of(db, ground.division, places, ground.code)
    doors = [
        NewDoor(*divisions, ground.kind, ground.code, ground.name, str(door.number), str(door.sub or ""), lon=lon, lat=lat,
                made_up=ground.made_up)
        for door, (lon, lat), divisions in zip(plan.doors, places, where, strict=True)
    ]  # fmt: skip
    codes = write_street(db, doors, actor=actor, on_day=on_day, batch=batch, source="整体编号")
    spares = [
        claims.Spare(number, kept.reason, kept.side, (kept.from_m + kept.to_m) / 2)
        for kept in plan.kept
        for number in kept.numbers
    ]
    claims.reserve_all(db, ground.code, spares, actor=actor, batch=batch)
    _rows(db, batch, codes)
    return batch


def write_estate(
    db: Session, ground: Ground, pattern: str | Pattern, *, lon: float | None, lat: float | None, actor: str, shown: str,
    on_day: date,
) -> int:  # fmt: skip
    """Write every building, unit, floor and room of an estate's pattern; gives the batch.

    Raises:
        BadInput: the pattern cannot be read.
        Conflict: a part of it stands already.
    """
    read = read_pattern(pattern) if isinstance(pattern, str) else pattern
    claims.lock(db, ground.code)
    rows = list(flats(read, ground.rules))
    batch = _begin(db, "estate", f"{ground.name} {len(read.buildings)}幢", ground, len(rows), actor, shown)
    county, town, comm = divisions_at(db, ground.division, lon, lat, ground.code)
    estate = NewDoor(county, town, comm, "estate", ground.code, ground.name, "", lon=lon, lat=lat,
                     point_kind="building", made_up=ground.made_up)  # fmt: skip
    _rows(db, batch, write_inside(db, estate, rows, on_day=on_day, source="楼栋户室生成"))
    return batch


def undo(db: Session, batch: int, *, by: str, on_day: date) -> int:
    """Take a whole batch back: its doors end, its numbers are free again; gives how many ended.

    Raises:
        NotFound: no such batch.
        Conflict: it was undone already, or a registration builds on one of its doors.
    """
    check_standing(db, batch)
    codes = addresses_of(db, batch)
    built = db.scalar(
        text("SELECT count(*) FROM register.registration WHERE address = ANY(:codes) AND batch IS DISTINCT FROM :b"),
        {"codes": codes, "b": batch},
    )  # fmt: skip
    if built:
        raise Conflict(
            f"这一批里有{built}个门已办过后续登记。", "先处理这些登记，再撤销。", code="batch.used"
        )
    ended = retire_doors(db, codes, on_day=on_day) if codes else 0
    claims.release(db, batch=batch)
    claims.release_all(db, codes)
    db.execute(text("UPDATE register.number_batch SET undone_at = now(), undone_by = :by WHERE id = :id"),
               {"by": by, "id": batch})  # fmt: skip
    return ended


def addresses_of(db: Session, batch: int) -> list[str]:
    """Codes of the addresses that a batch wrote."""
    rows = db.scalars(
        text("SELECT address FROM register.number_batch_row WHERE batch = :b ORDER BY address"), {"b": batch}
    )
    return list(rows)


def check_standing(db: Session, batch: int) -> None:
    """Go on only with a batch that stands.

    Raises:
        NotFound: no such batch.
        Conflict: it was undone.
    """
    known = db.execute(
        text("SELECT undone_at FROM register.number_batch WHERE id = :id FOR UPDATE"), {"id": batch}
    ).one_or_none()
    if known is None:
        raise NotFound(f"没有第{batch}批。", "核对批次。")
    if known.undone_at is not None:
        raise Conflict("这一批已经撤销。", "不必再次撤销。", code="batch.undone")


def kind_of(db: Session, batch: int) -> str:
    """``street``, ``village``, ``estate`` or ``import``; empty where there is no such batch."""
    return str(db.scalar(text("SELECT kind FROM register.number_batch WHERE id = :id"), {"id": batch}) or "")


def newest(db: Session, limit: int = 100) -> list[Batch]:
    """Batches, the newest first."""
    found = db.execute(
        text("SELECT id, kind, title, handle, rules, row_count, actor_shown, made_at, undone_at, undone_by "
             "FROM register.number_batch ORDER BY id DESC LIMIT :limit"),
        {"limit": limit},
    )  # fmt: skip
    return [Batch(*row) for row in found]


def _begin(db: Session, kind: str, title: str, ground: Ground, rows: int, actor: str, shown: str) -> int:
    made = {"kind": kind, "title": title, "handle": ground.code, "rules": ground.rules.version, "rows": rows,
            "actor": actor, "shown": shown}  # fmt: skip
    return int(db.execute(_NEW, made).scalar_one())


def _rows(db: Session, batch: int, codes: Sequence[str]) -> None:
    db.execute(
        text(
            "INSERT INTO register.number_batch_row (batch, address) SELECT :b, unnest(CAST(:codes AS text[]))"
        ),
        {"b": batch, "codes": list(codes)},
    )
