"""The one address engine of this process, and its safe change when the index file is replaced.

The index is a file that a build writes beside the old one and then renames over it. A worker looks at the file's
stamp at most once a second and opens the new one before it lets go of the old: no request waits or sees half.
What the register changed since the build is laid over the index in memory, see ``api.live``.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

import structlog
from starlette.concurrency import run_in_threadpool

from api.following import following, papers_of
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.live import LiveGeocoder
from gazetteer.register.changes import changes_since
from geo.collector import leave_alone
from geo.problems import Problem, Unavailable
from geo.settings import settings
from geo.store.engine import session

log = structlog.get_logger("api.lookup")

LOOK_EVERY_S = 1.0
Stamp = tuple[int, int, int]


class Lookup:
    """Holds the open index of one path and opens it again when the file behind the path is another."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._base: Geocoder | None = None
        self._engine: Geocoder | None = None
        self._stamp: Stamp | None = None
        self._looked_at = float("-inf")

    def engine(self) -> Geocoder:
        """The engine over the newest index.

        Raises:
            Unavailable: there is no index yet.
        """
        if time.monotonic() - self._looked_at >= LOOK_EVERY_S:
            self._look()
        if self._engine is None:
            raise Unavailable(
                "地址索引尚未建立，暂时不能查询。", "请管理员执行 diming index build。", code="no-index"
            )
        return self._engine

    def at_hand(self) -> Geocoder | None:
        """The engine, when it can be had without looking at the file or waiting for anybody."""
        return self._engine if time.monotonic() - self._looked_at < LOOK_EVERY_S else None

    def _look(self) -> None:
        # One thread looks; the others go on with the engine they have, unless there is none yet.
        if not self._lock.acquire(blocking=self._engine is None):
            return
        try:
            if self._engine is not None:
                self._looked_at = time.monotonic()
            stamp = _stamp(self._path)
            if stamp is not None and stamp != self._stamp:
                self._open(stamp)
            # Only now, where there was no engine: who comes while the first is opened waits for it.
            self._looked_at = time.monotonic()
        finally:
            self._lock.release()

    def _open(self, stamp: Stamp) -> None:
        try:
            opened = Geocoder.open(self._path)
            # Made here and not within the first request, which would hold up the loop for all others.
            opened.prepare()
        except Exception as error:
            # A damaged file must not take the service down while the old index still answers.
            log.error("index_refused", path=str(self._path), error=str(error))
            self._stamp = stamp
            return
        self._base, self._stamp = opened, stamp
        self._lay_over()
        leave_alone()
        log.info("index_opened", path=str(self._path))

    def refresh(self) -> bool:
        """Lay what the register changed since the index was built over it; False when the index must be built anew.

        Does nothing where no engine is open; called when the register says that it has changed.
        """
        with self._lock:
            return self._base is None or self._lay_over()

    def _lay_over(self) -> bool:
        base = self._base
        if base is None:
            return True
        try:
            with session() as db:
                changes = changes_since(db, base.index.info.meta.get("snapshot", ""))
                papers = papers_of(db)
        except Problem as problem:
            # The index alone still answers; the listener tries again when the database is back.
            log.warning("changes_unread", sentence=problem.sentence)
            self._engine = self._engine or base
            return True
        if changes is None:
            self._engine = self._engine or following(base, papers)
            return False
        laid = LiveGeocoder(base, changes) if changes.rows or changes.touched else base
        self._engine = following(laid, papers)
        return True


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


_lookups: dict[Path, Lookup] = {}
_lookups_lock = threading.Lock()


def engine() -> Geocoder:
    """The address engine of this process over the district's index file."""
    return _of(settings().index_path).engine()


async def ready() -> Geocoder:
    """The same engine for a coroutine: the loop never waits for the file or the database.

    Raises:
        Unavailable: there is no index yet.
    """
    known = current().at_hand()
    return known if known is not None else await run_in_threadpool(engine)


def current() -> Lookup:
    """The lookup of the district's index file, for whoever keeps it up to date."""
    return _of(settings().index_path)


def _of(path: Path) -> Lookup:
    with _lookups_lock:
        return _lookups.setdefault(path, Lookup(path))
