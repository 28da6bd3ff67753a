"""Naming proposals (地名申请): list, record, form, acts, batches, notices, the public's application, programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.finding import Found, Provider
from api.desks.naming import (
    acts,
    apply,
    batches,
    checks,
    forms,
    listing,
    notices,
    record,
    resources,
    settings,
    shapes,
    signs,
    wordings,
)
from api.desks.waiting import Waiting
from gazetteer.proposal import figures, store

# Addresses with a word of their own go before those with a code.
ROUTERS: tuple[APIRouter, ...] = (
    listing.router,
    checks.router,
    settings.router,
    shapes.router,
    signs.router,
    wordings.router,
    batches.router,
    acts.router,
    forms.router,
    record.router,
    notices.router,
    apply.router,
    resources.router,
)


def describe(db: Session, subjects: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """Titles and addresses of proposals for the list of what waits."""
    rows = db.execute(
        text("SELECT code, act, coalesce(nullif(name, ''), nullif(old_name, ''), '未命名') AS name "
             "FROM register.proposal WHERE code = ANY(:codes)"),
        {"codes": list(subjects)},
    )  # fmt: skip
    return {row.code: (f"{row.name}（{row.act}）", f"/desk/naming/{row.code}") for row in rows}


def find(db: Session, words: str, most: int) -> Sequence[Found]:
    """Proposals by name or number, for the search over everything."""
    rows = store.listed(db, store.Filter(q=words.strip()), size=most)
    return [Found(row.title, f"/desk/naming/{row.code}", f"{row.state_label}，{row.town}") for row in rows]


WAITING: tuple[Waiting, ...] = (
    Waiting("proposal", "命名申请",
            ("submitted", "accepted", "checked", "arguing", "consulting", "noticed", "approved", "filed", "announced"),
            frozenset({"officer"}), describe),
    Waiting("proposal", "待出具意见", ("reviewing", "opined"), frozenset({"reviewer"}), describe),
)  # fmt: skip
SEARCH = (Provider("命名申请", frozenset({"officer", "reviewer", "counter", "township"}), find),)
FIGURES = (figures.figures,)
