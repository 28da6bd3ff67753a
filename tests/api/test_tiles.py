"""Vector tiles over HTTP: the same bytes again cost nothing, and an edit shows in the very next answer."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyogrio
import pytest
from sqlalchemy import text

from geo.store.engine import act, session
from tiles.layers import LAYERS


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


def test_every_layer_says_in_tilejson_what_its_tiles_hold(client: httpx.Client, door):
    z, x, y = door[1].removesuffix(".mvt").split("/")[3:]
    for name in LAYERS:
        told = client.get(f"/tilejson/{name}.json").json()
        assert told["tilejson"] == "3.0.0" and told["minzoom"] <= told["maxzoom"] <= 18
        assert "未经审图" in told["attribution"] and "示例数据" in told["attribution"]
        west, south, east, north = told["bounds"]
        assert 73 < west < east < 136 and 3 < south < north < 54
        assert told["tiles"][0].endswith(f"/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt")
        answer = client.get(f"/tiles/{name}/{z}/{x}/{y}.mvt")
        assert answer.status_code in {200, 204}
        assert _parts(answer.content) <= {part["id"] for part in told["vector_layers"]}


def test_the_layers_of_a_tile_hold_what_their_names_say(client: httpx.Client, door):
    at = door[1].removeprefix("/tiles/base/")
    assert _parts(client.get(f"/tiles/addresses/{at}").content) == {"door"}
    assert _parts(client.get(f"/tiles/roads/{at}").content) == {"road"}
    assert {"area"} <= _parts(client.get(f"/tiles/divisions/{at}").content)


def test_doors_are_thinned_below_16_and_their_number_is_kept(client: httpx.Client, door):
    z, x, y = (int(part) for part in door[1].removesuffix(".mvt").split("/")[3:])
    with session() as db:
        held = db.scalar(
            text("SELECT count(*) FROM published.address_point "
                 "WHERE geom && ST_Transform(ST_TileEnvelope(13, :x, :y), 4490)"), {"x": x >> (z - 13), "y": y >> (z - 13)},
        )  # fmt: skip
    tile = client.get(f"/tiles/addresses/13/{x >> (z - 13)}/{y >> (z - 13)}.mvt").content
    drawn = _doors(tile)
    assert 0 < len(drawn) < held and sum(drawn) == held


def test_markers_stand_in_their_squares_on_tiles_too(client: httpx.Client, door):
    told = client.get("/tilejson/boundaries.json").json()
    assert {part["id"] for part in told["vector_layers"]} == {"boundary", "marker"}
    with session() as db:
        assert "published.boundary_marker" in db.scalar(
            text("SELECT pg_get_functiondef('published.tile_boundaries'::regproc)")
        )


def test_what_is_no_tile_is_refused_in_words(client: httpx.Client, door):
    for path in (
        "/tiles/nothing/1/0/0.mvt",
        "/tiles/base/1/2/0.mvt",
        "/tiles/base/19/0/0.mvt",
        "/tilejson/x.json",
    ):
        answer = client.get(path)
        assert answer.status_code in {400, 404, 422} and answer.json()["remedy"]


def test_a_kept_tile_carries_the_headers_of_every_answer_and_is_counted(client: httpx.Client, door):
    client.get(door[1])
    again = client.get(door[1], headers={"x-request-id": "asked-by-test-1"})
    assert again.status_code == 200 and again.headers["x-request-id"] == "asked-by-test-1"
    assert again.headers["x-content-type-options"] == "nosniff"
    assert (
        'diming_requests_total{method="GET",route="/tiles/{layer}/{z}/{x}/{y}.mvt"'
        in client.get("/metrics").text
    )


def _parts(tile: bytes) -> set[str]:
    """The names of the layers in a tile, as GDAL reads them."""
    return (
        set(_read(tile, lambda file: [str(name) for name, _ in pyogrio.list_layers(file)])) if tile else set()
    )


def _doors(tile: bytes) -> list[int]:
    rows = _read(tile, lambda file: list(pyogrio.read_dataframe(file, layer="door")["doors"]))
    return [int(number) for number in rows]


def _read(tile: bytes, how: Callable[[Path], list[Any]]) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tile.pbf"
        file.write_bytes(tile)
        return how(file)
