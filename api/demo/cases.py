"""The living sample (示例办件): what an office has under way, in every trade, made by the trades' own acts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import text

from api.reports import Report, take
from geo.settings import settings
from geo.store.engine import act, session

ACTOR: Final = "示例"
_REPORTS: Final[tuple[Report, ...]] = (
    Report(kind="wrong-point", text="点在马路对面，门其实在巷子里面（示例）。"),
    Report(kind="wrong-name", text="门上的牌写的是另一个号（示例）。"),
    Report(kind="missing-address", text="新建的三间房没有门牌号（示例）。", question="黄岩区示例新建房"),
    Report(kind="other", text="路牌被树挡住了（示例）。"),
    Report(kind="wrong-point", text="导航总是停在后门（示例）。"),
)
_ANSWERED: Final = (("accepted", "已更正登记信息。"), ("refused", "与登记和现场一致，无需更改。"))
_TAKEN: Final = ("A01", "A02", "A03", "A11", "A12", "A13", "A14", "A15")
"""Defects whose sure answers an officer has taken already."""
_ABOUT: Final = text("SELECT code, standard_address FROM register.address WHERE made_up AND valid_to IS NULL "
                     "ORDER BY md5(code || 'report') LIMIT :n")  # fmt: skip


def load(tell: Callable[[str], None], folder: Path) -> None:
    """Put the cases in that change the register; those that are there stay. The index is to be made after it.

    Args:
        tell: is given a sentence for each trade.
        folder: keeps the made files, among them the national export.
    """
    from gazetteer.culture.sample_load import load_sample_culture
    from gazetteer.diagnosis.sample_load import load_sample_diagnosis
    from gazetteer.exchange.sample_load import load_sample_exchange
    from gazetteer.proposal.sample_load import load_sample_proposals
    from gazetteer.proposal.sample_year import load_sample_year
    from gazetteer.registration.sample_load import load_sample_registrations
    from gazetteer.road_audit.sample_load import load_sample_audit, repeat_sample_audit

    steps: tuple[tuple[str, Callable[[], int]], ...] = (
        ("示例道路排查结果 {} 条", load_sample_audit),
        ("示例命名申请 {} 件", lambda: load_sample_proposals() + load_sample_year()),
        ("示例道路排查已解决 {} 条", repeat_sample_audit),
        ("示例地名文化和地名方案 {} 条", load_sample_culture),
        ("示例门牌登记 {} 件", load_sample_registrations),
        ("示例报国家库差异 {} 条", lambda: load_sample_exchange(folder)),
        ("示例门牌诊断结果 {} 处", load_sample_diagnosis),
        ("示例报错 {} 件", reports),
    )
    for words, step in steps:
        if made := step():
            tell(words.format(made))


def reports() -> int:
    """What the public reported, unless something was; two of the five are answered."""
    from api.desks.home import report_rows

    with session() as db:
        if db.scalar(text("SELECT EXISTS (SELECT FROM register.report)")):
            return 0
        about = db.execute(_ABOUT, {"n": len(_REPORTS)}).all()
        taken = [
            take(db, one.model_copy(update={"code": row.code, "standard_address": row.standard_address}),
                 address="示例", actor=ACTOR)
            for one, row in zip(_REPORTS, about, strict=False)
        ]  # fmt: skip
        act(db, actor=ACTOR, action="report.decide")
        for number, (state, reason) in zip(taken, _ANSWERED, strict=False):
            report_rows.decide(db, report_rows.one(db, number), state, reason, by=ACTOR)
        return len(taken)


def repairs(sample: Path) -> int:
    """One list of nonstandard addresses, matched, its sure answers taken, the rest waiting; gives how many rows it has.

    The index must be there. A second time does nothing.
    """
    from api.repairs.upload import read
    from gazetteer.address.answering.engine import Geocoder
    from gazetteer.repair import answering, batches, decisions

    officer = decisions.Officer(ACTOR, ACTOR)
    with session(timeout_s=0) as db:
        if batches.newest(db, 1):
            return 0
    with sample.open("rb") as file:
        given = read(file, "示例不规范地址.csv")
    with session(timeout_s=0) as db:
        batch = batches.take_in(db, given, actor=ACTOR, shown=ACTOR)
        batches.start(db, batch, "地址", actor=ACTOR)
    engine = Geocoder.open(settings().index_path)
    while True:
        with session(timeout_s=0) as db:
            if not answering.do_chunk(db, batch, engine):
                break
    with session(timeout_s=0) as db:
        for kind in _TAKEN:
            if expected := decisions.impact(db, batch, "auto", kind).rows:
                decisions.accept_in_bulk(db, batch, "auto", kind, expected=expected, officer=officer)
    return len(given.rows)
