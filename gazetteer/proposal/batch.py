"""Many roads at once (批量命名): unnamed roads become proposals by township, each with names to choose from, and one
opinion speaks of several.

codes = start(db, [[17, 18], [44]], actor="zhang")    # each item: the ids of one road's segments
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.naming.ground import distance_m, length_m
from gazetteer.naming.suggest import Suggestion
from gazetteer.proposal import checking, deciding, entering, segments, steps, store
from gazetteer.proposal.model import MACHINE, Draft, Kept
from gazetteer.proposal.steps import Officer
from geo.cases import states
from geo.problems import BadInput, NotFound

CANDIDATES: Final = 4
_MAIN_ROADS: Final = frozenset({"快速路", "主干道", "次干道", "支路"})


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that one opinion will speak of: the townships' names, and the proposals by code."""

    title: str
    members: tuple[Kept, ...]


def start(
    db: Session, roads: Sequence[Sequence[int]], *, actor: str, request_id: str = "", on: date | None = None,
    title: str = "", applicant: str = "地名主管部门",
) -> list[str]:  # fmt: skip
    """Make a proposal for every unnamed road, named by the first free candidate, and give their codes.

    Each proposal has at least three candidates where any can be had; the office may choose another or write its own.
    Roads that already stand in a running proposal are left out.

    Args:
        db: the unit of work; the caller has named the act.
        roads: for each road the ids of its rows in ``register.road_segment``.
        actor: who starts it, for the record of the case.
        request_id: of the request, kept in the batch's note.
        on: the rules of which day; today when left out.
        title: what the batch is called.
        applicant: who asks, as the papers say it.

    Raises:
        BadInput: nothing is left to start.
    """
    day = on or store.today()
    found = segments.unnamed(db, roads)
    if not found:
        raise BadInput("没有可以发起命名的路段。", "这些路段已在办理中，或不在登记册里。", code="batch.empty")
    batch = db.execute(
        text("INSERT INTO register.naming_batch (title, made_by) VALUES (:title, :actor) RETURNING code"),
        {
            "title": title or f"{day.year}年{day.month}月{day.day}日 未命名道路 {len(found)} 条",
            "actor": actor,
        },
    ).scalar_one()
    note = f"批量发起（{request_id}）" if request_id else "批量发起"
    taken: set[str] = set()
    return [_one(db, road, batch, actor, note, day, applicant, taken) for road in sorted(found, key=_order)]


def of(db: Session, code: str) -> str:
    """The batch a proposal belongs to, or empty."""
    return str(db.scalar(text("SELECT batch FROM register.proposal WHERE code = :c"), {"c": code}) or "")


def members(db: Session, batch: str) -> tuple[str, list[Kept]]:
    """Title and proposals of a batch, in order of township.

    Raises:
        NotFound: there is no such batch.
    """
    title = db.scalar(text("SELECT title FROM register.naming_batch WHERE code = :c"), {"c": batch})
    if title is None:
        raise NotFound("没有这个批次。", "从地名申请清单进入。")
    rows = store.listed(db, store.Filter(batch=batch), size=2000)
    return str(title), sorted(rows, key=lambda row: (row.draft.division, row.code))


def advance(db: Session, batch: str, *, officer: Officer, on: date) -> dict[str, str]:
    """Take every proposal of the batch in and check it (受理并校验); gives code → why it stays, for those that do."""
    stays: dict[str, str] = {}
    for one in members(db, batch)[1]:
        if one.state == "submitted":
            steps.accept(db, one.code, officer=officer, on=on)
        if states.current(db, MACHINE, one.code) == "accepted":
            results = checking.keep(db, store.find(db, one.code), day=on)
            if any(result.stops for result in results):
                stays[one.code] = "；".join(f.sentence() for r in results for f in r.findings if f.stops)
            else:
                states.move(db, MACHINE, one.code, "check", actor=officer.name, roles=officer.roles)
    return stays


def groups(rows: Sequence[Kept], wanted: int = 0) -> list[Group]:
    """Proposals grouped by township; ``wanted`` documents when it is given.

    Too many groups: the smallest joins that of the nearest township. Too few: the largest is split, main roads from
    lanes first. The same rows give the same groups.
    """
    by_town: dict[str, list[Kept]] = {}
    for row in sorted(rows, key=lambda row: (row.draft.division, row.code)):
        by_town.setdefault(row.town, []).append(row)
    made = list(by_town.values())
    goal = min(wanted or len(made), len(rows))
    while len(made) > goal:
        made = _joined(made)
    while len(made) < goal:
        made = _split(made)
    return [Group("、".join(dict.fromkeys(row.town for row in part)), tuple(part)) for part in made]


def opine(db: Session, chosen: Sequence[Group], *, officer: Officer, on: date) -> list[str]:
    """One opinion a group; gives the decisions' codes."""
    return [
        deciding.opine(db, [row.code for row in group.members], officer=officer, on=on) for group in chosen
    ]


DECIDED: Final = {"approve": "opined", "file": "approved", "announce": "filed"}
"""What may be done for all names of a batch at once after the opinions, and the state that it starts from."""


def go_on(
    db: Session, chosen: Sequence[Kept], act: str, number: str, *, officer: Officer, on: date, body: str = ""
) -> None:
    """Enter one approval over the names, file them, or announce them in one paper; all of them or none.

    Raises:
        BadInput: no such act, nothing was chosen, no number, or a check stops one of them.
        Conflict: one of them is not there yet.
    """
    if act not in DECIDED or not chosen:
        raise BadInput("没有可以成批办理的名称。", "刷新批次页面。", code="batch.act")
    if not number.strip():
        raise BadInput("没有填写编号。", "填写批准文号、备案编号或公告编号。", code="batch.number")
    if act == "approve":
        deciding.approve(db, [row.code for row in chosen], number, officer=officer, on=on, body=body)
        return
    for row in chosen:
        if act == "file":
            steps.file(db, row.code, number, officer=officer, on=on)
        else:
            entering.announce(db, row.code, number, officer=officer, on=on)


def _one(
    db: Session,
    road: segments.Unnamed,
    batch: str,
    actor: str,
    note: str,
    day: date,
    applicant: str,
    taken: set[str],
) -> str:
    draft = Draft(
        "E", road.division, feature="lane" if road.is_lane else "road", geometry=road.geometry,
        segments=road.ids, record=road.record, road_class=road.road_class, width_m=road.width_m,
        length_m=round(length_m(road.geometry)), start_text=road.start_text, end_text=road.end_text,
        direction=road.direction, applicant=applicant, made_up=road.made_up, old_name="",
        reason=f"经排查，该道路（现状称“{road.called}”）未正式命名。" if road.called else "经排查，该道路未正式命名。",
    )  # fmt: skip
    # A name of the size that fits is asked for; the candidates bring their own.
    found = checking.suggestions(db, draft, day=day, count=CANDIDATES)
    # Neighbouring lines may bear one name as one road; a batch gives each road its own.
    free = [row for row in found if row.name not in taken] or found
    draft = _named(draft, free[0]) if free else draft
    taken.add(draft.name)
    code = store.make(db, draft, actor=actor, channel="排查", state="submitted", batch=batch, note=note)
    checking.store_candidates(db, code, found)
    return code


def _named(draft: Draft, chosen: Suggestion) -> Draft:
    return replace(draft, name=chosen.name, meaning=f"{chosen.source}。")


def _order(road: segments.Unnamed) -> tuple[str, int]:
    return road.division, road.ids[0]


def _joined(made: list[list[Kept]]) -> list[list[Kept]]:
    smallest = min(range(len(made)), key=lambda i: (len(made[i]), i))
    rest = [part for i, part in enumerate(made) if i != smallest]
    middle = _middle(made[smallest])
    near = min(range(len(rest)), key=lambda i: (distance_m(middle, _middle(rest[i])), i))
    return [part + made[smallest] if i == near else part for i, part in enumerate(rest)]


def _split(made: list[list[Kept]]) -> list[list[Kept]]:
    largest = max(range(len(made)), key=lambda i: (len(made[i]), -i))
    part = made[largest]
    mains = [row for row in part if row.draft.road_class in _MAIN_ROADS]
    lanes = [row for row in part if row.draft.road_class not in _MAIN_ROADS]
    two = [mains, lanes] if mains and lanes else [part[: len(part) // 2], part[len(part) // 2 :]]
    return [*made[:largest], *two, *made[largest + 1 :]]


def _middle(rows: Sequence[Kept]) -> BaseGeometry:
    return shapely.centroid(shapely.GeometryCollection([r.draft.geometry for r in rows if r.draft.geometry]))


def townships(rows: Sequence[Kept]) -> dict[str, int]:
    """How many of the proposals lie in each township."""
    return dict(Counter(row.town for row in rows))
