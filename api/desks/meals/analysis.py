"""Coverage (覆盖分析), where the next points belong (选址), and the sheet of a township, on screen and as PDF."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import shapely
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.meals.asking import now
from api.desks.meals.sheet import sheet_of, town_name
from api.desks.meals.views import POINT_LEGEND, collection, feature, point_features
from api.pages.templates import page
from api.parameters import Strict
from gazetteer.service.meals.coverage import Coverage, coverage, reach_bands
from gazetteer.service.meals.indicators import DeadZone, dead_zones, idle_points, indicators
from gazetteer.service.meals.population import people_words
from gazetteer.service.meals.siting import NextPoints, next_points
from gazetteer.service.names import district_prefix, division_names, towns
from gazetteer.service.rules import rules
from geo.documents import pdf, word
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/meals")
_BAND_TONES = ("sign", "plate", "amber")


class Circle(Strict):
    """How wide the circle is, and of which township."""

    minutes: int = Field(15, ge=5, le=60)
    town: Annotated[str, Field(pattern=r"^$|^\d{9}(000)?$")] = ""


class Siting(Circle):
    """How many new points."""

    count: int = Field(5, ge=1, le=20)


_BOX = text("""
    SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
    FROM (SELECT ST_Extent(boundary) AS box FROM register.division WHERE code = :code AND valid_to IS NULL) d
    WHERE box IS NOT NULL
""")


def box_of(db: Session, division: str) -> str:
    """West, south, east, north of a division, for the map to show; empty without an outline."""
    row = db.execute(_BOX, {"code": division}).first()
    return ",".join(f"{value:.5f}" for value in row) if row else ""


@router.get("/coverage")
def coverage_page(request: Request, asked: Annotated[Circle, Query()]) -> Response:
    """Bands on the map, the indicators with their formulas, dead zones, idle points."""
    today = now().date()
    with session(timeout_s=60) as db:
        within = asked.town[:9] or district_prefix(db)
        held = coverage(db, today, minutes=asked.minutes, within=within)
        rows, zones = indicators(db, held, within=within), dead_zones(held)
        names, choices = division_names(db, [z.division for z in zones]), towns(db)
        focus = box_of(db, asked.town) if asked.town else ""
    return page(
        request, "meals/coverage.html", asked=asked, focus=focus, indicators=rows, zones=_zones(zones, names), towns=choices, today=today,
        idle=idle_points(held.points, today, within=within), shapes=collection(_bands(held) + _marks(held, zones)),
        legend=_legend(held), straight=_straight(held), rules=rules(), made_up=held.people.made_up,
    )  # fmt: skip


@router.get("/siting")
def siting_page(request: Request, asked: Annotated[Siting, Query()]) -> Response:
    """The next n places with their reasons, beside the greedy choice; the same input shows the same page."""
    with session(timeout_s=60) as db:
        within = asked.town[:9] or district_prefix(db)
        found = next_points(db, now().date(), asked.count, minutes=asked.minutes, within=within)
        names = division_names(db, [v for p in found.proposed for v in p.villages])
        choices = towns(db)
        focus = _focus(found) or (box_of(db, asked.town) if asked.town else "")
    return page(
        request, "meals/siting.html", asked=asked, focus=focus, found=found, names=names, towns=choices, rules=rules(),
        people=lambda n: people_words(n, rules().meals.k), beside=lambda n: _beside(n, found.plan.value), shapes=collection(_places(found)), legend=_SITING_LEGEND,
        made_up=found.held.people.made_up,
    )  # fmt: skip


# The papers before the page: a township's address would take their endings too.
@router.get("/towns/{town}.pdf")
def town_pdf(town: str) -> Response:
    """The same sheet as PDF."""
    return _paper(town, "application/pdf", pdf)


@router.get("/towns/{town}.docx")
def town_word(town: str) -> Response:
    """The same sheet for Word."""
    return _paper(town, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word)


@router.get("/towns/{town}")
def town_sheet(request: Request, town: str) -> Response:
    """One map sheet of a township, to look at."""
    with session(timeout_s=60) as db:
        name = town_name(db, town)
        held = coverage(db, now().date(), within=town[:9])
        rows, sketch = indicators(db, held, within=town[:9]), sheet_of(db, town, held).sketch
    here = [p for p in held.points if p.town[:9] == town[:9]]
    return page(request, "meals/town.html", town=town, town_name=name, indicators=rows, points=here, svg=sketch.svg,
                scale=sketch.scale, rules=rules(), today=date.today(), made_up=held.people.made_up)  # fmt: skip


def _paper(town: str, media: str, drawer: Any) -> Response:
    with session(timeout_s=60) as db:
        made = sheet_of(db, town, coverage(db, now().date(), within=town[:9]))
    return Response(drawer(made.document), media_type=media, headers={"cache-control": "no-store"})


def _beside(value: float, best: float) -> str:
    """A plan beside the best one. Where a few old people lie between them the sum is not said: it would tell how few."""
    less = int(best - value)
    if less <= 0:
        return "新增人数相同"
    if less < rules().meals.k:
        return f"少新增不到 {rules().meals.k} 人"
    return f"新增 {int(value)} 人，少 {less} 人"


_SITING_LEGEND = (
    {"key": "new", "label": "建议新增", "tone": "marker", "shape": "dot"},
    {"key": "instead", "label": "次优替代", "tone": "amber", "shape": "dot"},
    {"key": "open", "label": "现有营业点", "tone": "sign", "shape": "dot"},
)


def _places(found: NextPoints) -> list[dict[str, Any]]:
    new = [
        feature(shapely.Point(p.place.lon, p.place.lat), id=p.place.code, label=f"{n}", **{"class": "new"})
        for n, p in enumerate(found.proposed, start=1)
    ]
    others = [
        feature(shapely.Point(p.instead.lon, p.instead.lat), id=f"i{n}", label="", **{"class": "instead"})
        for n, p in enumerate(found.proposed, start=1) if p.instead
    ]  # fmt: skip
    # The numbers of the list are what is looked for on this map; names of what is there would stand over them.
    return (
        point_features([p for p in found.held.points if p.counts], "/desk/meals", named=False) + others + new
    )


def _focus(found: NextPoints) -> str:
    """West, south, east, north of the proposed places and their second bests with a kilometre around; empty without any."""
    places = [p.place for p in found.proposed] + [p.instead for p in found.proposed if p.instead]
    if not places:
        return ""
    lons, lats = [p.lon for p in places], [p.lat for p in places]
    return f"{min(lons) - 0.01:.5f},{min(lats) - 0.01:.5f},{max(lons) + 0.01:.5f},{max(lats) + 0.01:.5f}"


def _bands(held: Coverage) -> list[dict[str, Any]]:
    return [
        feature(area, id=f"band{minutes}", label="", **{"class": f"band{n}"})
        for n, (minutes, area) in reversed(list(enumerate(reach_bands(held)))) if not area.is_empty
    ]  # fmt: skip


def _marks(held: Coverage, zones: list[DeadZone]) -> list[dict[str, Any]]:
    out = []
    for n, z in enumerate(zones, start=1):
        cells = held.network.plane.to_metres(held.people.lonlat[list(z.cells)])
        # Close around its cells: a convex outline would lie over ground that is reached.
        outline = shapely.concave_hull(shapely.multipoints(cells), ratio=0.2).buffer(120)
        area = shapely.transform(outline, held.network.plane.to_degrees)
        out.append(feature(area, id=f"zone{n}", label=f"死角 {n}", **{"class": "zone"}))
    return out + point_features(held.points, "/desk/meals")


def _legend(held: Coverage) -> list[dict[str, str]]:
    steps = [held.minutes * n // 3 for n in (1, 2, 3)]
    return [
        *({"key": f"band{n}", "label": f"{m} 分钟内", "tone": _BAND_TONES[n], "shape": "area"} for n, m in enumerate(steps)),
        {"key": "zone", "label": "助餐死角", "tone": "marker", "shape": "area"}, POINT_LEGEND[0],
    ]  # fmt: skip


def _zones(zones: list[DeadZone], names: dict[str, str]) -> list[tuple[DeadZone, str]]:
    return [(z, names.get(z.division, "")) for z in zones]


def _straight(held: Coverage) -> int:
    """How many cells' times are of a straight line, for want of a road."""
    return int(held.times.straight.sum())
