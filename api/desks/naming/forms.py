"""The form of a proposal (申请表): new, prefilled for a renaming, changed while it may be, saved as draft or submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import shapely
from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.datums import systems
from api.desks.done import done
from api.desks.naming.given import ROAD_CLASSES, TITLES, Given, draw_kind, form_of, read, values_of
from api.desks.naming.reach import editable, own_town
from api.desks.naming.shapes import size_words
from api.desks.officer import Officer, officer_of, reader_of
from api.desks.persons import note_persons
from api.pages.templates import page
from gazetteer.naming.model import CATEGORIES
from gazetteer.proposal import checking, procedure, steps, store
from gazetteer.proposal.model import FEATURES, Draft
from gazetteer.proposal.segments import way
from geo.geometry.parse import parse
from geo.problems import BadInput, NotFound
from geo.store.engine import act as name_act
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming")

Form = Annotated[dict[str, str], Depends(form_of)]
_RECORD = text("""
    SELECT 'E' AS category, name, division, width_m, length_m, road_class, start_text, end_text,
           (SELECT ST_AsBinary(ST_LineMerge(ST_Collect(geom))) FROM register.road_segment s
            WHERE s.road = r.code AND s.valid_to IS NULL) AS geom, made_up
    FROM register.road r WHERE r.code = :code
    UNION ALL
    SELECT category, standard_name, division, NULL, NULL, '', '', '', ST_AsBinary(geom), made_up
    FROM register.place WHERE code = :code
""")


@router.get("/new")
def new(
    request: Request,
    category: Annotated[str, Query(pattern="^[A-H]$")] = "F",
    act: Annotated[str, Query(max_length=4)] = "命名",
    record: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """An empty form of a category, or one that begins with what is renamed or cancelled."""
    with session() as db:
        if record:
            draft = _of_record(db, record, act)
            return _page(request, db, Given(values_of(draft), draft))
        values = {"category": category, "act": act if act in ("命名", "更名", "销名") else "命名"}
        return _page(request, db, Given(values, None))


@router.post("")
def create(request: Request, form: Form) -> Response:
    """Keep a new application: as a draft, or submitted at once."""
    officer, given = officer_of(request, form.get("token", "")), read(form)
    with session() as db:
        if given.draft is None:
            return _page(request, db, given, status=422)
        own = own_town(officer)
        if own and given.draft.division[:9] != own[:9]:
            given.errors["division"] = "只能填报您所在镇街的申请。"
            return _page(request, db, given, status=422)
        name_act(db, actor=officer.name, action="proposal.make", request_id=officer.request_id)
        code = store.make(db, _measured(given.draft), actor=officer.name)
        return _after(db, code, form, officer)


@router.get("/{code}/edit")
def edit(request: Request, code: str) -> Response:
    """The form with what is on file."""
    with session() as db:
        known = editable(db, code, reader_of(request))
        note_persons(db, request, "register.proposal", [code], door="申请表")
        return _page(
            request, db, Given(values_of(known.draft), known.draft), code=code, version=known.version
        )


@router.post("/{code}")
def change(request: Request, code: str, form: Form) -> Response:
    """Put the changed facts on file, under a version check."""
    officer = officer_of(request, form.get("token", ""))
    version = int(form.get("version", "0")) if form.get("version", "").isdigit() else 0
    with session() as db:
        known = editable(db, code, officer)
        given = read(form, before=known.draft)
        if given.draft is None:
            return _page(request, db, given, code=code, version=version, status=422)
        if known.version != version:
            differ = _differing(given.values, values_of(known.draft))
            return _page(request, db, given, code=code, version=known.version, status=409, clashes=differ)
        name_act(db, actor=officer.name, action="proposal.change", request_id=officer.request_id)
        store.change(db, code, _measured(given.draft), version=version)
        return _after(db, code, form, officer)


def _differing(mine: Mapping[str, str], kept: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Fields whose wording on the form is not the one on file: title, on file, on the form."""
    differ = [
        (title, kept.get(name, ""), mine.get(name, ""))
        for name, title in TITLES.items()
        if name != "geom" and mine.get(name, "").strip() != kept.get(name, "").strip()
    ]
    one, other = (_shape(said.get("geom", "")) for said in (kept, mine))
    # The map writes the same place with other digits.
    same = one is not None and other is not None and one.normalize().equals_exact(other.normalize(), 1e-6)
    if not same and (one is not None or other is not None):
        words = [size_words(shape) if shape is not None else "" for shape in (one, other)]
        differ.append(
            (TITLES["geom"], words[0], words[1] + ("（形状或位置不同）" if words[0] == words[1] else ""))
        )
    return differ


def _shape(said: str) -> shapely.Geometry | None:
    try:
        return parse(said) if said.strip() else None
    except BadInput:
        return None


def _after(db: Session, code: str, form: dict[str, str], officer: Officer) -> Response:
    known = store.find(db, code)
    if known.draft.name:
        checking.keep(db, known, day=date.today())
    if form.get("then") == "submit" and known.state in ("draft", "correcting"):
        act = "submit" if known.state == "draft" else "resubmit"
        steps.simple(db, code, act, officer=steps.Officer(officer.name, officer.roles), on=date.today())
        return done(f"/desk/naming/{code}", "已提交，等待受理。")
    return done(f"/desk/naming/{code}", "已保存。")


def _measured(draft: Draft) -> Draft:
    """A road's direction from its line, where the form left it out."""
    if (
        draft.category == "E"
        and draft.geometry is not None
        and not draft.direction
        and "Line" in draft.geometry.geom_type
    ):
        return replace(draft, direction=f"{way(draft.geometry)}走向")
    return draft


def _of_record(db: Session, code: str, act: str) -> Draft:
    row = db.execute(_RECORD, {"code": code}).first()
    if row is None:
        raise NotFound(f"没有编码为 {code} 的地名或道路。", "从登记册的记录页发起更名。")
    shape = None if row.geom is None else shapely.from_wkb(bytes(row.geom))
    town = f"{row.division[:9]:0<12}" if row.division else ""
    return Draft(
        row.category, town, act="销名" if act == "销名" else "更名", old_name=row.name, record=code, geometry=shape,
        width_m=row.width_m, length_m=row.length_m, road_class=row.road_class or "", start_text=row.start_text or "",
        end_text=row.end_text or "", made_up=row.made_up,
    )  # fmt: skip


def _page(
    request: Request, db: Session, given: Given, *, code: str = "", version: int = 0, status: int = 200,
    clashes: Sequence[tuple[str, str, str]] = (),
) -> Response:  # fmt: skip
    values = dict(given.values)
    category = values.get("category", "F") if values.get("category") in CATEGORIES else "F"
    county = store.county_of(db)
    profile = procedure.profile_of(county, date.today())
    return page(request, "naming/form.html", status=status, **words(db, county, category), values=values,
                errors=given.errors, code=code, version=version, category=category, clashes=clashes,
                materials=procedure.materials(profile, category), systems=systems(db))  # fmt: skip


def words(db: Session, county: str, category: str) -> dict[str, Any]:
    """What the form of a category offers to choose from."""
    return {
        "categories": CATEGORIES, "features": FEATURES[category], "towns": store.towns(db, county),
        "road_classes": tuple((word, word) for word in ROAD_CLASSES), "draw": draw_kind(category),
    }  # fmt: skip
