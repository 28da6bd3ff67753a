"""Vector tiles from the database and from memory, beside tipg on the same database and layers in one run."""

from __future__ import annotations

import http.client
import os
from dataclasses import dataclass

from tests.bench.alone import alone, quantile
from tests.bench.frame import Context, Row, diming, measurement, private_home
from tests.bench.load import Load, run
from tests.bench.processor import used_s
from tests.bench.serving import Server, server
from tests.bench.tipg_serving import tile_path, tipg
from tiles.archive import keys_of
from tiles.layers import Bounds

HEADS = ("what", "ours", "tipg", "ours / tipg", "goal")
#: Our layer -> the view that it draws, the same things from zoom 16 on.
PAIRS = {"roads": "road_segment", "addresses": "address_point"}
ZOOMS = (16, 17)
Key = tuple[int, int, int]


@dataclass(frozen=True)
class Asked:
    """What a server answered to a list of paths."""

    load: Load
    processor_ms: float


@measurement("tiles", "Vector tiles, one worker each, beside tipg on the same database", heads=HEADS)
def tiles(context: Context) -> list[Row]:
    """A sample district; tiles spread over it, each asked once for the cold rate."""
    doors, seconds, most = (20_000, 3, 600) if context.quick else (400_000, 10, 2_000)
    with private_home() as env:
        for command in (("up",), ("migrate",), ("sample", "load", "--doors", str(doors))):
            diming(env, *command)
        alone(_settle, env["DIMING_HOME"])
        with server(env) as ours:
            bounds, keys = _keys(ours, most)
            _warm(ours, bounds)
            rows = [
                Row(
                    f"**{doors:,} doors; {len(keys):,} tiles of zoom 16 and 17**",
                    "",
                    "",
                    ("", ""),
                )
            ]
            rows += _base(ours, bounds, most // 2, seconds)
            with tipg(env) as theirs:
                for layer, view in PAIRS.items():
                    rows += _pair(ours, theirs, layer, view, keys)
    return rows


def _settle(home: str) -> None:
    """Tidy up after the load, as the database does by itself within minutes: what is measured is every day after."""
    os.environ["DIMING_HOME"] = home
    from sqlalchemy import text

    from geo.store.engine import owner_engine

    with owner_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _warm(ours: Server, bounds: Bounds) -> None:
    """A few tiles of a zoom that is not measured: each connection to the database opens its tables of projections once."""
    keys = _spread(list(keys_of(bounds, 13, 13)), 40)
    _each_once(ours, [f"/tiles/addresses/{z}/{x}/{y}.mvt" for z, x, y in keys])


def _base(ours: Server, bounds: Bounds, most: int, seconds: float) -> list[Row]:
    rows, paths = [], []
    for layer in ("addresses", "roads", "base"):
        for z in (14, 15, 16):
            keys = _spread(list(keys_of(bounds, z, z)), most)
            paths = [f"/tiles/{layer}/{z}/{x}/{y}.mvt" for _, x, y in keys]
            cold = _each_once(ours, paths)
            p95 = quantile(cold.load.times, 0.95) * 1000
            heads = (
                f"`{layer}` from the database, zoom {z}",
                f"{_said(cold)}; p95 {p95:.1f} ms",
                "",
                ("", "p95 <= 40 ms"),
            )
            rows += [
                Row(*heads),
                Row(
                    "- largest tile, not packed",
                    f"{_largest(ours, paths) / 1000:,.0f} kB",
                    "",
                    ("", "<= 500 kB"),
                ),
            ]
    warm = paths[:200]
    alone(run, ours.port, warm, 1, 16, False, True)
    before = used_s(ours.pid)
    kept = alone(run, ours.port, warm, seconds, 16, False, True)
    each = (used_s(ours.pid) - before) / len(kept.times)
    rows.append(Row("`base` from memory, whole answers", kept.said(), "", ("", ">= 10,000 a second")))
    rows.append(Row("- by the worker's processor time alone", f"{1 / each:,.0f} a second", "", ("", "")))
    return rows


def _pair(ours: Server, theirs: Server, layer: str, view: str, keys: list[Key]) -> list[Row]:
    mine = _each_once(ours, [f"/tiles/{layer}/{z}/{x}/{y}.mvt" for z, x, y in keys])
    other = _each_once(theirs, [tile_path(view, *key) for key in keys])
    rates = (mine.load.per_second, other.load.per_second)
    p95 = [quantile(one.load.times, 0.95) * 1000 for one in (mine, other)]
    return [
        Row(f"`{layer}` = `published.{view}`, each tile once, a second", f"{rates[0]:,.0f}", f"{rates[1]:,.0f}",
            (f"{rates[0] / rates[1]:.1f}", ">= 2")),
        Row("- p95, ms", f"{p95[0]:.1f}", f"{p95[1]:.1f}", (f"{p95[0] / p95[1]:.2f}", "")),
        Row("- worker's processor time a tile, ms", f"{mine.processor_ms:.2f}", f"{other.processor_ms:.2f}",
            (f"{mine.processor_ms / other.processor_ms:.2f}", "")),
        Row("- errors", str(mine.load.errors), str(other.load.errors), ("", "0")),
    ]  # fmt: skip


def _each_once(asked: Server, paths: list[str]) -> Asked:
    before = used_s(asked.pid)
    load = alone(run, asked.port, paths, 600, 4, True, True)
    return Asked(load, (used_s(asked.pid) - before) / len(load.times) * 1000)


def _said(asked: Asked) -> str:
    return f"{asked.load.per_second:,.0f} a second, {asked.processor_ms:.1f} ms of the worker's processor time each"


def _keys(ours: Server, most: int) -> tuple[Bounds, list[Key]]:
    """The district's bounds, and tiles spread over it."""
    import orjson

    told = orjson.loads(_body(ours, "/tilejson/roads.json"))
    west, south, east, north = told["bounds"]
    bounds = (west, south, east, north)
    found = [key for z in ZOOMS for key in keys_of(bounds, z, z)]
    return bounds, _spread(found, most)


def _spread(keys: list[Key], most: int) -> list[Key]:
    return keys[:: max(1, len(keys) // most)]


def _largest(ours: Server, paths: list[str]) -> int:
    """Bytes of the largest of these tiles, asked without packing over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", ours.port, timeout=60)
    largest = 0
    for path in paths:
        connection.request("GET", path)
        largest = max(largest, len(connection.getresponse().read()))
    connection.close()
    return largest


def _body(ours: Server, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", ours.port, timeout=60)
    connection.request("GET", path)
    return connection.getresponse().read()
