"""The pages of the diagnosis (编号诊断): overview by kind, township and road; findings; a road with its strip and map."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.export import csv_of
from api.desks.lists import Asked, Cell, Column, Filter, Listing, Row, asked_of
from api.desks.numbers.parts import shapes
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.diagnosis import store
from gazetteer.diagnosis.kinds import KINDS, MEANING, STATES, sort_key
from gazetteer.diagnosis.strip import Mark, strip
from gazetteer.numbering.ground import Ground, load
from geo.problems import Problem
from geo.store.engine import act as name_act
from geo.store.engine import bulk_act, session

router = APIRouter(include_in_schema=False, prefix="/desk/diagnosis")

HOME = "/desk/diagnosis"
PAGE = 50
COLUMNS = (
    Column("road", "道路或自然村"), Column("kind", "种类"), Column("numbers", "号码"), Column("evidence", "情况"),
    Column("state", "状态"), Column("town", "镇街"),
)  # fmt: skip
STATE_KINDS = {
    "open": "check",
    "confirmed": "none",
    "repaired": "sure",
    "dismissed": "likely",
    "gone": "sure",
}
LEGEND = (
    {"key": "road", "label": "道路", "tone": "grey", "shape": "line"},
    {"key": "door", "label": "门牌", "tone": "plate", "shape": "dot"},
    {"key": "fault", "label": "有问题的门牌", "tone": "marker", "shape": "dot"},
)
Token = Annotated[str, Form(max_length=200)]


@router.get("")
def overview(request: Request) -> Response:
    """The last run, open findings by kind and township, the roads with the most."""
    with session() as db:
        ran = store.runs(db, 5)
        towns = store.by_town(db)
        roads = store.worst_roads(db, 30)
    kinds = [
        (k, KINDS[k], MEANING[k], sum(counts[k] for _, _, counts in towns))
        for k in sorted(KINDS, key=sort_key)
    ]
    return page(
        request, "diagnosis/overview.html", runs=ran, kinds=kinds, towns=towns, roads=roads, names=KINDS
    )


@router.post("/run")
def run(request: Request, token: Token = "") -> Response:
    """Diagnose the whole register now; seconds even for a large one."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db, bulk_act(db, actor=officer.name, action="diagnosis.run",
                                              request_id=officer.request_id):  # fmt: skip
        ran = store.run(db, actor=officer.shown)
    return done(HOME, f"查了{ran.doors}个门，发现{ran.found}处，用时{ran.seconds:.1f}秒。")


@router.get("/findings")
def findings(request: Request) -> Response:
    """Findings by kind, state, township, road."""
    with session() as db:
        asked = asked_of(request, _filters(db), COLUMNS)
        found = _found(db, asked, asked.cursor, PAGE + 1)
    following = store.cursor_of(found[PAGE - 1]) if len(found) > PAGE else ""
    rows = [Row(str(f["key"]), f"{HOME}/findings/{f['key']}", _cells(f)) for f in found[:PAGE]]
    listing = Listing(asked, COLUMNS, rows, next_cursor=following, export=f"{HOME}/export",
                      empty=("没有诊断结果", "还没有诊断过，或登记册里没有发现问题。", HOME, "去诊断"))  # fmt: skip
    return page(request, "diagnosis/findings.html", listing=listing)


@router.get("/export")
def export(request: Request) -> Response:
    """The same findings as CSV."""
    with session(timeout_s=0) as db:
        asked = asked_of(request, _filters(db), COLUMNS)
        rows = [_cells(f) for f in _found(db, asked, "", 500_000)]
    return csv_of(COLUMNS, rows, f"编号诊断-{date.today().isoformat()}")


@router.get("/findings/{key}")
def finding(request: Request, key: str) -> Response:
    """One finding on its road's strip and map, with its repair."""
    with session() as db:
        one = store.finding(db, key)
        return _road(request, db, str(one["handle"]), one)


@router.post("/findings/{key}")
def judge(request: Request, key: str, act: Annotated[str, Form(max_length=20)],
          note: Annotated[str, Form(max_length=500)] = "", token: Token = "") -> Response:  # fmt: skip
    """Say what became of a finding; ``reserve`` takes missing numbers into the reserve."""
    officer = officer_of(request, token)
    with session() as db:
        name_act(db, actor=officer.name, action=f"diagnosis.{act}", request_id=officer.request_id)
        if act == "reserve":
            kept = store.keep_reserved(db, key, actor=officer.name)
            store.judge(db, key, "repaired", by=officer.shown, note=note or f"{kept}个号码列为预留号")
        else:
            store.judge(db, key, act, by=officer.shown, note=note)
    return done(f"{HOME}/findings/{key}", "已保存。")


@router.get("/roads/{code}")
def road(request: Request, code: str) -> Response:
    """A road with its strip, its map and everything found on it."""
    with session() as db:
        return _road(request, db, code, None)


@router.post("/seen")
def seen(request: Request, face: Annotated[str, Form(min_length=1, max_length=100)],
         handle_name: Annotated[str, Form(max_length=100)] = "", number: Annotated[str, Form(max_length=20)] = "",
         token: Token = "") -> Response:  # fmt: skip
    """Note a plate that was seen in the street and that nobody knows (D10)."""
    from api.desks.numbers.forms import handle_named

    officer = officer_of(request, token)
    with session() as db:
        name_act(db, actor=officer.name, action="diagnosis.seen", request_id=officer.request_id)
        db.execute(
            text("INSERT INTO register.plate_seen (face, handle, number, reporter) VALUES (:f, :h, :n, :r)"),
            {
                "f": face,
                "h": handle_named(db, handle_name) or None,
                "n": number.removesuffix("号"),
                "r": officer.shown,
            },
        )
    return done(HOME, "已记下，下次诊断时核对。")


def _road(request: Request, db: Session, code: str, one: dict[str, Any] | None) -> Response:
    ground: Ground | None = None
    try:
        ground = load(db, code)
    except Problem:
        # The road may have been retired since; its findings are still told.
        if one is None:
            raise
    found = store.findings(db, handle=code, limit=500) if code else [one] if one else []
    live = [f for f in found if f and f["state"] in ("open", "confirmed")]
    # Doors that wait for their plate are many: what is out of order comes first, on the map too.
    live.sort(key=lambda f: f["kind"] == "D7")
    kinds: dict[str, list[str]] = {}
    for f in live:
        for address in f["addresses"]:
            kinds.setdefault(address, []).append(str(f["kind"]))
    chosen = str(one["addresses"][0]) if one and one["addresses"] else ""
    missing = [
        (first, str(f["numbers"])) for f in live if f["kind"] == "D1" and (first := _first(str(f["numbers"])))
    ]
    drawable = ground is not None and bool(ground.pieces)
    return page(
        request, "diagnosis/road.html", ground=ground, one=one, findings=live, names=KINDS, states=STATES,
        state_kinds=STATE_KINDS, picture=strip(ground, Mark(kinds, missing), chosen) if ground and drawable else "",
        shape=_marked(ground, {a for a, k in kinds.items() if set(k) != {"D7"}}) if ground else None, legend=LEGEND, code=code,
    )  # fmt: skip


def _first(numbers: str) -> int:
    """The first number that a finding names; 0 where it names none."""
    found = re.search(r"\d+", numbers)
    return int(found[0]) if found else 0


def _marked(ground: Ground, faulty: set[str]) -> dict[str, object]:
    made = shapes(ground)
    for feature in made["features"]:
        if feature["properties"]["id"].removeprefix("door-") in faulty:
            feature["properties"]["class"] = "fault"
    return made


def _filters(db: Session) -> tuple[Filter, ...]:
    towns = tuple((town, name) for town, name, _ in store.by_town(db) if town)
    return (
        Filter("kind", "种类", tuple((k, f"{k} {v}") for k, v in KINDS.items())),
        Filter("state", "状态", (("live", "待整改"), *STATES.items())),
        *((Filter("town", "镇街", towns),) if towns else ()),
        Filter("q", "道路"),
        Filter("year", "标记年度", kind="when-set"),
    )


def _found(db: Session, asked: Asked, cursor: str, limit: int) -> list[dict[str, Any]]:
    return store.findings(db, kind=asked.value("kind"), state=asked.value("state"), town=asked.value("town"),
                          q=asked.value("q"), year=asked.value("year"), after=cursor, limit=limit)  # fmt: skip


def _cells(f: dict[str, object]) -> dict[str, object]:
    return {
        "road": f["handle_name"] or "（未知道路）", "kind": f"{f['kind']} {KINDS[str(f['kind'])]}", "numbers": f["numbers"],
        "evidence": f["evidence"], "state": Cell(STATES[str(f["state"])], kind=STATE_KINDS[str(f["state"])]),
        "town": f["town_name"] or "",
    }  # fmt: skip
