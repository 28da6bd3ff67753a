"""Vector tiles over HTTP: the same bytes again cost nothing, and an edit shows in the very next answer."""

from __future__ import annotations

import math

import httpx
import pytest
from sqlalchemy import text

from geo.store.engine import act, session


@pytest.fixture(scope="module")
def door(server) -> tuple[str, str]:
    """The code of a door and the path of the tile that holds it."""
    with session() as db:
        code, lon, lat = db.execute(
            text("SELECT code, ST_X(geom), ST_Y(geom) FROM published.address_point ORDER BY code LIMIT 1")
        ).one()
    turned = math.asinh(math.tan(math.radians(lat)))
    x, y = int((lon + 180) / 360 * 2**16), int((1 - turned / math.pi) / 2 * 2**16)
    return code, f"/tiles/base/16/{x}/{y}.mvt"


def test_a_tile_comes_gzipped_or_plain_and_is_not_sent_again_while_nothing_changes(
    client: httpx.Client, door
):
    plain = client.get(door[1], headers={"accept-encoding": "identity"})
    zipped = client.get(door[1], headers={"accept-encoding": "gzip"})
    assert plain.status_code == zipped.status_code == 200
    assert "content-encoding" not in plain.headers and zipped.headers["content-encoding"] == "gzip"
    assert plain.content == zipped.content and b"door" in plain.content
    again = client.get(door[1], headers={"if-none-match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_edit_shows_in_the_next_tile(client: httpx.Client, door):
    code, path = door
    before = client.get(path)
    assert client.get(path).content == before.content
    with session() as db:
        act(db, actor="test", action="address.correct")
        db.execute(
            text("UPDATE register.address SET handle_name = '改名后的路' WHERE code = :code"), {"code": code}
        )
    after = client.get(path, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200 and after.headers["etag"] != before.headers["etag"]
    assert "改名后的路".encode() in after.content and "改名后的路".encode() not in before.content
