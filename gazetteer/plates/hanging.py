"""Hang plates (安装): where, by whom, with which photos; the same sending twice does nothing twice."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.plates import records, repairs
from geo.cases import attachments
from geo.cases.states import current, labels, move
from geo.problems import BadInput

PHOTOS = 2
"""So many photos prove that a plate hangs: one near, one with the building."""

_UPDATE = text("""
    UPDATE register.plate SET installed_by = :by, installed_at = :at, accuracy_m = :accuracy,
      installed_point = CASE WHEN CAST(:lon AS float8) IS NOT NULL
        THEN ST_SetSRID(ST_MakePoint(CAST(:lon AS float8), CAST(:lat AS float8)), 4490) END
    WHERE code = :code
""")
_SYNC = text("SELECT answer FROM register.plate_sync WHERE key = :key")
_KEEP = text("""
    INSERT INTO register.plate_sync (key, plate, act, answer, actor)
    VALUES (:key, :plate, :act, CAST(:answer AS jsonb), :actor)
""")


@dataclass(frozen=True, slots=True)
class Done:
    """One thing somebody did before a plate (外业记录).

    Attributes:
        key: made by the phone, the same for every sending of the same act.
        code: the plate's.
        act: ``hang``, ``mend``, or a cause of :data:`repairs.CAUSES` with ``defect:`` before it.
        at: when it was done, as the phone says.
        lon, lat: degrees; phones give WGS 84, which is CGCS2000 within their accuracy.
        accuracy_m: radius the phone states.
        photos: name and bytes of each.
    """

    key: uuid.UUID
    code: str
    act: str
    at: datetime
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    note: str = ""
    photos: Sequence[tuple[str, bytes]] = ()


def take_in(db: Session, done: Done, *, actor: str, shown: str, roles: Collection[str]) -> dict[str, Any]:
    """Take in what a phone sent; a key that came before gets the answer it got then.

    Raises:
        BadInput: fewer than two photos of a hung plate, no such act.
        Conflict: the plate is not in the state the act needs.
        NotAllowed: none of the roles may.
        NotFound: no such plate.
    """
    # Two sendings at once wait for each other here.
    db.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": str(done.key)})
    known: dict[str, Any] | None = db.scalar(_SYNC, {"key": done.key})
    if known is not None:
        return known
    plate = records.get(db, done.code)
    order = _do(db, done, actor=actor, shown=shown, roles=roles)
    kind = "安装照片" if done.act == "hang" else "现场照片"
    for name, content in done.photos:
        attachments.put(db, "plate", plate.code, kind, name, content, actor=actor, taken_at=done.at,
                        lon=done.lon, lat=done.lat)  # fmt: skip
    state = current(db, "plate", plate.code)
    answer = {"code": plate.code, "state": state, "state_label": labels(db, "plate")[state], "repair": order}
    db.execute(_KEEP, {"key": done.key, "plate": plate.code, "act": done.act,
                       "answer": orjson.dumps(answer).decode(), "actor": actor})  # fmt: skip
    return answer


def hang(
    db: Session, code: str, *, actor: str, roles: Collection[str], shown: str = "", at: datetime | None = None,
    lon: float | None = None, lat: float | None = None, accuracy_m: float | None = None, note: str = "",
) -> None:  # fmt: skip
    """A plate hangs: its place and installer are kept; the one it replaces is taken off, with its open orders.

    Raises:
        Conflict: it has not arrived, or hangs already.
        NotAllowed: none of the roles may.
    """
    move(db, "plate", code, "hang", actor=actor, roles=roles, note=note)
    when = min(at or datetime.now(UTC), datetime.now(UTC))
    db.execute(_UPDATE, {"code": code, "by": shown or actor, "at": when, "accuracy": accuracy_m,
                         "lon": lon, "lat": lat})  # fmt: skip
    before = records.get(db, code).replaces
    if before and current(db, "plate", before) in {"hung", "damaged", "missing"}:
        repairs.close_replaced(db, before, actor=actor, roles=roles)
        move(db, "plate", before, "replace", actor=actor, roles=roles, note=f"由 {code} 替换")


def _do(db: Session, done: Done, *, actor: str, shown: str, roles: Collection[str]) -> str:
    if done.act == "hang":
        if len(done.photos) < PHOTOS:
            raise BadInput(
                f"安装要有 {PHOTOS} 张照片，收到 {len(done.photos)} 张。",
                "补拍近景和全景后再提交。",
                code="plate.photos",
            )
        hang(db, done.code, actor=actor, shown=shown, roles=roles, at=done.at, lon=done.lon, lat=done.lat,
             accuracy_m=done.accuracy_m, note=done.note)  # fmt: skip
        return ""
    kind, _, cause = done.act.partition(":")
    if kind != "defect":
        raise BadInput(f"没有“{done.act}”这种操作。", "请更新页面后重试。", code="plate.act")
    return repairs.report(db, done.code, cause, note=done.note, reporter=shown, actor=actor, roles=roles)
