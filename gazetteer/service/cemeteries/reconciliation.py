"""A stored reconciliation read again, and printed (台账核对表) through one definition for Word and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.cemeteries.ledgers import Bridge, bridge, ledger_rows
from gazetteer.service.cemeteries.matching import Match
from geo.documents import Block, Document, Heading, Note, Paragraph, Table
from geo.problems import NotFound


@dataclass(frozen=True)
class Reconciliation:
    """A reconciliation: its two ledgers, its matches with their numbers in the database, the bridge."""

    id: int
    one: dict[str, Any]
    other: dict[str, Any]
    matches: list[tuple[int, Match]]
    bridge: Bridge

    @property
    def counts(self) -> dict[str, int]:
        """Matches by state, in the order of the page."""
        order = ("一致", "类别不同", "疑似同处", "仅台账一", "仅台账二", "确认同处", "确认两处")
        found = [m.state for _, m in self.matches]
        return {state: found.count(state) for state in order if state in found}


def load(db: Session, number: int) -> Reconciliation:
    """A reconciliation by its number.

    Raises:
        NotFound: there is none.
    """
    head = db.execute(
        text("SELECT id, one, other FROM register.ledger_reconciliation WHERE id = :id"), {"id": number}
    ).one_or_none()
    if head is None:
        raise NotFound("没有这次核对。", "从台账核对页选择。")
    named = {r["id"]: dict(r) for r in db.execute(
        text("SELECT * FROM register.site_ledger WHERE id IN (:one, :other)"), {"one": head.one, "other": head.other}
    ).mappings()}  # fmt: skip
    left = {r.number: r for r in ledger_rows(db, head.one)}
    right = {r.number: r for r in ledger_rows(db, head.other)}
    rows = db.execute(
        text("SELECT id, one_row, other_row, state, reason FROM register.ledger_match WHERE reconciliation = :id "
             "ORDER BY one_row NULLS LAST, other_row"), {"id": number},
    )  # fmt: skip
    matches = [(r.id, Match(left.get(r.one_row), right.get(r.other_row), r.state, r.reason)) for r in rows]
    return Reconciliation(
        number, named[head.one], named[head.other], matches, bridge([m for _, m in matches])
    )


def steps(b: Bridge) -> list[tuple[str, str]]:
    """The bridge line by line: 台账一 403, － 仅台账一…, ＋ 仅台账二…, ＝ 台账二 405."""
    lines = [("台账一合计", str(b.one))]
    lines += [(f"减：仅台账一有的{category}", f"－{n}") for category, n in b.minus.items()]
    lines += [(f"加：仅台账二有的{category}", f"＋{n}") for category, n in b.plus.items()]
    return [*lines, ("台账二合计", str(b.other))]


def explained(b: Bridge) -> str:
    """The difference in one sentence."""
    if b.one == b.other and not b.minus and not b.plus:
        return "两份台账逐点一致。"
    minus = "、".join(f"{c} {n} 处" for c, n in b.minus.items()) or "没有"
    plus = "、".join(f"{c} {n} 处" for c, n in b.plus.items()) or "没有"
    return f"两份台账相差 {abs(b.other - b.one)} 处：仅台账一有的是{minus}，仅台账二有的是{plus}。"


def paper(held: Reconciliation, on_day: date) -> Document:
    """The printed reconciliation: bridge, changes of category, every row that is not plainly the same."""
    b = held.bridge
    moved = [(f"{was or '未填'} → {now or '未填'}", str(n)) for (was, now), n in b.moved.items()]
    rest = [_line(m) for _, m in held.matches if m.state != "一致"]
    blocks: list[Block] = [
        Paragraph(f"台账一：{held.one['name']}，{b.one} 处。口径：{held.one['definition'] or '未说明'}。"),
        Paragraph(f"台账二：{held.other['name']}，{b.other} 处。口径：{held.other['definition'] or '未说明'}。"),
        Paragraph(explained(b), bold=True),
        Heading("一、差额对照"), Table(("项目", "处数"), steps(b), widths=(0.75, 0.25), numbers=frozenset({1})),
    ]  # fmt: skip
    if moved:
        blocks += [
            Heading("二、同一点位归入不同类别"),
            Table(("类别变化", "处数"), moved, numbers=frozenset({1})),
        ]
    blocks += [
        Heading("三、需要说明的点位" if moved else "二、需要说明的点位"),
        Table(("台账一", "台账二", "镇街", "结论", "说明"), rest, widths=(0.2, 0.2, 0.14, 0.12, 0.34)),
        Note(
            f"其余 {held.counts.get('一致', 0)} 处名称、镇街、类别一致，不逐条列出。待核定 {b.open} 对按同一处计算。"
        ),
    ]
    made_up = bool(held.one["made_up"] or held.other["made_up"])
    return Document("公墓台账核对表", blocks, date=on_day, made_up=made_up, seal=False)


def _line(m: Match) -> tuple[str, ...]:
    row = m.one or m.other
    return (
        m.one.name if m.one else "—",
        m.other.name if m.other else "—",
        row.town if row else "",
        m.state,
        m.reason,
    )
