"""What the program counts about itself, in the form that Prometheus reads.

The label ``route`` is the pattern of a route, never a path: the number of series stays small, and what people ask
for stays out of it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
REGISTRY: Final = CollectorRegistry()
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
_requests = Counter("diming_requests", "Answered requests.", ("method", "route", "status"), registry=REGISTRY)
_seconds = Histogram(
    "diming_request_seconds",
    "Time to the end of the answer.",
    ("route",),
    buckets=_BUCKETS,
    registry=REGISTRY,
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request; a method that nobody defined is counted as ``other``."""
    counter, times = _series(method if method in _METHODS else "other", route, status)
    counter.inc()
    times.observe(seconds)


@lru_cache(maxsize=4096)
def _series(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """The two series of an answer: finding them by their labels costs more than counting."""
    return _requests.labels(method, route, str(status)), _seconds.labels(route)


def exposition() -> bytes:
    """All counts of this process as text."""
    return generate_latest(REGISTRY)
