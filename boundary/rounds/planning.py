"""Plan a round (联检计划): its year, who leads, which markers in which order, who walks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.checks import place_on
from boundary.parties import sides_of_line
from boundary.rounds.reading import MACHINE, REGULAR, Round, find, team
from geo.cases import clocks, states
from geo.problems import BadInput, Conflict, NotFound
from geo.store.constraints import explain

CYCLE_YEARS: Final = 5
"""行政区域界线管理条例第十二条: joint inspection every five years."""
SOURCE: Final = "行政区域界线管理条例第十二条"
CLOCK: Final = "round"
REASONS: Final = (REGULAR, "自然灾害", "河流改道", "道路变化", "其他")
"""Why a round is walked; the others than the first are extra ones (条例第十二条)."""

explain({
    "uq_boundary_round_line_number": ("这条界线已经有这一轮联检", "打开已有的联检，或者改轮次"),
    "uq_boundary_task_marker_year": ("界桩今年已列入另一条界线的联检", "三交点只随其中一条界线检查一次"),
    "ck_boundary_round_sides": ("牵头方和配合方不能是同一个县（市、区）", "请重新选择"),
})  # fmt: skip

_LINE = text("""
    SELECT l.name, l.lead, l.next_due, l.made_up, ST_AsBinary(l.geom) AS course FROM register.boundary_line l
    WHERE l.code = :line AND l.valid_to IS NULL
""")
_LAST = text("""
    SELECT number, year, lead, partner FROM register.boundary_round
    WHERE line = :line AND reason = '五年联检' ORDER BY number DESC LIMIT 1
""")
_INSERT = text("""
    INSERT INTO register.boundary_round (code, line, number, year, lead, partner, reason, made_up)
    VALUES (:code, :line, :number, :year, :lead, :partner, :reason, :made_up)
""")
_MARKERS = text("""
    SELECT m.code, x.serial, ST_AsBinary(m.geom) AS point FROM register.boundary_marker_line x
    JOIN register.boundary_marker m ON m.code = x.marker
    WHERE x.line = :line AND m.valid_to IS NULL AND NOT EXISTS (
      SELECT FROM register.boundary_task t
      WHERE NOT :extra AND NOT t.extra AND t.marker = m.code AND t.year = :year AND t.round <> :round
        AND t.retired_at IS NULL)
""")
_TASK = text("""
    INSERT INTO register.boundary_task (round, marker, year, place, planned_on, extra)
    VALUES (:round, :marker, :year, :place, :on, :extra)
    ON CONFLICT ON CONSTRAINT pk_boundary_task DO UPDATE SET place = excluded.place,
      planned_on = excluded.planned_on, retired_at = NULL
""")
_MEMBER = text("""
    INSERT INTO register.boundary_team (round, division, name, duty, account)
    VALUES (:round, :division, :name, :duty, :account)
    ON CONFLICT ON CONSTRAINT pk_boundary_team DO UPDATE SET duty = excluded.duty, account = excluded.account,
      retired_at = NULL
""")

_OFF = text("""
    UPDATE register.boundary_team SET retired_at = now()
    WHERE round = :round AND division = :division AND name = :name AND retired_at IS NULL
""")


def plan(
    db: Session, line: str, year: int, *, actor: str, on: date, lead: str = "", reason: str = REASONS[0],
    number: int | None = None,
) -> Round:  # fmt: skip
    """Plan a round: the side that was partner last time leads now, and all markers of the line are its tasks.

    A tri-point that another line's round of the same year holds already is left to it. An extra round (补充联检) may be
    walked in any year, takes all markers, and changes neither the numbers nor the turns of the five years.

    Args:
        db: the unit of work, inside an act.
        line: code of the line.
        year: the year of the walk.
        actor: for the case's history.
        on: the day of planning.
        lead: a side that leads against the rule; empty for the rule.
        reason: one of ``REASONS``.
        number: 第几轮, for the first round that the register knows.

    Raises:
        NotFound: no such line.
        BadInput: the line has not two sides, or ``lead`` is none of them.
        Conflict: the line has a round of this code or number.
    """
    known = db.execute(_LINE, {"line": line}).one_or_none()
    if known is None:
        raise NotFound(f"没有代码为“{line}”的界线", "请核对代码")
    last, extra = db.execute(_LAST, {"line": line}).one_or_none(), reason != REGULAR
    if last is not None and last.year >= year and not extra:
        raise Conflict(f"{known.name}在 {last.year} 年已有第 {last.number} 轮联检", "请改年份，或打开那一轮")
    sides = sides_of_line(db, line)
    leading = lead or _turn(sides, known.lead, last.partner if last else "")
    partner = _other(sides, leading, known.name)
    turn = _extra_turn(db, line, year) if extra else number or (last.number + 1 if last else 1)
    code = f"{line}-{year}-S{turn}" if extra else f"{line}-{year}"
    db.execute(_INSERT, {"code": code, "line": line, "number": turn, "year": year, "lead": leading,
                         "partner": partner, "reason": reason, "made_up": known.made_up})  # fmt: skip
    states.begin(db, MACHINE, code, "planned", actor=actor)
    clocks.start(
        db, MACHINE, code, CLOCK, label="本轮联检", on=on, days=max(0, (date(year, 12, 31) - on).days),
        basis="calendar", source=SOURCE,
    )  # fmt: skip
    set_tasks(db, code, in_walking_order(db, line, year, code, extra=extra))
    return find(db, code)


def in_walking_order(db: Session, line: str, year: int, round_code: str, *, extra: bool = False) -> list[str]:
    """Codes of the markers still to be walked, along the line; where it is not drawn, by their serials."""
    course = db.execute(_LINE, {"line": line}).one().course
    drawn = shapely.from_wkb(bytes(course)) if course is not None else None
    rows = db.execute(_MARKERS, {"line": line, "year": year, "round": round_code, "extra": extra}).all()

    def place(row: object) -> tuple[float, float, str]:
        serial = getattr(row, "serial", None)
        point = getattr(row, "point", None)
        along = (
            place_on(drawn, shapely.from_wkb(bytes(point))).along_m
            if drawn is not None and point is not None
            else float("inf")
        )
        return along, serial if serial is not None else float("inf"), getattr(row, "code", "")

    return [row.code for row in sorted(rows, key=place)]


def set_tasks(db: Session, code: str, markers: Sequence[str], *, planned_on: date | None = None) -> None:
    """Make these markers, in this order, the tasks of a round; others are taken off it.

    Raises:
        Conflict: a marker is in another round of the same year.
    """
    known = find(db, code)
    db.execute(
        text("UPDATE register.boundary_task SET retired_at = now() WHERE round = :round AND retired_at IS NULL "
             "AND NOT marker = ANY (:markers)"),
        {"round": code, "markers": list(markers)},
    )  # fmt: skip
    for place, marker in enumerate(markers, start=1):
        db.execute(_TASK, {"round": code, "marker": marker, "year": known.year, "place": place, "on": planned_on,
                           "extra": known.extra})  # fmt: skip


def add_member(
    db: Session, code: str, *, division: str, name: str, duty: str = "", account: str = ""
) -> None:
    """Put somebody on the team of a side.

    Raises:
        BadInput: no name, or the division is no side of a line that the round touches.
    """
    sides = {
        row
        for row in db.scalars(
            text("SELECT s.division FROM register.boundary_side s WHERE s.line IN ("
                 "SELECT r.line FROM register.boundary_round r WHERE r.code = :round UNION "
                 "SELECT x.line FROM register.boundary_task t JOIN register.boundary_marker_line x "
                 "ON x.marker = t.marker WHERE t.round = :round AND t.retired_at IS NULL)"),
            {"round": code},
        )
    }  # fmt: skip
    if division not in sides:
        raise BadInput(f"{division} 不是这轮联检的相邻一方", "请从相邻县（市、区）里选")
    if not name.strip():
        raise BadInput("没有写人员姓名", "请填写姓名")
    db.execute(_MEMBER, {"round": code, "division": division, "name": name.strip()[:40], "duty": duty.strip()[:40],
                         "account": account.strip()})  # fmt: skip


def remove_member(db: Session, code: str, *, division: str, name: str) -> None:
    """Take somebody off the team; his account no longer sees the line.

    Raises:
        NotFound: nobody of this name is on the team.
        Conflict: the last of a side that leads or partners, while the round is in the field.
    """
    known, people = find(db, code), team(db, code)
    if not any((one.division, one.name) == (division, name) for one in people):
        raise NotFound(f"本轮没有人员“{name[:40]}”", "请刷新页面")
    alone = sum(one.division == division for one in people) == 1
    if alone and known.state == "field" and division in (known.lead, known.partner):
        raise Conflict("外业期间每一方至少留一人", "先添加接替的人员，再移出")
    db.execute(_OFF, {"round": code, "division": division, "name": name})


def _extra_turn(db: Session, line: str, year: int) -> int:
    """How many extra rounds the line has had in the year, and this one."""
    had = db.scalar(
        text("SELECT count(*) FROM register.boundary_round WHERE line = :line AND year = :year AND reason <> :regular"),
        {"line": line, "year": year, "regular": REGULAR},
    )  # fmt: skip
    return int(had or 0) + 1


def _turn(sides: dict[str, str], said: str, partner: str) -> str:
    """Whose turn it is: last time's partner, else the side that the line's record names, else the first."""
    if partner in sides:
        return partner
    named = [code for code, name in sides.items() if said and (said in (code, name) or name in said)]
    return named[0] if named else next(iter(sides), "")


def _other(sides: dict[str, str], lead: str, name: str) -> str:
    if len(sides) != 2:
        raise BadInput(f"{name}登记了 {len(sides)} 个相邻区划，应当是 2 个", "先在界线里补正相邻区划")
    if lead not in sides:
        raise BadInput(f"{lead} 不是{name}的相邻一方", f"可选：{'、'.join(sides.values())}")
    return next(code for code in sides if code != lead)
