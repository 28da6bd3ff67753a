"""A batch on a Dask cluster: the same function over the same index file, on processes here or on other machines.

A scheduler that is named (``DIMING_DASK_SCHEDULER``) is used as it stands; without one, processes on this machine are
started and ended again. A worker that sees the index file maps it; to a machine that does not, the file is sent once.
Which worker does what is Dask's business: a portion whose worker is killed is done by another.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.address.answering.batch import Done, Outcome, Portion, answered
from gazetteer.address.answering.engine import Geocoder, trained_model
from gazetteer.address.index import Index, index_files
from gazetteer.address.index.countyfile import folder_of
from geo.problems import BadInput, Unavailable
from geo.settings import settings

if TYPE_CHECKING:
    from distributed import Client

_PIECE = 16_000_000
"""Bytes of the index file in one message."""
_CONNECT_S = 15
_CALLED = "addresses.index"
"""The index where it was sent to."""


def on_dask(index: Path, portions: Sequence[Portion], as_of: date | None, workers: int) -> Iterator[Done]:
    """Every portion, as each is done.

    Raises:
        BadInput: Dask is not installed.
        Unavailable: the scheduler is not to be reached, or workers die again and again.
    """
    try:
        dask: Any = import_module("distributed")  # it says nothing about its types
    except ImportError as error:
        raise BadInput(
            "没有安装 Dask。", "请执行 pip install 'diming[dask]'，或用 --engine local。", code="no-dask"
        ) from error
    with _client(dask, workers or os.cpu_count() or 1) as client:
        name = Index.open(index).info.checksum
        hosts = _spread(client, index, name)
        asked = {
            client.submit(
                _portion, str(index.resolve()), name, texts, as_of, pure=False, workers=hosts, key=f"geocode-{name}-{number}"
            ): number
            for number, texts in portions
        }  # fmt: skip
        try:
            for future in dask.as_completed(asked, loop=client.loop):
                yield asked.pop(future), [Outcome(*row) for row in future.result()]
                future.release()
        except dask.KilledWorker as error:
            raise Unavailable(
                "Dask 的工作进程接连中止。",
                "请查看工作机的内存与日志；再次执行同一命令会从中断处继续。",
                code="dask-killed",
            ) from error


@contextmanager
def _client(dask: Any, workers: int) -> Iterator[Client]:
    """A client of the cluster that is named, or of one on this machine, ended with the batch."""
    address = settings().dask_scheduler
    if address:
        with _reached(dask, address) as client:
            yield client
        return
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with (
        dask.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.ERROR
        ) as cluster,
        dask.Client(cluster) as client,
    ):  # fmt: skip
        yield client


@contextmanager
def _reached(dask: Any, address: str) -> Iterator[Client]:
    try:
        client = dask.Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Unavailable(
            f"连不上 Dask 调度器 {address}。",
            "请核对 DIMING_DASK_SCHEDULER，并确认调度器已启动。",
            code="no-scheduler",
        ) from error
    with client:
        yield client


def _spread(client: Client, index: Path, name: str) -> list[str] | None:
    """See that the workers have the file; the hosts that may work, None for all.

    A host that comes later gets no work where files had to be sent: it would have nothing to answer from.
    """
    path = str(index.resolve())
    there = _asked_of_all(client, path, name)
    if not there:
        raise Unavailable("Dask 集群里没有工作进程。", "请先启动 dask worker。", code="no-workers")
    lacking = {_host(worker): worker for worker, has in there.items() if not has}
    if not lacking:
        return None
    for file, called in _files(index):
        _send(client, file, called, name, list(lacking.values()))
    client.run(_keep, name, workers=list(lacking.values()))
    return sorted({_host(worker) for worker in there})


def _files(index: Path) -> Iterator[tuple[Path, str]]:
    """What a machine needs, and what it is called there: the index with the files of its counties, the trained model."""
    head, *counties = index_files(index)
    yield head, _CALLED
    for file in counties:
        yield file, f"{folder_of(Path(_CALLED)).name}/{file.name}"
    if (model := trained_model(index)).is_file():
        yield model, model.name


def _asked_of_all(client: Client, path: str, name: str) -> dict[str, bool]:
    """Which workers see the file."""
    try:
        return dict(client.run(_has, path, name))
    except ImportError as error:
        raise Unavailable(
            "Dask 的工作机上没有安装本程序。",
            "请在每台工作机上装好同一版本的 diming。",
            code="dask-no-program",
        ) from error


def _host(worker: str) -> str:
    return worker.split("://")[-1].rsplit(":", 1)[0]


def _send(client: Client, file: Path, called: str, name: str, workers: list[str]) -> None:
    with file.open("rb") as source:
        at = 0
        while piece := source.read(_PIECE):
            client.run(_take, piece, called, name, at, workers=workers)
            at += len(piece)


def _cache(name: str) -> Path:
    """Where a machine keeps a file that was sent to it, for the worker that follows a killed one too."""
    return Path(tempfile.gettempdir()) / f"diming-index-{os.getuid()}-{name}"


def _take(piece: bytes, called: str, name: str, at: int) -> None:
    folder = _cache(name).with_suffix(".part")
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / called).parent.mkdir(mode=0o700, exist_ok=True)
    with (folder / called).open("r+b" if at else "wb") as out:
        out.seek(at)
        out.write(piece)


def _keep(name: str) -> None:
    """The files are whole: they get the name under which they are looked for."""
    if _cache(name).exists():
        shutil.rmtree(_cache(name).with_suffix(".part"))
    else:
        _cache(name).with_suffix(".part").rename(_cache(name))


def _has(path: str, name: str) -> bool:
    return _place(path, name) is not None


def _place(path: str, name: str) -> Path | None:
    """The file on this machine: at its own place, or as it was sent."""
    for one in (Path(path), _cache(name) / _CALLED):
        if one.is_file() and Index.open(one).info.checksum == name:
            return one
    return None


@lru_cache(maxsize=2)
def _engine(path: str, name: str) -> Geocoder:
    place = _place(path, name)
    if place is None:
        raise Unavailable("工作机上没有这份地址索引。", "请再次执行同一命令。", code="no-index")
    return Geocoder.open(place)


def _portion(path: str, name: str, texts: list[str], as_of: date | None) -> list[list[Any]]:
    """One portion in a worker; rows as plain lists, that need no class of ours on the way."""
    return [list(row) for row in answered(_engine(path, name), texts, as_of)]
