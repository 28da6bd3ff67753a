"""The process that does the background work; ``diming serve`` starts one beside the web server."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
import time

from geo.store.jobs import run_worker

# Modules that define tasks; importing them is what makes the tasks known.
TASK_MODULES: tuple[str, ...] = ()


def know_tasks() -> None:
    """Import every module that defines a task."""
    for name in TASK_MODULES:
        importlib.import_module(name)


def _end_with(parent: int) -> None:
    """Stop when the process that started this one is gone, also when it was killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    know_tasks()
    run_worker()
