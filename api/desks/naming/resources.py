"""Proposals for programs: ``/v1/proposals``; only what was put on public notice, and nothing of persons."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
import shapely
from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from api.parameters import Strict
from gazetteer.naming.model import CATEGORIES
from gazetteer.proposal import deciding, store
from gazetteer.proposal.model import PUBLIC, Kept
from gazetteer.proposal.papers.parts import place_of
from geo.problems import BadInput, NotFound
from geo.store.engine import session

router = APIRouter(prefix="/v1", tags=["地名命名"])

Code = Annotated[str, Path(max_length=20, pattern=r"^[\w-]+$")]
_PAGE = 100


class ListQuery(Strict):
    """Which proposals."""

    state: str = Field(
        "", max_length=20, description="noticed reviewing opined approved filed announced signed；空为全部。"
    )
    category: str = Field("", pattern="^[A-H]?$")
    cursor: str = Field("1", pattern=r"^\d{1,6}$", description="上一页 next 里的值。")


@router.get("/proposals", summary="公示和已决定的地名申请", response_class=Response)
def proposals(asked: Annotated[ListQuery, Query()]) -> Response:
    """Newest and most urgent first; ``next`` leads on while there are more."""
    if asked.state and asked.state not in PUBLIC:
        raise BadInput(
            f"没有“{asked.state}”这种公开状态。", f"可用：{'、'.join(sorted(PUBLIC))}。", code="bad-parameter"
        )
    at = max(int(asked.cursor), 1)
    wanted = store.Filter(state=asked.state, category=asked.category, public="1")
    with session() as db:
        rows = store.listed(db, wanted, at=at, size=_PAGE)
        total = store.count(db, wanted)
    more = (
        f"/v1/proposals?state={asked.state}&category={asked.category}&cursor={at + 1}"
        if at * _PAGE < total
        else None
    )
    body = {"proposals": [_plain(row) for row in rows], "total": total, "next": more}
    return Response(orjson.dumps(body), media_type="application/json")


@router.get("/proposals/{code}", summary="一件地名申请", response_class=Response)
def proposal(code: Code) -> Response:
    """One proposal with its geometry and decisions, once it is public."""
    with session() as db:
        known = store.find(db, code)
        if known.state not in PUBLIC:
            raise NotFound(f"没有编号为 {code} 的地名申请。", "请核对编号；公示以前的申请不公开。")
        decided = [deciding.find(db, one) for one in (known.opinion, known.approval) if one]
    shape = known.draft.geometry
    body = _plain(known) | {
        "geometry": None if shape is None else orjson.loads(shapely.to_geojson(shape)),
        "decisions": [{"kind": d.kind, "number": d.number, "date": d.decided_on.isoformat(), "body": d.body} for d in decided],
    }  # fmt: skip
    return Response(orjson.dumps(body), media_type="application/json")


def _plain(row: Kept) -> dict[str, Any]:
    draft = row.draft
    return {
        "code": row.code, "act": draft.act, "name": draft.name, "old_name": draft.old_name, "pinyin": row.pinyin,
        "romanisation": row.romanisation, "category": draft.category, "category_label": CATEGORIES[draft.category],
        "feature": draft.feature, "division": draft.division, "division_name": row.town, "location": place_of(row),
        "meaning": draft.meaning, "state": row.state, "state_label": row.state_label, "noticed_from": row.noticed_from,
        "noticed_to": row.noticed_to, "announced_on": row.announced_on, "record": row.result, "made_up": draft.made_up,
    }  # fmt: skip
