"""One worker of the real server under load: geocode, suggest, tiles."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import quote

from gazetteer.sample import draw
from tests.bench.alone import alone
from tests.bench.frame import Context, Row, diming, measurement, private_home
from tests.bench.load import run
from tests.bench.processor import used_s
from tests.bench.registers import asked_of
from tests.bench.serving import Server, server

SAMPLE_SEED = 331003
Paths = dict[str, list[str]]


@measurement("http", "One worker over HTTP, 16 connections kept open")
def http(context: Context) -> list[Row]:
    """Sample districts of two sizes, each in a register of its own."""
    sizes = (20_000,) if context.quick else (20_000, 370_000)
    rows = [Row("(the load generator runs on the same two cores)", "")]
    return rows + [row for doors in sizes for row in _size(doors, 3 if context.quick else 10)]


def _size(doors: int, seconds: float) -> list[Row]:
    paths = alone(_paths, doors)
    with private_home() as env:
        for command in (("up",), ("migrate",), ("sample", "load", "--doors", str(doors)), ("index", "build")):
            diming(env, *command)
        with server(env) as serving:
            alone(run, serving.port, paths["geocode"][:200], 1)
            rows = [_asked(serving, what, given, seconds) for what, given in paths.items()]
    return [Row(f"**{doors:,} doors**", ""), *rows]


def _asked(serving: Server, what: str, paths: list[str], seconds: float) -> Row:
    before = used_s(serving.pid)
    load = alone(run, serving.port, paths, seconds)
    each_ms = (used_s(serving.pid) - before) / len(load.times) * 1000
    said = f"{load.said()}; {each_ms:.2f} ms of the worker's processor time each"
    return Row(TITLES[what], said, GOALS.get(what, ""))


TITLES = {
    "bare": "`GET /livez`: the framework alone",
    "geocode": "`GET /v1/geocode`, messy texts, all different",
    "suggest": "`GET /v1/suggest`, names typed key by key",
    "reverse": "`GET /v1/reverse`",
    "tiles": "tiles of zoom 14 to 16",
}
GOALS = {"geocode": ">= 1,500 a second, p95 <= 10 ms", "suggest": "p95 <= 10 ms", "tiles": "p95 <= 40 ms"}


def _paths(doors: int) -> Paths:
    """What is asked of each service; the district is drawn again to know its names."""
    asked = asked_of(draw(doors, SAMPLE_SEED), doors, 20_000)
    typed = [name[:n] for name in asked["names"] for n in range(1, len(name) + 1)]
    return {
        "bare": ["/livez"],
        "geocode": [f"/v1/geocode?q={quote(text)}" for text, _, _ in asked["messy"]],
        "suggest": [f"/v1/suggest?q={quote(text)}" for text in typed],
        "reverse": [f"/v1/reverse?lon={lon:.6f}&lat={lat:.6f}" for lon, lat in asked["points"]],
        "tiles": _tiles(asked["points"]),
    }


def _tiles(points: list[Any]) -> list[str]:
    """Tiles that hold doors, each once, of three zooms in turn."""
    found = dict.fromkeys(_tile(lon, lat, 14 + at % 3) for at, (lon, lat) in enumerate(points))
    return [f"/tiles/base/{z}/{x}/{y}.mvt" for z, x, y in found]


def _tile(lon: float, lat: float, zoom: int) -> tuple[int, int, int]:
    turned = math.asinh(math.tan(math.radians(lat)))
    return zoom, int((lon + 180) / 360 * 2**zoom), int((1 - turned / math.pi) / 2 * 2**zoom)
