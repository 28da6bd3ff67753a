"""Tiles of doors show what is in force at the moment they are drawn, at every zoom, thinned or not."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from sqlalchemy import text

from geo.store.engine import act, session
from tiles.archive import column_row
from tiles.layers import DEEPEST
from tiles.mvt import tile

COUNTY = "331003000000"
LON, LAT = 121.26, 28.65
ZOOMS = range(13, DEEPEST + 1)
_DOOR = text("""
    WITH door AS (
      INSERT INTO register.address (county, handle_name, number, standard_address, valid_from, valid_to)
      VALUES (:county, '永宁路', :number, '永宁路' || :number || '号', current_date + CAST(:since AS integer),
              current_date + CAST(:until AS integer)) RETURNING code)
    INSERT INTO register.address_point (address, kind, geom)
    SELECT code, 'entrance', ST_SetSRID(ST_MakePoint(:lon, :lat), 4490) FROM door RETURNING address
""")


@pytest.fixture(autouse=True)
def district(database_url: str) -> None:
    with session() as db:
        act(db, actor="test", action="set-up")
        db.execute(
            text("INSERT INTO register.division (code, name, level) VALUES (:c, '黄岩区', 3)"), {"c": COUNTY}
        )


def door(number: int, *, since: int | None = None, until: int | None = None, lon: float = LON) -> str:
    """A door in force from so many days after today until so many, None for always."""
    given = {"county": COUNTY, "number": str(number), "since": since, "until": until, "lon": lon, "lat": LAT}
    with session() as db:
        act(db, actor="test", action="address.register")
        return str(db.scalar(_DOOR, given))


def drawn(zoom: int) -> list[dict[str, Any]]:
    """The properties of the doors in the tile around the place."""
    with session() as db:
        body = tile(db, "addresses", zoom, *column_row(LON, LAT, zoom))
    if not body:
        return []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tile.pbf"
        file.write_bytes(body)
        return list(pyogrio.read_dataframe(file, layer="door", read_geometry=False).to_dict("records"))


def codes(zoom: int) -> set[str]:
    return {one["code"] for one in drawn(zoom)}


def test_a_door_shows_at_every_zoom_as_soon_as_it_is_written_and_goes_as_soon_as_it_is_retired() -> None:
    assert [drawn(zoom) for zoom in ZOOMS] == [[]] * len(ZOOMS)
    code = door(1)
    assert [codes(zoom) for zoom in ZOOMS] == [{code}] * len(ZOOMS)
    with session() as db:
        act(db, actor="test", action="address.retire")
        db.execute(text("UPDATE register.address SET valid_to = current_date WHERE code = :c"), {"c": code})
    assert [drawn(zoom) for zoom in ZOOMS] == [[]] * len(ZOOMS)


def test_a_door_of_tomorrow_waits_and_one_that_ends_tomorrow_still_stands() -> None:
    door(1, since=1)
    ending, today, begun = door(2, until=1), door(3, since=0), door(4, since=-1, until=2)
    door(5, since=-2, until=0)
    for zoom in ZOOMS:
        told = drawn(zoom)
        if zoom < 16:
            assert [one["doors"] for one in told] == [3]
        else:
            assert {one["code"] for one in told} == {ending, today, begun}


def test_a_square_counts_all_its_doors_and_shows_one_that_stands_in_it() -> None:
    near, far = {door(n) for n in range(1, 6)}, {door(n, lon=LON + 0.0008) for n in range(6, 8)}
    for zoom in (13, 14, 15):
        told = sorted((one["doors"], one["code"]) for one in drawn(zoom))
        assert sum(doors for doors, _ in told) == 7
        if len(told) == 2:
            assert told[0][1] in far and told[1][1] in near
    assert len(drawn(15)) == 2 and len(drawn(17)) == 7


def test_what_is_counted_is_what_the_published_doors_are() -> None:
    for number, (since, until) in enumerate(((None, None), (1, None), (-3, 0), (-3, 1), (0, 9)), start=1):
        door(number, since=since, until=until)
    with session() as db:
        world = "ST_MakeEnvelope(73, 3, 136, 54, 4490)"
        counted = db.scalars(text(f"SELECT code FROM published.door_within({world}) ORDER BY code")).all()
        shown = db.scalars(text("SELECT code FROM published.address_point ORDER BY code")).all()
    assert counted == shown and len(shown) == 3
