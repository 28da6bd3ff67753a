"""``/map``: the public map with its list beside it; a permanent link holds what is shown, from where, and the view."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.desks.maps import grounds, listing
from api.desks.meals.asking import asker
from api.pages.templates import page
from api.parameters import Latitude, Longitude, PlainText, Strict
from api.wrapping import CONTENT_POLICY
from geo.store.engine import session
from tiles.layers import district_bounds

router = APIRouter(include_in_schema=False)

#: Key in the address bar -> words, colour of the legend, shape; the order of the boxes to tick.
KINDS: Final = {
    "meals": ("助餐点", "sign", "dot"), "cemeteries": ("公墓", "grey", "square"), "heritage": ("保护地名", "marker", "ring"),
    "places": ("地名", "amber", "dot"), "doors": ("门牌", "plate", "dot"), "roads": ("道路名", "ink", "line"),
}  # fmt: skip
_LISTED: Final = {"meals": listing.meals, "cemeteries": listing.cemeteries, "heritage": listing.heritage}
_USUAL: Final = "meals,cemeteries,heritage,roads"


class MapPage(Strict):
    """What the page takes from the address bar."""

    show: Annotated[str, Field(max_length=80, pattern=r"^[a-z,]*$")] = _USUAL
    on: list[str] = Field([], max_length=12, description="勾选的图层（表单提交）。")
    near: PlainText = ""
    lon: Longitude | None = None
    lat: Latitude | None = None
    ground: Annotated[str, Field(max_length=20, pattern=r"^\w*$")] = ""


@router.get("/map")
def public_map(request: Request, asked: Annotated[MapPage, Query()]) -> Response:
    """The page; without a script or WebGL it is the list."""
    shown = [kind for kind in KINDS if kind in (asked.on or asked.show.split(","))]
    place = asker(asked.near, asked.lon, asked.lat)
    offered = grounds.offered()
    ground = next((one for one in offered if one.key == asked.ground), None)
    with session() as db:
        found = {kind: _LISTED[kind](db, place) for kind in shown if kind in _LISTED}
        bounds = district_bounds(db)
    given = {"bounds": bounds, "here": [place.lon, place.lat] if place.lon is not None else None,
             "ground": ground.for_script() if ground else None}  # fmt: skip
    answer = page(
        request, "maps/public.html", asked=asked, place=place, kinds=KINDS, shown=shown, found=found, given=given,
        grounds=offered, ground=ground, listed=_LISTED,
    )  # fmt: skip
    if ground is not None:
        answer.headers["content-security-policy"] = _with_hosts(ground)
    return answer


def _with_hosts(ground: grounds.Ground) -> str:
    """The policy of every page, and the hosts of this ground's pictures."""
    hosts = " ".join(ground.hosts)
    return CONTENT_POLICY.replace("connect-src 'self'", f"connect-src 'self' {hosts}").replace(
        "img-src 'self'", f"img-src 'self' {hosts}"
    )
