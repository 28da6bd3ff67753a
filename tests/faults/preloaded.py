"""A process that has the program loaded and forks its server and its workers: a start costs a tenth, a kill is the same.

Each line that comes in is a JSON list: the part, its log, its port. What goes out is the pid of the process that was forked.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading

import orjson
import uvicorn

import api.app
import api.worker

api.worker.know_tasks()


def become(part: str, log: str, port: int) -> None:
    """Be the server or a worker until the end, as if started by its own command."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    null, said = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for number, file in ((0, null), (1, said), (2, said)):
        os.dup2(file, number)
    if part == "server":
        uvicorn.run(
            "api.app:create_app", factory=True, port=port, log_level="critical", timeout_keep_alive=3600
        )
    else:
        sys.argv = ["api.worker"]
        runpy.run_module("api.worker", run_name="__main__", alter_sys=True)


def main() -> None:
    """Fork a part for every line until nobody asks any more."""
    # Nobody waits for them here; whoever killed them looks whether they are gone.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        assert threading.active_count() == 1, "a process with threads is not forked"
        part, log, port = orjson.loads(line)
        born = os.fork()
        if born == 0:
            become(part, log, port)
            os._exit(0)
        print(born, flush=True)


if __name__ == "__main__":
    main()
