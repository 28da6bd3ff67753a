"""A small load generator: a fixed number of keep-alive connections, each asking again as soon as it is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from uvicorn.loops.auto import auto_loop_factory

from tests.bench.alone import quantile

CONNECTIONS = 16


@dataclass
class Load:
    """What came back: seconds of every answer, how many were not 2xx, whole seconds run, whether there is nothing left to ask."""

    times: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0
    ended: bool = False

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def said(self) -> str:
        """Rate, median, 95 of a hundred, errors."""
        p50, p95 = (quantile(self.times, share) * 1000 for share in (0.5, 0.95))
        return f"{self.per_second:,.0f} a second; p50 {p50:.1f}, p95 {p95:.1f} ms; {self.errors} errors"


def run(
    port: int,
    paths: list[str],
    seconds: float,
    connections: int = CONNECTIONS,
    once: bool = False,
    packed: bool = False,
) -> Load:
    """Ask this machine's ``port`` for the paths in turn; run through :func:`tests.bench.alone.alone`.

    Args:
        port: of the server.
        paths: what is asked.
        seconds: how long at most.
        connections: kept open, each asking again as soon as it is answered.
        once: end when every path has been asked for one time.
        packed: take gzip, as every browser does.
    """
    # The generator shares the machine with what it measures: the less it takes itself, the better.
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        return runner.run(_run(port, paths, seconds, connections, once, packed))


async def _run(
    port: int, paths: list[str], seconds: float, connections: int, once: bool, packed: bool
) -> Load:
    load = Load()
    more = "Accept-Encoding: gzip\r\n" if packed else ""
    texts = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode() for path in paths]
    requests = iter(texts) if once else cycle(texts)
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_connection(port, requests, until, load) for _ in range(connections)))
    load.seconds = time.perf_counter() - began
    return load


async def _connection(port: int, requests: Iterator[bytes], until: float, load: Load) -> None:
    loop = asyncio.get_running_loop()
    while not load.ended and time.perf_counter() < until:
        ended: asyncio.Future[None] = loop.create_future()
        await loop.create_connection(lambda: _Asking(requests, until, load, ended), "127.0.0.1", port)  # noqa: B023
        await ended


class _Asking(asyncio.Protocol):
    """One connection: asks, waits for the whole answer, asks again, until the time is up or nothing is left to ask."""

    def __init__(
        self, requests: Iterator[bytes], until: float, load: Load, ended: asyncio.Future[None]
    ) -> None:
        self._requests, self._until, self._load, self._ended = requests, until, load, ended
        self._transport: Any = None
        self._held = self._head = b""
        self._missing = 0
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        if self._missing:
            self._missing -= len(data)
        else:
            self._held += data
            head, found, body = self._held.partition(b"\r\n\r\n")
            if not found:
                return
            self._held, self._head = b"", head.lower()
            self._missing = _length(self._head) - len(body)
        if not self._missing:
            self._answered()

    def connection_lost(self, error: Exception | None) -> None:
        if self._missing or self._held:
            self._load.errors += 1
        if not self._ended.done():
            self._ended.set_result(None)

    def _ask(self) -> None:
        asked = next(self._requests, None) if time.perf_counter() < self._until else None
        if asked is None:
            self._load.ended = True
            self._transport.close()
            return
        self._began = time.perf_counter()
        self._transport.write(asked)

    def _answered(self) -> None:
        self._load.times.append(time.perf_counter() - self._began)
        self._load.errors += not self._head.startswith(b"http/1.1 2")
        if b"connection: close" in self._head:
            self._transport.close()
        else:
            self._ask()


def _length(head: bytes) -> int:
    """Bytes of the body after a head in small letters."""
    at = head.find(b"content-length:")
    return int(head[at + 15 :].partition(b"\r")[0]) if at >= 0 else 0
