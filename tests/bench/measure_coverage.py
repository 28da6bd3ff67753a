"""Walking coverage over a large made-up network, in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import shapely

from geo.network import Network, arrive, bands, build, reach_of, snap
from tests.bench.frame import Context, Row, measurement

T = TypeVar("T")
STEP = 0.001


@measurement("coverage", "15-minute walking coverage of 100 points")
def coverage(context: Context) -> list[Row]:
    """A grid of roads some 100 m apart; 100 meal points and 50,000 places of old people spread over it."""
    side = 101 if context.quick else 317
    rng = np.random.default_rng(331003)
    ends = np.array([121.0, 28.4]) + np.array([[0, 0], [STEP * (side - 1)] * 2])
    network, building = timed(lambda: grid(side))
    points, homes = rng.uniform(*ends, (100, 2)), rng.uniform(*ends, (50_000, 2))
    _, ready = timed(lambda: (network.tree, network.arcs))
    reach, reaching = timed(lambda: reach_of(network, snap(network, points), limit_s=900))
    at, snapping = timed(lambda: snap(network, homes))
    times, arriving = timed(lambda: arrive(network, reach, at))
    _, drawing = timed(lambda: bands(network, reach, [300, 600, 900]))
    return [
        Row("edges of the network", f"{len(network.ends):,}"),
        Row(
            "coverage: 100 points reached out, 50,000 places snapped and told",
            f"{reaching + snapping + arriving:.2f} s",
            "<= 2 s",
        ),
        Row("of that, reaching out from 100 points", f"{reaching:.3f} s"),
        Row("places within 15 minutes", f"{np.isfinite(times.seconds).mean():.1%}"),
        Row("the 5, 10 and 15-minute bands as areas", f"{drawing:.2f} s"),
        Row("building the network (once a change of the roads)", f"{building:.2f} s"),
        Row("indexes of a network just opened", f"{ready:.2f} s"),
    ]


def grid(side: int) -> Network:
    """Roads along and across."""
    x, y = 121.0 + np.arange(side) * STEP, 28.4 + np.arange(side) * STEP
    along = [shapely.LineString([(x[0], lat), (x[-1], lat)]) for lat in y]
    across = [shapely.LineString([(lon, y[0]), (lon, y[-1])]) for lon in x]
    return build(along + across)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result and the seconds it took."""
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started
