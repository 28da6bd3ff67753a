"""An import in the making (导入单): the uploaded file and what is known of it, in a folder of its own.

The file is private to the desk until it is imported; what was imported stands in ``register.import_batch``. Folders
older than thirty days are cleared away when another file comes in.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final

from geo.files import format_of
from geo.files.limits import check_size
from geo.problems import NotFound
from geo.settings import settings

MOST_BYTES: Final = 64 * 2**20
KEEP_S: Final = 30 * 24 * 3600
_KEY: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(slots=True)
class Order:
    """What is asked and how far it is.

    Attributes:
        key: names the folder.
        kind: a kind of the register.
        name: the file's own name.
        actor: the account.
        headers: the file's columns.
        first: its first rows, to look at.
        rows: how many there are.
        mapping: field -> heading; an empty heading says that the file has no such column.
        datum: the reference system of its coordinates, empty without any.
        partial: rows with troubles are left out.
        trust: the datum holds although the file speaks of another.
        state: given, checking, checked, importing, done, failed.
        said: the outcome in a sentence.
        step: what is being done, with ``done`` of ``total`` rows.
        findings: (severity, where, evidence, remedy) of what was noticed.
        refused: rows that cannot go in.
        finding_count: all findings, also those not listed.
    """

    key: str
    kind: str
    name: str
    actor: str
    headers: list[str] = field(default_factory=list)
    first: list[list[str]] = field(default_factory=list)
    rows: int = 0
    mapping: dict[str, str] = field(default_factory=dict)
    datum: str = ""
    partial: bool = False
    trust: bool = False
    state: str = "given"
    said: str = ""
    step: str = ""
    done: int = 0
    total: int = 0
    findings: list[list[str]] = field(default_factory=list)
    refused: int = 0
    finding_count: int = 0

    @property
    def folder(self) -> Path:
        """Where the file lies."""
        return _home() / self.key

    @property
    def path(self) -> Path:
        """The file under its own name, which the import tells in its findings and in the record."""
        return self.folder / self.name

    @property
    def at_work(self) -> bool:
        """Whether a job has it."""
        return self.state in ("checking", "importing")


def keep(file: BinaryIO, name: str, kind: str, actor: str) -> Order:
    """Keep an uploaded file.

    Raises:
        BadInput: a format that cannot be read.
        TooMuch: too large.
    """
    name = PurePath(name.replace("\\", "/")).name[-120:] or "数据.csv"
    format_of(name)
    _clear()
    order = Order(secrets.token_hex(8), kind, name, actor)
    order.folder.mkdir(parents=True)
    with order.path.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    check_size(name, order.path.stat().st_size, MOST_BYTES)
    save(order)
    return order


def find(key: str) -> Order:
    """The order of that key.

    Raises:
        NotFound: there is none, or it was cleared away.
    """
    path = _home() / key / "order.json"
    if not _KEY.fullmatch(key) or not path.is_file():
        raise NotFound("没有这次导入，或者已超过三十天。", "请重新上传文件。", code="import.no-order")
    return Order(**json.loads(path.read_text(encoding="utf-8")))


def save(order: Order) -> None:
    """Write it, whole or not at all: the page reads while the job writes."""
    part = order.folder / "order.part"
    part.write_text(json.dumps(asdict(order), ensure_ascii=False), encoding="utf-8")
    part.replace(order.folder / "order.json")


def recent(count: int = 10) -> list[Order]:
    """The newest orders that are not done yet."""
    found = sorted(_home().glob("*/order.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    known = (Order(**_read(path)) for path in found[: count * 3])
    return [order for order in known if order.state != "done"][:count]


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _home() -> Path:
    return settings().home / "imports"


def _clear() -> None:
    for folder in _home().glob("*"):
        if time.time() - folder.stat().st_mtime > KEEP_S:
            shutil.rmtree(folder, ignore_errors=True)
