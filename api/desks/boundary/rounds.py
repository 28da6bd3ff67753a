"""Rounds (联检): the list by year, one round with its tasks, team, sections and what it lacks, the sheet for the walk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response

from api.desks import clock_views
from api.desks.boundary import team
from api.desks.boundary.parts import (
    HOME,
    MARKER_LEGEND,
    collection,
    line_feature,
    logged,
    marker_feature,
    seer,
)
from api.desks.done import done
from api.desks.lists import Cell, Column, Filter, Listing, Row, asked_of, one_page
from api.desks.officer import officer_of, reader_of
from api.pages.templates import page
from boundary import access, register, rounds
from boundary.papers import queue
from boundary.papers.words import degrees, metres, turned
from boundary.rounds import MACHINE, Round
from boundary.rounds.checking import UNWALKED, round_sides
from boundary.tolerances import tolerances
from geo.cases import states
from geo.geometry import bearing, direction_word, distance_m
from geo.problems import Finding
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/rounds")
Token = Annotated[str, Form(max_length=200)]
COLUMNS = (
    Column("title", "联检"), Column("lead", "牵头方"), Column("partner", "配合方"), Column("state", "状态"),
    Column("recorded", "已检", kind="number"), Column("tasks", "应检", kind="number"),
)  # fmt: skip
FILTERS = (
    Filter("year", "年份"),
    Filter("state", "状态", (("open", "未办结"), ("done", "已备案"))),
)
_DONE = frozenset({"filed", "archived"})
KINDS = {"planned": "likely", "checked": "likely", "field": "check", "summed": "check", "signed": "check"}
NEXT = {
    "planned": "check",
    "checked": "start",
    "field": "sum",
    "summed": "sign",
    "signed": "file",
    "filed": "archive",
}


@router.get("")
def listed(request: Request) -> Response:
    """The rounds of the caller's lines."""
    asked = asked_of(request, FILTERS, COLUMNS)
    with session() as db:
        known = rounds.listed(db, access.lines_for(db, seer(request)))
    year, state = asked.value("year"), asked.value("state")
    shown = [
        one
        for one in known
        if (not year or str(one.year) == year) and (not state or (one.state in _DONE) == (state == "done"))
    ]
    rows, following = one_page([_row(one) for one in shown], asked)
    listing = Listing(asked, COLUMNS, rows, total=len(shown), next_cursor=following,
                      empty=("还没有联检", "打开一条界线，列入联检计划。", HOME, "看界线"))  # fmt: skip
    return page(request, "boundary/rounds.html", listing=listing)


@router.get("/{code}")
def record(request: Request, code: str) -> Response:
    """One round."""
    with session() as db:
        made = rounds.find(db, code)
        access.check_line(db, seer(request), made.line)
        tasks, people = rounds.todo(db, code), team.people(db, code)
        sides, found = round_sides(db, code), rounds.sections(db, code)
        findings = (
            rounds.office_check(db, made.line, on=date.today(), tolerances=tolerances())
            if made.state in ("planned", "checked")
            else _grouped(rounds.completeness(db, code, tolerances()))
        )
        clocks, past = clock_views.of_case(db, MACHINE, code), states.history(db, MACHINE, code)
        officer = reader_of(request)
        steps = states.acts(db, MACHINE, code, officer.roles)
        papers = queue.find(db, code)
    return page(
        request, "boundary/round.html", round=made, papers=papers, tasks=tasks, team=people, sides=sides, sections=found,
        findings=findings, clocks=clocks, past=past, steps=steps, home=HOME, primary=NEXT.get(made.state, ""),
        kind=KINDS.get(made.state, "sure"), may_act=bool(officer.roles & {"officer", "reviewer"}),
        at_desk=made.state in ("planned", "checked"),
    )  # fmt: skip


@router.post("/{code}/act")
def do(
    request: Request, code: str, act: Annotated[str, Form(max_length=40)],
    note: Annotated[str, Form(max_length=2000)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Take a step with the round."""
    officer = officer_of(request, token)
    with session() as db:
        access.check_line(db, officer, rounds.find(db, code).line)
        name_act(db, actor=officer.name, action=f"round.{act}", request_id=officer.request_id)
        rounds.move(db, code, act, actor=officer.name, roles=officer.roles, on=date.today(),
                    tolerances=tolerances(), note=note)  # fmt: skip
        now = rounds.find(db, code).state_label
    return done(f"{HOME}/rounds/{quote(code)}", f"现在是“{now}”。")


@router.get("/{code}/sheet")
def sheet(request: Request, code: str) -> Response:
    """The sheet for the walk: markers in order, how to get from one to the next, reference objects; for print."""
    with session() as db:
        made = rounds.find(db, code)
        access.check_line(db, seer(request), made.line)
        known = [register.marker(db, task.marker) for task in rounds.todo(db, code)]
        logged(db, request, known, "外业任务单")
        line = register.line(db, made.line)
    shapes = collection([line_feature(line), *(marker_feature(m) for m in known)])
    return page(
        request, "boundary/sheet.html", round=made, markers=known, ways=_ways(known), shape=shapes,
        legend=MARKER_LEGEND, home=HOME, degrees=degrees, metres=metres, turned=turned,
    )  # fmt: skip


def _grouped(found: list[Finding]) -> list[Finding]:
    """Markers that were not walked yet as one finding: a round that has begun would say the same of each."""
    waiting = [one for one in found if one.evidence == UNWALKED]
    if len(waiting) < 2:
        return found
    names = "、".join(one.where for one in waiting)
    one = replace(waiting[0], where=f"{len(waiting)} 颗界桩", evidence=f"{UNWALKED}：{names}")
    return [one, *(other for other in found if other not in waiting)]


def _row(one: Round) -> Row:
    return Row(one.code, f"{HOME}/rounds/{quote(one.code)}", {
        "title": Cell(one.title, note="示例数据" if one.made_up else ""), "lead": one.lead_name,
        "partner": one.partner_name, "state": Cell(one.state_label, kind=KINDS.get(one.state, "sure")),
        "recorded": one.recorded, "tasks": one.tasks,
    })  # fmt: skip


def _ways(known: list[register.Marker]) -> list[str]:
    """From the marker before: direction by true north and distance as the crow flies."""
    ways = ["起点"]
    for before, here in pairwise(known):
        a, b = before.point, here.point
        if a is None or b is None or a.equals(b):
            ways.append("")
        else:
            ways.append(f"向{direction_word(bearing(a, b))} {distance_m(a, b) / 1000:.2f} 千米")
    return ways
