"""An import in the making (导入单): the uploaded file and what is known of it, in a folder of its own.

The file is private to the desk until it is imported; what was imported stands in ``register.import_batch``. Folders
older than thirty days are cleared away when another file comes in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from api.desks.shelf import Shelf
from geo.problems import NotFound

SHELF: Final = Shelf("imports", "order", 64 * 2**20, "数据.csv")


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
        batch: number of the record once it is imported, by which it can be taken back.
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
    batch: int | None = None

    @property
    def folder(self) -> Path:
        """Where the file lies."""
        return SHELF.folder(self.key)

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
    key, name = SHELF.keep(file, name)
    order = Order(key, kind, name, actor)
    save(order)
    return order


def find(key: str) -> Order:
    """The order of that key.

    Raises:
        NotFound: there is none, or it was cleared away.
    """
    known = SHELF.find(key)
    if known is None:
        raise NotFound("没有这次导入，或者已超过三十天。", "请重新上传文件。", code="import.no-order")
    return Order(**known)


def save(order: Order) -> None:
    """Write it, whole or not at all: the page reads while the job writes."""
    SHELF.save(order.key, asdict(order))


def recent(count: int = 10) -> list[Order]:
    """The newest orders that are not done yet."""
    known = (Order(**one) for one in SHELF.recent(count * 3))
    return [order for order in known if order.state != "done"][:count]
