"""The process that stands ready to read: it loads the libraries once and forks a child for every file.

A fork costs milliseconds where a fresh start with its imports costs a second. No byte of any file is ever touched
here; the child that reads is as alone as if it had been started for it, and ends with its file.
"""

from __future__ import annotations

import os
import resource
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from geo.files import child

LARGEST = 65_536
"""Bytes of one order."""


def serve(orders: socket.socket) -> None:
    """Fork a child for every order until the other side is gone.

    An order is a JSON object with ``folder`` and ``job`` and comes with the writing end of a pipe. Through it go
    ``p<pid>`` when the child is born and ``x<code>`` when it ends by itself; a crash just closes it.
    """
    while True:
        order, pipes, _, _ = socket.recv_fds(orders, LARGEST, 1)
        if not order:
            return
        said, pipe = orjson.loads(order), pipes[0]
        child.reader(said["job"]["format"])  # loaded here, so that the next child finds it loaded
        born = os.fork()
        if born == 0:
            orders.close()
            os._exit(_read(Path(said["folder"]), said["job"], pipe))
        with suppress(BrokenPipeError):
            os.write(pipe, f"p{born}\n".encode())
        os.close(pipe)
        _bury()


def _read(folder: Path, job: dict[str, Any], pipe: int) -> int:
    code = 1
    try:
        errors = os.open(folder / "stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(errors, 2)
        # Whoever waits for it may be gone; then this ends it.
        seconds = int(job["limits"]["timeout_s"]) + 10
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        code = child.main(folder, job)
    except BaseException:
        # A fault of ours or of a library: it must not climb into the loop that forked this child.
        traceback.print_exc()
    finally:
        with suppress(OSError):
            os.write(pipe, f"x{code}\n".encode())
    return code


def _bury() -> None:
    """Take the exit codes of the children that have ended; they are read from the pipes."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given:
        serve(given)
