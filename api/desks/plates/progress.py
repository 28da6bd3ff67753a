"""How far it is (进度): by township, maker, route, installer on any day; the map of what hangs and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.desks.export import csv_of
from api.desks.lists import Column
from api.desks.plates.parts import HOME, STATE_WORDS, tabs
from api.pages.templates import page
from gazetteer.plates import progress
from gazetteer.plates.progress import By
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix=f"{HOME}/progress")

COLUMNS = (Column("name", "名称"), *(Column(state, STATE_WORDS[state], kind="number") for state in progress.STATES),
           Column("total", "合计", kind="number"), Column("share", "安装率", kind="number"))  # fmt: skip
LEGEND = (
    {"key": "hung", "label": "已安装", "tone": "sign", "shape": "dot"},
    {"key": "coming", "label": "制作或待安装", "tone": "plate", "shape": "dot"},
    {"key": "wrong", "label": "损坏或缺失", "tone": "marker", "shape": "dot"},
    {"key": "none", "label": "还没有门牌", "tone": "grey", "shape": "dot"},
)
#: What a line of each table leads to: the list of its plates.
FILTER_OF = {"town": "town", "maker": "maker", "road": "road", "installer": "installer"}
MOST_LINES = 300
"""Lines of the table on the page; a district has thousands of roads, and all of them are in the CSV."""
Town = Annotated[str, Query(max_length=12)]
Road = Annotated[str, Query(max_length=100)]


@router.get("")
def shown(
    request: Request, by: By = "town", day: date | None = None, town: Town = "", road: Road = ""
) -> Response:
    """The counts at the end of a day and the map of one township or the whole district."""
    on = min(day or date.today(), date.today())
    with session(timeout_s=60) as db:
        lines = progress.lines(db, by, on)
        bare = progress.without_plate(db)
    return page(
        request, "plates/progress.html", lines=lines[:MOST_LINES], more=max(0, len(lines) - MOST_LINES),
        live=on == date.today(), whole=progress.total(lines), by=by, on=on, bare=bare,
        titles=progress.TITLES, states=[(state, STATE_WORDS[state]) for state in progress.STATES],
        rule=progress.RULE, legend=LEGEND, filter_of=FILTER_OF[by], tabs=tabs("/progress"),
        map_url=f"{HOME}/progress/map.json?town={town}&road={road}", town=town,
    )  # fmt: skip


@router.get("/map.json")
def on_map(town: Town = "", road: Road = "") -> Response:
    """Doors as GeoJSON with what hangs at each; at most six thousand, so that a phone draws them."""
    with session(timeout_s=60) as db:
        body = progress.on_map(db, town=town, road=road)
    return Response(body, media_type="application/geo+json", headers={"cache-control": "no-store"})


@router.get("/list.csv")
def export(by: By = "town", day: date | None = None) -> Response:
    """The table as CSV."""
    on = min(day or date.today(), date.today())
    with session(timeout_s=60) as db:
        lines = progress.lines(db, by, on)
    rows = [{"name": line.name, **line.counts, "total": line.total, "share": f"{line.share:.1%}"}
            for line in (*lines, progress.total(lines))]  # fmt: skip
    return csv_of(COLUMNS, rows, f"门牌进度-{progress.TITLES[by]}-{on}")
