"""OGC API Features and Tiles, opened by GDAL as QGIS opens them, and asked wrongly."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serving import Served

COLLECTIONS = {"published.place", "published.road", "published.address", "published.address_point",
               "published.division", "published.facility", "published.boundary_line", "published.boundary_marker"}  # fmt: skip


def gdal(task: str, source: str, layer: str = "", box: str = "") -> Any:
    """What GDAL says of a source, asked in a process of its own: it would keep our server's thread from answering."""
    script = """
import json, sys, pyogrio
task, source, layer, box = sys.argv[1:]
if task == "layers":
    print(json.dumps([str(name) for name, _ in pyogrio.list_layers(source)]))
else:
    rows = pyogrio.read_dataframe(source, layer=layer or None, bbox=tuple(map(float, box.split(","))) if box else None)
    print(json.dumps({"types": sorted(set(rows.geometry.geom_type)), "names": list(rows.get("name", [])), "count": len(rows),
                      "bounds": list(rows.geometry.iloc[0].bounds)}))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, task, source, layer, box], capture_output=True, text=True, timeout=280
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_gdal_lists_the_published_views_and_nothing_else(server: Served):
    layers = set(gdal("layers", f"OAPIF:{server.url}/ogc"))
    assert layers >= COLLECTIONS
    assert all(name.startswith("published.") for name in layers)


def test_gdal_reads_roads_with_their_names_inside_a_box(server: Served):
    roads = gdal("read", f"OAPIF:{server.url}/ogc", "published.road")
    assert roads["count"] > 10
    assert all(kind.endswith("LineString") for kind in roads["types"])
    inside = gdal("read", f"OAPIF:{server.url}/ogc", "published.road", ",".join(map(str, roads["bounds"])))
    assert roads["names"][0] in inside["names"]
    assert inside["count"] < roads["count"]


def test_gdal_gets_every_page_of_the_doors(server: Served):
    items = f"{server.url}/ogc/collections/published.address_point/items"
    counted = httpx.get(items, params={"limit": 1}, timeout=240).json()
    assert (
        gdal("read", f"OAPIF:{server.url}/ogc", "published.address_point")["count"]
        == counted["numberMatched"]
    )


def test_gdal_reads_a_tile_of_the_ogc_service_and_of_our_own(client: httpx.Client, tmp_path: Path):
    items = client.get("/ogc/collections/published.address_point/items", params={"limit": 1})
    lon, lat = items.json()["features"][0]["geometry"]["coordinates"]
    x = int((lon + 180) / 360 * 2**14)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**14)
    ogc = client.get(f"/ogc/collections/published.address_point/tiles/WebMercatorQuad/14/{x}/{y}")
    own = client.get(f"/tiles/base/14/{x}/{y}.mvt")
    for answer in (ogc, own):
        assert answer.status_code == 200
        file = tmp_path / "0.mvt"
        file.write_bytes(answer.content)
        layers = gdal("layers", f"MVT:{file}")
        assert sum(gdal("read", f"MVT:{file}", layer)["count"] for layer in layers) > 0


def test_a_browser_gets_json_and_never_a_page_that_loads_from_elsewhere(client: httpx.Client):
    answer = client.get("/ogc/", headers={"accept": "text/html,*/*"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    "path",
    ["/collections/published.road/items?bbox=a", "/collections/published.road/items?bbox=nan,1,2,3",
     "/collections/published.road/items?limit=-1", "/collections/published.road/items?filter=1%3D",
     "/collections/published.road/items?datetime=x", "/collections/published.road/items?f=html",
     "/collections/register.account/items", "/collections/published.road/items/%00",
     "/collections/access.account/items", "/collections/published.road/tiles/WebMercatorQuad/99/0/0",
     "/collections/published.road/items?sortby=;drop", "/nowhere"],
)  # fmt: skip
def test_a_wrong_question_gets_a_chinese_sentence_and_no_inside(client: httpx.Client, path: str):
    answer = client.get(f"/ogc{path}")
    assert 400 <= answer.status_code < 500, answer.text
    body = answer.json()
    assert body["code"] and body["detail"].endswith("。") and "SELECT" not in answer.text


def test_nothing_can_be_written(client: httpx.Client):
    assert client.post("/ogc/collections").status_code == 422
