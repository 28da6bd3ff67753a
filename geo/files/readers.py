"""The parent's side of reading apart: one ``geo.files.nursery`` for this process, an order for every file."""

from __future__ import annotations

import atexit
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

_ROOT = Path(__file__).resolve().parents[2]
_BIRTH_S = 180.0


class TooSlow(Exception):  # noqa: N818 - said as a Problem by ``geo.files.apart``
    """The child took longer than allowed and was ended."""


@dataclass(slots=True)
class _Nursery:
    process: subprocess.Popen[bytes]
    orders: socket.socket
    owner: int

    @property
    def alive(self) -> bool:
        """Whether it can take an order from this very process, and not from the one that forked it."""
        return self.owner == os.getpid() and self.process.poll() is None


_lock = threading.Lock()
_current: _Nursery | None = None


def read_in_child(folder: Path, job: dict[str, Any], timeout_s: float) -> int | None:
    """Have a child do the job and leave its answer in ``folder``.

    Returns:
        The child's exit code, or None when it died without a word.

    Raises:
        TooSlow: it took longer than ``timeout_s``, counted from its birth; it is dead now.
    """
    ear, mouth = os.pipe()
    try:
        try:
            _order({"folder": str(folder), "job": job}, mouth)
        finally:
            os.close(mouth)
        return _listen(ear, timeout_s)
    finally:
        os.close(ear)


def _order(order: dict[str, Any], mouth: int) -> None:
    with _lock:
        try:
            socket.send_fds(_nursery().orders, [orjson.dumps(order)], [mouth])
        except (BrokenPipeError, ConnectionResetError):
            _stop()
            socket.send_fds(_nursery().orders, [orjson.dumps(order)], [mouth])


def _listen(ear: int, timeout_s: float) -> int | None:
    heard, pid, until = b"", 0, time.monotonic() + _BIRTH_S
    while True:
        left = until - time.monotonic()
        if not select.select([ear], [], [], max(left, 0))[0]:
            if pid:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            raise TooSlow
        piece = os.read(ear, 64)
        if not piece:
            return _code(heard)
        heard += piece
        if not pid and (born := [line for line in heard.split(b"\n")[:-1] if line.startswith(b"p")]):
            pid, until = int(born[0][1:]), time.monotonic() + timeout_s


def _code(heard: bytes) -> int | None:
    ended = [line for line in heard.split(b"\n") if line.startswith(b"x")]
    return int(ended[0][1:]) if ended else None


def _nursery() -> _Nursery:
    global _current
    if _current is None or not _current.alive:
        _stop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "geo.files.nursery", str(theirs.fileno())]
            process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no text of the user
                command, cwd=_ROOT, env=_environment(), pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        _current = _Nursery(process, ours, os.getpid())
    return _current


@atexit.register
def _stop() -> None:
    """Let the nursery go; it ends when nobody can order any more."""
    global _current
    known, _current = _current, None
    if known is None:
        return
    known.orders.close()
    if known.owner == os.getpid():
        try:
            known.process.wait(5)
        except subprocess.TimeoutExpired:
            known.process.kill()
            known.process.wait()


def _environment() -> dict[str, str]:
    """It sees the packages and no setting, so that no secret of the parent can leak into a dump."""
    kept = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "PROJ_DATA")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PYTHONPATH": str(_ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
