"""What the form asks while one types: roads by name, addresses to choose, the suggested number, findings."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response
from sqlalchemy import text

from api import lookup
from api.desks.numbers.forms import shown
from api.desks.numbers.parts import HOME, shapes
from api.parameters import Latitude, Longitude, PlainText
from gazetteer.numbering.ground import load
from gazetteer.numbering.text import written
from gazetteer.registration import looking, taking
from gazetteer.registration.model import Application, Person
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=HOME)

Code = Annotated[str, Query(max_length=64)]


@router.get("/handles")
def handles(q: PlainText = "", division: Code = "") -> Response:
    """Roads, natural villages and estates whose name holds what was typed."""
    with session() as db:
        found = looking.handles(db, q, division) if q.strip() else []
    words = {"road": "道路", "natvil": "自然村", "estate": "小区"}
    return _json([{"code": h.code, "name": h.name, "kind": words[h.kind], "town": h.town} for h in found])


@router.get("/find")
def find(q: PlainText = "") -> Response:
    """Addresses of the register that fit what was typed, by the same engine as everywhere (先查后建)."""
    answers = []
    if q.strip():
        result = lookup.engine().geocode(q)
        found = [c for c in result.candidates if c.level == "door"][:6]
        answers = [{"code": c.code, "text": c.standard_address} for c in found]
    return _json(answers)


@router.get("/handle")
def handle(code: Code) -> Response:
    """A road with its doors for the map."""
    with session() as db:
        ground = load(db, code)
    return _json({"name": ground.name, "kind": ground.kind, "map": shapes(ground)})


@router.get("/place")
def place(address: Code) -> Response:
    """Where an address lies."""
    with session() as db:
        row = db.execute(
            text("SELECT coalesce(a.road, a.natvil, a.estate) AS handle, a.handle_name, a.standard_address, "
                 "ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat "
                 "FROM register.address a LEFT JOIN register.address_point p ON p.address = a.code "
                 "WHERE a.code = :c ORDER BY array_position(ARRAY['entrance', 'plate', 'building', 'parcel', 'unit'], p.kind) "
                 "LIMIT 1"), {"c": address},
        ).mappings().one_or_none()  # fmt: skip
    return _json(dict(row) if row else {})


@router.get("/suggest")
def suggest(handle: Code, lon: Longitude, lat: Latitude) -> Response:
    """The number for a place on a road, with its reasons."""
    with session() as db:
        advice = load(db, handle).suggest(lon, lat)
    return _json({
        "number": str(advice.number), "sub": str(advice.sub or ""), "text": written(advice.number, advice.sub),
        "reasons": list(advice.reasons), "reserved": advice.from_reserve, "alternatives": list(advice.alternatives),
    })  # fmt: skip


@router.get("/check")
def check(handle: Code, number: Annotated[str, Query(max_length=20)] = "", sub: Annotated[str, Query(max_length=10)] = "",
          kind: Annotated[str, Query(max_length=10)] = "新编", address: Code = "", own: Code = "",
          reserved: bool = False,
          lon: Longitude | None = None, lat: Latitude | None = None) -> Response:  # fmt: skip
    """Findings about a number before anything is handed in; ``own`` is the case that is being corrected."""
    given = Application(kind, Person(name="-"), handle=handle, number=number, sub=sub, address=address, lon=lon, lat=lat,
                        use_reserved=reserved, materials=("identity", "title"))  # fmt: skip
    with session() as db:
        found = shown(taking.findings(db, given, own=own))
    return _json(
        [
            {"severity": f.severity, "where": f.where, "evidence": f.evidence, "remedy": f.remedy}
            for f in found
        ]
    )


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"cache-control": "no-store"})
