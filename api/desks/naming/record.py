"""One proposal on the desk (申请记录): facts, map with what the checks found, clocks, what may be done, papers."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from api.desks import clock_views
from api.desks.naming.checks import evidence
from api.desks.naming.reach import within_reach
from api.desks.naming.signs import KINDS
from api.desks.naming.words import OFFICE_ACTS, main_act, state_kind
from api.desks.officer import Officer, reader_of
from api.desks.persons import note_persons
from api.pages.dates import moment
from api.pages.templates import page
from gazetteer.naming.model import CATEGORIES
from gazetteer.proposal import deciding, papers, procedure, signs, steps, voices
from gazetteer.proposal.model import EDITABLE, FEATURES, MACHINE, Kept
from gazetteer.proposal.papers.parts import place_of, size_of
from gazetteer.proposal.papers.reports import SECTIONS
from geo.cases import attachments, states
from geo.documents import pdf, word
from geo.problems import NotFound
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming")

LEGEND = (
    {"key": "own", "label": "申请位置", "tone": "plate", "shape": "line"},
    {"key": "block", "label": "拦截依据", "tone": "marker", "shape": "line"},
    {"key": "warn", "label": "须说明依据", "tone": "amber", "shape": "line"},
    {"key": "inform", "label": "提示依据", "tone": "grey", "shape": "line"},
)
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("/{code}")
def record(request: Request, code: str) -> Response:
    """Everything about one proposal, and what this officer may do with it now."""
    reader = reader_of(request)
    with session() as db:
        known = within_reach(db, code, reader)
        note_persons(db, request, "register.proposal", [code], door="申请页")
        context = _context(db, known, reader)
    return page(request, "naming/record.html", p=known, **context)


@router.get("/{code}/papers/{kind}.{form}")
def paper(request: Request, code: str, kind: str, form: str) -> Response:
    """One paper as Word or PDF, made from what is on file now."""
    if form not in MEDIA:
        raise NotFound("文书只有 Word 和 PDF 两种。", "从申请页面打开文书。")
    with session() as db:
        known = within_reach(db, code, reader_of(request))
        note_persons(db, request, "register.proposal", [code], door=papers.TITLES.get(kind, "文书"))
        made = papers.draw(db, known, kind, date.today())
    content = pdf(made) if form == "pdf" else word(made)
    name = quote(f"{papers.TITLES[kind]}-{known.title}-{code}.{form}")
    return Response(content, media_type=MEDIA[form],
                    headers={"content-disposition": f"inline; filename*=UTF-8''{name}", "cache-control": "no-store"})  # fmt: skip


def _context(db: Session, known: Kept, reader: Officer) -> dict[str, Any]:
    profile = procedure.profile_of(known.draft.division, date.today())
    decider = procedure.approver(profile, known.draft.category, known.draft.feature)
    may = states.acts(db, MACHINE, known.code, reader.roles)
    findings = known.findings or []
    office = bool({"officer", "reviewer"} & reader.roles)
    return _signs(db, known, office) | {
        "clocks": clock_views.of_case(db, MACHINE, known.code), "kind": state_kind(known.state), "office": office,
        "facts": facts(known), "people": people(known), "decider": decider,
        "steps_said": procedure.steps_said(profile, known.draft.category, known.draft.feature), "acts": may, "words": OFFICE_ACTS,
        "main": main_act(known, decider.outcome), "events": states.history(db, MACHINE, known.code),
        "files": attachments.of(db, MACHINE, known.code), "gaps": steps.gaps(db, known) if known.open else [],
        "kinds": [(m.kind, m.title) for m in procedure.materials(profile, known.draft.category)], "findings": findings,
        "troubles": [f for row in findings for f in row["findings"]],
        "owed": sorted({f["code"] for row in findings for f in row["findings"]
                        if f["severity"] == "warn" or profile.rules[f["code"]].waivable}),
        "map": evidence(known.draft, findings), "legend": LEGEND, "voices": voices.of(db, known.code),
        "papers": [(title, f"/desk/naming/{known.code}/papers/{kind}.docx", f"/desk/naming/{known.code}/papers/{kind}.pdf")
                   for kind, title in papers.available(known)],
        "today": date.today().isoformat(), "editable": known.state in EDITABLE, "sections": SECTIONS,
        "experts": voices.experts(db), "outcomes": voices.OUTCOMES, "verdicts": voices.VERDICTS,
        "next_number": deciding.next_number(db, date.today(), known.draft.division) if any(t.act == "opine" for t in may) else "",
        "opinion": deciding.find(db, known.opinion) if known.opinion else None,
        "approval": deciding.find(db, known.approval) if known.approval else None,
    }  # fmt: skip


def _signs(db: Session, known: Kept, office: bool) -> dict[str, Any]:
    """The signs of the name with their photos, and where more may be ordered."""
    rows = signs.listed(db, signs.Filter(proposal=known.code), size=1000)
    orders = office and known.state in ("announced", "signed") and known.draft.act != "销名"
    return {
        "signs": rows, "sign_kinds": KINDS, "spots": signs.spots(db, known) if orders else [],
        "sign_photos": {row.code: attachments.of(db, signs.OWNER, row.code) for row in rows if row.photos},
    }  # fmt: skip


def facts(known: Kept) -> list[tuple[str, str]]:
    """What is asked for, without persons."""
    draft = known.draft
    feature = dict(FEATURES[draft.category]).get(draft.feature, "")
    return [
        ("编号", known.code), ("事项", draft.act), ("类别", f"{CATEGORIES[draft.category]}（{feature}）" if feature else ""),
        ("原名称", draft.old_name), ("原规划名称", draft.planned_name), ("所在", known.town), ("位置", place_of(known)),
        ("规模", size_of(known)), ("用途", draft.usage), ("等级", draft.road_class), ("路面", draft.surface),
        ("建成时间", draft.built_on), ("来历", draft.origin), ("含义", draft.meaning), ("理由", draft.reason),
        ("来源", known.channel), ("收件时间", moment(known.made_at)),
    ]  # fmt: skip


def people(known: Kept) -> list[tuple[str, str]]:
    """Who asks; for the office only."""
    draft = known.draft
    return [("申请" + draft.applicant_kind, draft.applicant), ("联系人", draft.contact), ("电话", draft.phone),
            ("相关人员", "、".join(draft.persons)), ("接收方式", draft.receive_by), ("领取方式", draft.collect_by)]  # fmt: skip
