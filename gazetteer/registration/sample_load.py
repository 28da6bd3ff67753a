"""Made-up registrations (示例门牌登记) of a year, at the counter and from home, in every state; by the same acts as real ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.registration import deciding, taking
from gazetteer.registration.clerk import PUBLIC, Clerk
from gazetteer.registration.model import MACHINE, NEW_NUMBER, Application, Person
from gazetteer.sample.dated import lay_back
from geo.store.engine import act, session

ACTOR: Final = "示例"
_CLERK: Final = Clerk(ACTOR, "示例窗口", frozenset({"officer", "counter"}))
_YEARLY: Final = ("新编",) * 6 + ("换发", "补发", "证明", "变更", "注销", "新编")
_DONE: Final = 60
# Behind the last two doors of a side, as far on as they stand apart: there the next number has its place.
_NEXT: Final = text("""
    WITH door AS (
      SELECT a.road, a.code, a.number_order, q.geom,
             row_number() OVER (PARTITION BY a.road, a.number_order % 2 ORDER BY a.number_order DESC) AS from_end,
             lead(a.number_order) OVER side AS before, lead(q.geom) OVER side AS geom_before,
             lead(a.principal) OVER side AS principal_before
      FROM register.address a JOIN register.address_point q ON q.address = a.code AND q.kind = 'entrance'
      WHERE a.made_up AND a.handle_kind = 'road' AND a.valid_to IS NULL AND a.sub = '' AND a.bld = ''
        AND a.number = CAST(a.number_order AS text)
      WINDOW side AS (PARTITION BY a.road, a.number_order % 2 ORDER BY a.number_order DESC)
    ), last AS (
      SELECT DISTINCT ON (d.road) d.road AS handle, d.code AS beside, d.number_order + 2 AS number,
             2 * ST_X(d.geom) - ST_X(d.geom_before) AS lon, 2 * ST_Y(d.geom) - ST_Y(d.geom_before) AS lat
      FROM door d
      WHERE d.from_end = 1 AND d.before = d.number_order - 2 AND d.principal_before IS NULL
        AND NOT EXISTS (SELECT FROM register.plate p JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
                        WHERE p.address = d.code AND c.state IN ('ordered', 'making', 'arrived'))
      ORDER BY d.road, d.number_order
    )
    SELECT * FROM last ORDER BY md5(handle || 'registration')
""")
_DOORS: Final = text("""
    SELECT a.code, a.handle_name, a.number FROM register.address a
    WHERE a.made_up AND a.handle_kind = 'road' AND a.valid_to IS NULL AND a.bld = '' AND a.principal IS NULL
      AND NOT EXISTS (SELECT FROM register.plate p JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
                      WHERE p.address = a.code AND c.state IN ('ordered', 'making', 'arrived'))
    ORDER BY md5(a.code || 'registration') LIMIT 200
""")


class _Told(NamedTuple):
    """One case: its kind and channel, where it ends, how many days ago it came, how many it took."""

    kind: str
    channel: str
    ends: str
    ago: int
    took: int
    note: str = ""


_OPEN: Final = (
    _Told("新编", "网上", "submitted", 0, 0), _Told("新编", "网上", "submitted", 1, 0), _Told("补发", "网上", "submitted", 2, 0),
    _Told("新编", "网上", "returned", 6, 1, "位置图看不清门在哪一侧，请重新上传。"),
    _Told("变更", "窗口", "returned", 9, 2, "缺旧门牌，请带来或写明遗失。"),
    _Told("新编", "窗口", "accepted", 1, 0), _Told("换发", "窗口", "accepted", 4, 0), _Told("新编", "窗口", "accepted", 12, 0),
    _Told("证明", "窗口", "accepted", 13, 0), _Told("新编", "窗口", "accepted", 20, 0),
    _Told("新编", "网上", "refused", 30, 3, "所报位置是违法建筑，不予编号（示例）。"), _Told("注销", "网上", "withdrawn", 40, 1),
)  # fmt: skip


def load_sample_registrations() -> int:
    """Put the sample registrations in, unless some are there, and give how many."""
    with session(timeout_s=0) as db:
        if db.scalar(text("SELECT EXISTS (SELECT FROM register.registration WHERE made_up)")):
            return 0
        act(db, actor=ACTOR, action="registration.sample")
        known = db.execute(_NEXT).all()
        beside = {spot.beside for spot in known}
        places = iter(known)
        # A door that a later case is about must not have ended by then.
        doors = (door for door in db.execute(_DOORS).all() if door.code not in beside)
        today, made = date.today(), 0
        for told in (*_finished(today), *_OPEN):
            spot = next(places, None) if told.kind in NEW_NUMBER else None
            door = next(doors, None)
            if door is None or (told.kind in NEW_NUMBER and spot is None):
                continue
            _case(db, _given(told, spot, door, made), told, today)
            made += 1
        return made


def _finished(today: date) -> Iterator[_Told]:
    """What the year has seen so far, from its first working week until a few days ago."""
    days = (today - date(today.year, 1, 1)).days
    kinds, channels = cycle(_YEARLY), cycle(("窗口", "窗口", "网上"))
    for n in range(min(_DONE, max(0, days - 12))):
        yield _Told(
            next(kinds),
            next(channels),
            "approved",
            days - 4 - n * (days - 16) // _DONE,
            (1, 2, 1, 3, 5, 2)[n % 6],
        )


def _given(told: _Told, spot: Any, door: Any, n: int) -> Application:
    kept: dict[str, Any] = {"address": door.code}
    if told.kind in NEW_NUMBER:
        kept = {"handle": spot.handle, "number": str(spot.number), "lon": spot.lon, "lat": spot.lat,
                "address": spot.beside if told.kind == "变更" else ""}  # fmt: skip
    if told.kind == "证明":
        kept["same_as"] = (f"{door.handle_name}老{door.number}号（示例）",)
    return Application(
        told.kind, Person("个人", f"示例申请人{n + 1}", "", "13800000000", f"示例不动产权第{n + 1:04d}号"), told.channel,
        materials=("identity", "title", "plan", "old_plate"), seconds=150 + 37 * n % 230 if told.channel == "窗口" else None,
        note="示例数据", **kept,
    )  # fmt: skip


def _case(db: Session, given: Application, told: _Told, today: date) -> None:
    came = today - timedelta(told.ago)
    ended = min(today, came + timedelta(told.took))
    home = told.channel == "网上"
    code = taking.take(db, given, PUBLIC if home else _CLERK, on=came).code
    steps = [came]
    if home and told.ends == "approved":
        deciding.do(db, code, "accept", _CLERK, on=came)
        steps.append(came)
    last = {"approved": "approve", "returned": "return", "refused": "refuse", "withdrawn": "withdraw"}.get(
        told.ends
    )
    if last:
        deciding.do(db, code, last, PUBLIC if last == "withdraw" else _CLERK, told.note, on=ended)
        steps.append(ended)
    lay_back(db, MACHINE, code, steps)
