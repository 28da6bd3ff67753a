"""The process that does the background work; ``diming serve`` starts one beside the web server."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
import time

import structlog

from api.security.sealing import keep_sealing
from gazetteer.register.index_source import fold_changes
from geo.problems import Problem
from geo.store.engine import session
from geo.store.jobs import revive, run_worker

log = structlog.get_logger("api.worker")

# Modules that define tasks; importing them is what makes the tasks known.
TASK_MODULES: tuple[str, ...] = (
    "api.batch.work",
    "api.desks.data.work",
    "api.desks.maps.making",
    "api.repairs.work",
    "boundary.papers.queue",
)
REVIVE_EVERY_S = 10.0
FOLD_EVERY_S = 60.0


def know_tasks() -> None:
    """Import every module that defines a task."""
    for name in TASK_MODULES:
        importlib.import_module(name)


def _end_with(parent: int) -> None:
    """Stop when the process that started this one is gone, also when it was killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _revive() -> None:
    """Take over what a killed worker left undone, for as long as this one runs."""
    while True:
        try:
            if taken := revive():
                log.info("jobs_revived", count=taken)
        except Problem as problem:
            log.warning("jobs_not_revived", code=problem.code)
        time.sleep(REVIVE_EVERY_S)


def _fold() -> None:
    """Keep the count of changes short, for as long as this worker runs."""
    while True:
        try:
            with session() as db:
                fold_changes(db)
        except Problem as problem:
            log.warning("changes_not_folded", code=problem.code)
        time.sleep(FOLD_EVERY_S)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    know_tasks()
    threading.Thread(target=_revive, daemon=True).start()
    threading.Thread(target=keep_sealing, daemon=True).start()
    threading.Thread(target=_fold, daemon=True).start()
    run_worker()
