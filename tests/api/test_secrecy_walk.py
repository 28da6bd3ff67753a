"""Whoever is not of a line finds no precise marker and no reference distance behind any door that opens to him."""

from __future__ import annotations

import itertools
import math
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from sqlalchemy import text

from api.desks.maps.sheets import MAPS
from api.rights import RIGHTS
from api.rights.callers import EVERYBODY
from api.security.accounts import add_account
from boundary.sample_rounds import LAST, LINE
from geo.store.engine import act, session
from tests.people import PASSWORD, Come
from tests.serving import Served
from tiles.layers import LAYERS

LEAST_M = 5.0
M_PER_DEGREE = 111_320.0
STRANGERS = {
    "far": ("inspector", "331004000000"),
    "clerk-far": ("officer", "331004000000"),
    "counts": ("analyst", None),
}
"""An inspector and an officer of a county that shares no line, and an ordinary desk role: account → role, division."""
# Public doors that say more to some who are logged in; the other public ones are walked once, by nobody.
OWN = {"/v1/markers", "/v1/markers/{code}"}
# A tile and a file of maps are read as geometries below.
BESIDE = {"/tiles/{layer}/{z}/{x}/{y}.mvt", "/desk/maps/published.gpkg"}
NUMBER = re.compile(r"(?<![\d.])(\d{1,3}\.\d{2,})")


@dataclass(frozen=True)
class Secrets:
    """Markers as (n, 2) degrees, and (azimuth, distance) of their reference objects."""

    places: np.ndarray
    sights: set[tuple[float, float]]

    def near(self, spots: np.ndarray) -> bool:
        """Whether any spot (degrees) lies within ``LEAST_M`` of a marker."""
        if not len(spots):
            return False
        scale = np.array([M_PER_DEGREE * math.cos(math.radians(28.7)), M_PER_DEGREE])
        off = (spots[:, None, :] - self.places[None, :, :]) * scale
        return bool((np.hypot(off[..., 0], off[..., 1]) < LEAST_M).any())

    def told(self, body: str) -> bool:
        """Whether two numbers that follow each other are a marker's place, or a reference object's bearing."""
        numbers = [float(found) for found in NUMBER.findall(body)]
        pairs = list(itertools.pairwise(numbers))
        if any(pair in self.sights or pair[::-1] in self.sights for pair in pairs):
            return True
        spots = np.array([p for p in pairs if 70 < p[0] < 140 and 3 < p[1] < 55] or np.empty((0, 2)))
        turned = np.array([p[::-1] for p in pairs if 70 < p[1] < 140 and 3 < p[0] < 55] or np.empty((0, 2)))
        return self.near(spots) or self.near(turned)


@pytest.fixture(scope="module")
def secrets(server: Served) -> Secrets:
    with session() as db:
        places = db.execute(text("SELECT ST_X(geom), ST_Y(geom) FROM register.boundary_marker")).all()
        sights = db.execute(text("SELECT azimuth, distance FROM register.reference_object")).all()
    assert len(places) == 8 and len(sights) == 24
    return Secrets(np.array([tuple(row) for row in places]), {tuple(row) for row in sights})


@pytest.fixture(scope="module")
def accounts(server: Served) -> None:
    """The strangers."""
    with session() as db:
        act(db, actor="test", action="account.add")
        for name, (role, division) in STRANGERS.items():
            add_account(db, name, PASSWORD, [role], division_code=division)


def doors(role: str, secrets: Secrets) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address that the table of rights opens to a role, filled with the codes of what is secret."""
    lon, lat = secrets.places[1]
    around = {"q": "黄临", "bbox": f"{lon - 0.01:.2f},{lat - 0.01:.2f},{lon + 0.01:.2f},{lat + 0.01:.2f}",
              "lon": f"{lon + 0.001:.3f}", "lat": f"{lat:.3f}", "since": "0", "limit": "1000"}  # fmt: skip
    fill = {
        "code": [f"{LINE}-{LAST}", LINE, "SAMPLE-01"], "marker": ["SAMPLE-01"], "name": ["quiet", *MAPS],
        "layer": list(LAYERS), "form": ["pdf"], "kind": ["report", "markers", "boundaries"],
    }  # fmt: skip
    for method, path in RIGHTS:
        allowed = RIGHTS[(method, path)]
        public = allowed >= EVERYBODY and path not in OWN
        if method != "GET" or path in BESIDE or role not in allowed or public == (role != "public"):
            continue
        names = re.findall(r"{([^}]*)}", path)
        for values in itertools.product(*(fill.get(name, ["1"]) for name in names)):
            filled = path
            for name, value in zip(names, values, strict=True):
                filled = filled.replace(f"{{{name}}}", value)
            yield filled, {}
            if not names:
                yield filled, {name: around[name] for name in ("q", "bbox")}
                yield filled, {name: around[name] for name in ("lon", "lat")}


@pytest.mark.parametrize("name", ["", "far", "clerk-far"])
def test_no_door_tells_a_stranger_where_a_marker_stands(come: Come, secrets: Secrets, name: str) -> None:
    client, role = come(name), STRANGERS[name][0] if name else "public"
    opened = 0
    for path, asked in doors(role, secrets):
        answer = client.get(path, params=asked)
        assert answer.status_code < 500, (path, asked, answer.text[:300])
        opened += answer.status_code == 200
        assert not secrets.told(answer.text), (path, asked)
    assert opened > 15, opened


def test_programs_for_maps_read_every_collection_and_find_no_marker(come: Come, secrets: Secrets) -> None:
    client = come("")
    for one in client.get("/ogc/collections").json()["collections"]:
        items = client.get(f"/ogc/collections/{one['id']}/items", params={"limit": 1000, "f": "geojson"})
        assert items.status_code == 200, items.text[:300]
        assert not secrets.told(items.text), one["id"]


@pytest.mark.parametrize("layer", list(LAYERS))
def test_no_tile_of_any_layer_draws_a_marker_or_a_bend_where_it_stands(
    come: Come, secrets: Secrets, layer: str
) -> None:
    client = come("")
    for lon, lat in secrets.places:
        for z in (12, 16):
            x, y = tile_of(lon, lat, z)
            answer = client.get(f"/tiles/{layer}/{z}/{x}/{y}.mvt")
            # A step of a tile's own grid at 12 is 2.4 m: there the rounding must show as it does at 16.
            assert answer.status_code == 204 or not secrets.near(vertices(answer.content, z, x, y)), (
                layer,
                z,
                x,
                y,
            )


def test_the_file_of_published_layers_holds_no_marker(come: Come, secrets: Secrets, tmp_path: Path) -> None:
    answer = come("counts").get("/desk/maps/published.gpkg")
    assert answer.status_code == 200
    file = tmp_path / "published.gpkg"
    file.write_bytes(answer.content)
    for layer, _ in pyogrio.list_layers(file):
        frame = pyogrio.read_dataframe(file, layer=layer)
        if "geometry" in frame:
            assert not secrets.near(shapely.get_coordinates(frame.geometry.to_crs(4490).values)), layer
        words = frame.drop(columns="geometry", errors="ignore").to_csv()
        assert not secrets.told(words), layer


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    y = math.asinh(math.tan(math.radians(lat)))
    return int((lon + 180) / 360 * 2**z), int((1 - y / math.pi) / 2 * 2**z)


def vertices(tile: bytes, z: int, x: int, y: int) -> np.ndarray:
    """All vertices of all layers of a tile in degrees, less those where the tile's own edge cuts a shape."""
    found = [np.empty((0, 2))]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{y}.mvt"
        file.write_bytes(tile)
        for layer, _ in pyogrio.list_layers(file):
            frame = pyogrio.read_dataframe(file, layer=layer, X=x, Y=y, Z=z)
            found.append(
                shapely.get_coordinates(frame.geometry.set_crs(3857, allow_override=True).to_crs(4326).values)
            )
    return np.concatenate(found)
