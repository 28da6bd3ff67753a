"""A function in a fresh process of its own, so that memory and start are its own; and what the kernel says of them."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def alone(function: Callable[..., T], *arguments: Any) -> T:
    """The function's value, from a process started for it and ended after it."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def memory_mb() -> dict[str, float]:
    """Resident memory of this process: ``anon`` is its own, ``file`` are pages of mapped files, shared between workers."""
    found = {}
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        name, _, value = line.partition(":")
        if name in ("RssAnon", "RssFile", "RssShmem", "VmRSS"):
            found[name] = int(value.split()[0]) / 1024
    return {"anon": found["RssAnon"] + found["RssShmem"], "file": found["RssFile"], "all": found["VmRSS"]}


def peak_mb() -> float:
    """The most memory this process has had resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def quantile(times: Sequence[float], share: float) -> float:
    """The time that ``share`` of all do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
