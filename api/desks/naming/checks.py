"""Checks that answer while one types (即时校验), free names on request, for the desk, the public form and programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import orjson
import shapely
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.desks.naming.given import form_of, read
from api.desks.officer import officer_of
from api.pages.templates import environment
from api.parameters import Strict
from gazetteer.naming.model import CheckResult
from gazetteer.proposal import checking
from gazetteer.proposal.model import Draft
from gazetteer.proposal.procedure import profile_of
from geo.problems import BadInput
from geo.store.engine import session

router = APIRouter()

Form = Annotated[dict[str, str], Depends(form_of)]


class CheckQuery(Strict):
    """A name and where it is meant."""

    name: str = Field(min_length=1, max_length=50, description="拟用名称。")
    category: str = Field("E", pattern="^[A-H]$", description="地名类别 A-H。")
    division: str = Field(pattern=r"^\d{6,12}$", description="所在区县或镇街的区划代码。")
    feature: str = Field("", max_length=20, description="细类：road lane estate building …")
    lon: float | None = Field(None, ge=73, le=136, description="位置经度（CGCS2000）。")
    lat: float | None = Field(None, ge=3, le=54)
    applicant: str = Field("", max_length=100, description="申请单位，用于企业名称检查。")


class CheckBody(BaseModel):
    """A whole proposal to check; geometry as GeoJSON or WKT, CGCS2000 degrees."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=50)
    category: str = Field("E", pattern="^[A-H]$")
    division: str = Field(pattern=r"^\d{6,12}$")
    feature: str = Field("", max_length=20)
    geometry: dict[str, Any] | str | None = None
    width_m: float | None = Field(None, gt=0)
    length_m: float | None = Field(None, gt=0)
    land_area_m2: float | None = Field(None, gt=0)
    floor_area_m2: float | None = Field(None, gt=0)
    storeys: int | None = Field(None, ge=1, le=300)
    green_rate: float | None = Field(None, ge=0, le=100, description="绿地率，百分数。")
    applicant: str = Field("", max_length=100)


@router.post("/desk/naming/check", include_in_schema=False)
def live(request: Request, form: Form) -> Response:
    """What the checks say of the form as it stands; nothing is kept."""
    officer_of(request, form.get("token", ""))
    return _live(form, without=form.get("code", "")[:20])


@router.post("/apply/check", include_in_schema=False)
def live_public(form: Form) -> Response:
    """The same for the public's form."""
    return _live(form)


@router.post("/desk/naming/suggest", include_in_schema=False)
def live_suggestions(request: Request, form: Form) -> Response:
    """Free names for the place on the form, each with its origin."""
    officer_of(request, form.get("token", ""))
    draft = _draft(form)
    with session() as db:
        found = checking.suggestions(db, draft, day=date.today(), without=form.get("code", "")[:20])
    html = (
        environment()
        .get_template("naming/suggestions.html")
        .render(found=[checking.suggestion_json(row) for row in found])
    )
    return _json({"html": html})


@router.get(
    "/v1/naming/check", tags=["地名命名"], summary="校验一个拟用名称（N01-N23）", response_class=Response
)
def check_one(asked: Annotated[CheckQuery, Query()]) -> Response:
    """Every check with its answer; without a geometry those that need one say that they were not run."""
    geometry = {"type": "Point", "coordinates": [asked.lon, asked.lat]} if asked.lon and asked.lat else None
    given = asked.model_dump(exclude={"lon", "lat"}, exclude_none=True)
    return _answer({**given, "geom": _text(geometry)})


@router.post("/v1/naming/check", tags=["地名命名"], summary="校验一件完整的命名申请", response_class=Response)
def check_whole(given: CheckBody) -> Response:
    """The same with geometry and sizes, so that all 23 checks can be run."""
    values = given.model_dump(exclude={"geometry"}, exclude_none=True)
    return _answer({**values, "geom": _text(given.geometry)})


@router.get("/v1/naming/suggestions", tags=["地名命名"], summary="可用的备选名称", response_class=Response)
def suggest(asked: Annotated[CheckQuery, Query()]) -> Response:
    """Free and valid names near a place, at most five, each with where it comes from."""
    geometry = {"type": "Point", "coordinates": [asked.lon, asked.lat]} if asked.lon and asked.lat else None
    draft = _draft({**asked.model_dump(exclude={"lon", "lat"}), "geom": _text(geometry)})
    with session() as db:
        found = checking.suggestions(db, draft, day=date.today())
    return _json({"suggestions": [checking.suggestion_json(row) for row in found]})


def _answer(values: Mapping[str, Any]) -> Response:
    draft = _draft(values)
    with session() as db:
        results = checking.run(db, draft, day=date.today())
    said = checking.letters(draft, profile_of(draft.division, date.today()))
    return _json({
        "name": draft.name, "pinyin": said.pinyin, "romanisation": said.roman,
        "to_confirm": [{"kind": d.kind, "text": d.text, "proposed": d.proposed, "choices": d.alternatives} for d in said.doubts],
        "stops": any(r.stops for r in results), "profile": results[0].profile, "day": results[0].day.isoformat(),
        "checks": [checking.result_json(r) for r in results],
    })  # fmt: skip


def _live(form: Mapping[str, str], without: str = "") -> Response:
    given = read(form)
    if given.draft is None or not given.draft.name:
        return _json({"html": "", "map": None, "stops": False})
    with session() as db:
        results = checking.run(db, given.draft, day=date.today(), without=without)
    return _json(shown(given.draft, results))


def shown(draft: Draft, results: list[CheckResult]) -> dict[str, Any]:
    """The answer as a page takes it: a piece of HTML and the evidence for the map."""
    said = checking.letters(draft, profile_of(draft.division, date.today()))
    rows = [checking.result_json(row) for row in results]
    html = (
        environment()
        .get_template("naming/check.html")
        .render(checks=rows, pinyin=said.pinyin, doubts=said.doubts)
    )
    return {"html": html, "map": evidence(draft, rows), "stops": any(row["stops"] for row in rows)}


def evidence(draft: Draft, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What is in the way and what is asked for, as features of the map."""
    features = [
        {"type": "Feature", "geometry": found["geometry"],
         "properties": {"id": f"{found['code']}-{i}", "class": found["severity"], "label": found["evidence"][:40]}}
        for row in rows for i, found in enumerate(row["findings"]) if found["geometry"]
    ]  # fmt: skip
    if draft.geometry is not None:
        own = orjson.loads(shapely.to_geojson(draft.geometry))
        features.append({"type": "Feature", "geometry": own,
                         "properties": {"id": "own", "class": "own", "label": draft.name or "申请位置"}})  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def _draft(values: Mapping[str, Any]) -> Draft:
    given = read({name: "" if value is None else str(value) for name, value in values.items()})
    if given.draft is None:
        name, sentence = next(iter(given.errors.items()))
        raise BadInput(sentence, "改正后再校验。", code=f"proposal.{name}")
    return given.draft


def _text(geometry: dict[str, Any] | str | None) -> str:
    if geometry is None or isinstance(geometry, str):
        return geometry or ""
    return orjson.dumps(geometry).decode()


def _json(body: object) -> Response:
    return Response(orjson.dumps(body), media_type="application/json", headers={"cache-control": "no-store"})
