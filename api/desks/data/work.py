"""The background half of the wizard: checking and importing, with progress that can be left and found again."""

from __future__ import annotations

import time
from collections.abc import Iterable

from api.desks.data.orders import Order, find, save
from api.desks.data.words import POSITION_TITLES, in_titles, on_the_page
from gazetteer.register.importing import ImportReport, import_file, undoing
from gazetteer.register.kinds import KINDS
from geo.problems import Finding, Problem
from geo.store.engine import session
from geo.store.jobs import task

NAME = "data.import"
UNDO = "data.undo"
SHOWN = 300
EVERY_S = 0.5
_RANK = {"block": 0, "warn": 1, "inform": 2}


@task(NAME, lock="data.import", attempts=1)
def work(key: str, dry_run: bool) -> None:
    """Check the file or write it; what came of it stands in the order."""
    order = find(key)
    try:
        report = _carried_out(order, dry_run=dry_run)
    except Problem as problem:
        order.state, order.said = "failed", on_the_page(f"{problem.sentence}{problem.remedy}")
        _tell(order, problem.findings)
    except Exception:
        order.state, order.said = "failed", "导入中断，没有写入。请重新检查；仍然不行请联系系统管理员。"
        save(order)
        raise
    else:
        order.state = "checked" if dry_run else "done"
        order.said, order.refused = report.sentence(), report.refused
        order.mapping, order.batch = order.mapping | report.columns, report.batch
        _tell(order, report.findings)
    save(order)


@task(UNDO, lock="data.import", attempts=1)
def undo(batch: int, actor: str) -> None:
    """Take an import back; what prevented it stands in the record of the import."""
    try:
        with session(timeout_s=0) as db:
            undoing.take_back(db, batch, actor=actor)
    except Problem as problem:
        _say(batch, f"{problem.sentence}{problem.remedy}")
    except Exception:
        _say(batch, "撤销中断，什么都没有改。请重试；仍然不行请联系系统管理员。")
        raise


def _say(batch: int, why: str) -> None:
    with session() as db:
        undoing.refuse(db, batch, why)


def _carried_out(order: Order, *, dry_run: bool) -> ImportReport:
    last = 0.0

    def progress(step: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > EVERY_S:
            last = time.monotonic()
            order.step, order.done, order.total = step, done, total
            save(order)

    return import_file(
        order.kind, order.path, datum=order.datum or None, mapping={f: h for f, h in order.mapping.items() if h},
        dry_run=dry_run, partial=order.partial, actor=order.actor, trust_datum=order.trust, progress=progress,
    )  # fmt: skip


def _tell(order: Order, findings: Iterable[Finding]) -> None:
    found = sorted(findings, key=lambda f: (_RANK.get(f.severity, 3), f.row or 0))
    order.finding_count = len(found)
    order.refused = order.refused or len({f.row for f in found if f.severity == "block" and f.row})
    titles = {one.name: one.title for one in KINDS[order.kind].fields} | POSITION_TITLES
    order.findings = [
        [f.severity, f.where, in_titles(f.evidence, titles), on_the_page(f.remedy)] for f in found[:SHOWN]
    ]
