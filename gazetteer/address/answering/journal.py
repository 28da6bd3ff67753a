"""What a batch has done so far, in a file beside its output: a run that was killed goes on where it stood.

The first line says what was asked of what; every further line is one portion. A line is written in one piece and
flushed to the disk, so that of a killed run at most the last line is torn, and that one is done again.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Self

import orjson

from gazetteer.address.answering.batch import Outcome
from gazetteer.address.answering.engine import trained_model
from gazetteer.address.index import Index
from geo.problems import Conflict

_LIBRARY = Path(__file__).parents[1]


class Journal:
    """The journal of one output; only its owner may read it, for it quotes addresses."""

    def __init__(self, output: Path) -> None:
        self.path = output.with_name(f".{output.name}.journal")
        self.resumed = 0
        """Texts that an earlier run had answered."""
        self._file: BinaryIO | None = None

    def begin(
        self, index: Path, texts: Sequence[str], as_of: date | None, size: int
    ) -> dict[int, list[Outcome]]:
        """What an earlier run over the same texts and the same index has done; of another run nothing is taken.

        Raises:
            Conflict: another process is writing the same output.
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise Conflict(
                "另一个进程正在写同一个输出文件。", "请等它结束，或换一个输出文件名。", code="batch.running"
            ) from error
        head = _line({"asked": asked(index, texts, as_of, size)})
        done = self._read(head)
        self.resumed = sum(len(rows) for rows in done.values())
        return done

    def _read(self, head: bytes) -> dict[int, list[Outcome]]:
        file = self._file
        assert file is not None  # noqa: S101 - opened by begin
        done: dict[int, list[Outcome]] = {}
        whole = len(head) if file.readline() == head else 0
        while whole and (line := file.readline()).endswith(b"\n"):
            portion = orjson.loads(line)
            done[portion["n"]] = [Outcome(*row) for row in portion["rows"]]
            whole += len(line)
        file.truncate(whole)
        file.seek(whole)
        if not whole:
            file.write(head)
            file.flush()
        return done

    def add(self, number: int, rows: Sequence[Outcome]) -> None:
        """Keep a portion, on the disk before this returns."""
        file = self._file
        assert file is not None  # noqa: S101 - opened by begin
        file.write(_line({"n": number, "rows": [list(row) for row in rows]}))
        file.flush()
        os.fsync(file.fileno())

    def finish(self) -> None:
        """The output is whole: the journal has nothing more to say."""
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


def asked(index: Path, texts: Sequence[str], as_of: date | None, size: int) -> str:
    """One word for a question: texts, index, model, day and program; another word, other answers."""
    digest = hashlib.blake2b(digest_size=16)
    model = trained_model(index)
    stamp = [model.stat().st_mtime_ns, model.stat().st_size] if model.exists() else []
    program = sorted(source.stat().st_mtime_ns for source in _LIBRARY.rglob("*.py"))
    of = [program, Index.open(index).info.checksum, stamp, str(as_of), size]
    digest.update(orjson.dumps(of))
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _line(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
