"""Cemeteries (公墓): what families ask, the list, ledgers, self-check, siting, forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from sqlalchemy.orm import Session

from api.desks.cemeteries import finding, listing, planning, public, reconciling
from api.desks.finding import Provider
from api.desks.founding import router_of
from api.desks.waiting import Waiting
from gazetteer.service.cemeteries.checks import MACHINE, checks
from gazetteer.service.cemeteries.indicators import figures

# Fixed addresses first: the list's last route takes any code.
ROUTERS: tuple[APIRouter, ...] = (
    public.router,
    reconciling.router,
    planning.router,
    router_of("cemetery"),
    listing.router,
)
FIGURES = (figures,)


def _described(db: Session, subjects: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    wanted = set(subjects)
    return {
        c.subject: (f"{c.name}：{c.label}", f"/desk/cemeteries/checks/{c.id}")
        for c in checks(db, found="存在问题") if c.subject in wanted
    }  # fmt: skip


WAITING: tuple[Waiting, ...] = (
    Waiting(
        MACHINE, "公墓整改", ("found", "rectifying", "done"), frozenset({"officer", "reviewer"}), _described
    ),
)
SEARCH: tuple[Provider, ...] = (Provider("公墓", frozenset(), finding.find),)
