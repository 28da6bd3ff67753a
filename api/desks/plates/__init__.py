"""Plates: making, hanging, checking (门牌); what a scan shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter
from sqlalchemy.orm import Session

from api.desks.finding import Found, Provider
from api.desks.plates import (
    batches,
    checking,
    field,
    progress,
    public,
    record,
    repairing,
    resource,
)
from api.desks.waiting import Waiting
from gazetteer.plates import records
from gazetteer.plates.figures import figures
from gazetteer.plates.repairs import listed

__all__ = ["FIGURES", "ROUTERS", "SEARCH", "WAITING"]

# The record's route takes any word after /desk/plates/, so it comes last.
ROUTERS: tuple[APIRouter, ...] = (
    public.router, resource.router, field.router, batches.router, repairing.router, checking.router,
    progress.router, record.router,
)  # fmt: skip
FIGURES: Final = (figures,)


def _repairs(db: Session, subjects: Sequence[str]) -> dict[str, tuple[str, str]]:
    wanted = set(subjects)
    found = listed(db, states=("open", "working"), limit=5000)
    return {
        one.code: (f"{one.standard_address} {one.cause_words}", f"/desk/plates/repairs/{one.code}")
        for one in found
        if one.code in wanted
    }


def _find(db: Session, typed: str, most: int) -> list[Found]:
    return [
        Found(plate.standard_address, f"/desk/plates/{plate.code}", f"{plate.code} {plate.state_label}")
        for plate in records.listed(db, q=typed.strip().upper(), limit=most)
    ]


WAITING: Final = (
    Waiting("plate-repair", "门牌维修", ("open", "working"), frozenset({"officer", "township"}), _repairs),
)
SEARCH: Final = (Provider("门牌", frozenset({"officer", "reviewer", "counter", "township"}), _find),)
