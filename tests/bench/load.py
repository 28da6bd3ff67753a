"""A small load generator: a fixed number of keep-alive connections, each asking again as soon as it is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

from uvicorn.loops.auto import auto_loop_factory

from tests.bench.alone import quantile

CONNECTIONS = 16


@dataclass
class Load:
    """What came back: seconds of every answer, how many were not 2xx, whole seconds run."""

    times: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0

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
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    while time.perf_counter() < until:
        began = time.perf_counter()
        asked = next(requests, None)
        if asked is None:
            break
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(head))
        load.times.append(time.perf_counter() - began)
        load.errors += not head.startswith(b"HTTP/1.1 2")
        if b"connection: close" in head.lower():
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    writer.close()


def _length(head: bytes) -> int:
    low = head.lower()
    at = low.find(b"content-length:")
    return int(low[at + 15 : low.index(b"\r", at)]) if at >= 0 else 0
