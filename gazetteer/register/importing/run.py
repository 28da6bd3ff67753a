"""Import one file: read, recognise, doubt, check, write - all or nothing, in one unit of work."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from gazetteer.register.finder import DivisionFinder
from gazetteer.register.importing.addresses import load_addresses, write_addresses
from gazetteer.register.importing.aliases import load_aliases, write_aliases
from gazetteer.register.importing.divisions import load_divisions, write_divisions
from gazetteer.register.importing.facilities import load_facilities, write_facilities
from gazetteer.register.importing.load import Counts, Load, Progress, stop_if_refused
from gazetteer.register.importing.places import load_places, write_places
from gazetteer.register.importing.positions import check_shapes, raw_positions, settle
from gazetteer.register.importing.reference import expected_positions
from gazetteer.register.importing.refused import write_refused
from gazetteer.register.importing.report import ImportReport
from gazetteer.register.importing.roads import load_roads, write_roads
from gazetteer.register.importing.sheet import Sheet, sheet_of
from gazetteer.register.kinds import KINDS, Kind, kind_of
from gazetteer.register.models import ImportBatch
from geo.files import read_table
from geo.files.limits import cannot_open
from geo.store import statistics
from geo.store.acts import Act, bulk_act
from geo.store.engine import session as unit_of_work

MANY = 5000
"""Rows after which the database is told the new sizes at once, or what follows is planned for small tables."""


class _DryRun(Exception):  # noqa: N818 - no error: it only ends the unit of work without a commit
    """Leaves the unit of work so that nothing of a dry run stays."""


@dataclass(frozen=True, slots=True)
class Steps:
    """How one kind goes in: ``check`` stages the rows and refuses, ``write`` writes what is staged."""

    check: Callable[[Load], None]
    write: Callable[[Load], Counts]
    ready: Callable[[Sheet], None] = field(default=lambda sheet: None)
    """Says which columns hold the position, where the headings alone do not tell."""
    region: Callable[[Session, Sheet], list[object] | None] = field(default=lambda db, sheet: None)
    """The polygon (CGCS2000) that each row should lie in, None where nothing is known."""


STEPS = {
    "divisions": Steps(load_divisions, write_divisions),
    "places": Steps(load_places, write_places),
    "roads": Steps(load_roads, write_roads),
    "addresses": Steps(load_addresses, write_addresses),
    "facilities": Steps(load_facilities, write_facilities),
    "aliases": Steps(load_aliases, write_aliases),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What the caller asked for."""

    kind: Kind
    path: Path
    datum: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    dry_run: bool = False
    partial: bool = False
    actor: str = ""
    trust_datum: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = field(default=lambda step, done, total: None)
    steps: Mapping[str, Steps] = field(default_factory=lambda: STEPS)


def import_file(
    kind: str,
    path: Path | str,
    *,
    datum: str | None = None,
    mapping: Mapping[str, str] | None = None,
    source: str = "",
    dry_run: bool = False,
    partial: bool = False,
    actor: str = "",
    trust_datum: bool = False,
    constants: Mapping[str, str] | None = None,
    progress: Progress = lambda step, done, total: None,
    kinds: Mapping[str, Kind] = KINDS,
    steps: Mapping[str, Steps] = STEPS,
) -> ImportReport:
    """Load a file of divisions, places, roads, addresses, facilities or aliases into the register.

    All or nothing: one refused row refuses the file, unless ``partial``; then the refused rows are written to
    ``<file>.refused.csv``. The same file a second time changes nothing.

    Args:
        kind: a key of ``kinds``.
        path: CSV, XLSX, GeoJSON, GeoPackage or Shapefile by its ending; ``-`` is CSV from standard input.
        datum: what the coordinates are in; needed unless the file itself states it.
        mapping: field -> heading, where the guess is not right.
        source: said in every row that names none itself; the file's name if empty.
        dry_run: do everything, then take it back.
        partial: write the good rows although others were refused.
        actor: who does it, for the audit.
        trust_datum: the declared datum holds although the file's name, headings or source speak of another.
        constants: field -> value for the rows in which the file says nothing, such as the county.
        progress: told each step with rows done and rows in all.
        kinds: the kinds that may go in; a room above the register adds its own.
        steps: how each of them goes in.

    Raises:
        BadInput: the file cannot be used, or rows were refused; ``findings`` lists them all.
    """
    order = Order(
        kind_of(kind, kinds), Path(path), datum, mapping or {}, source or Path(path).name, dry_run, partial, actor,
        trust_datum, constants or {}, progress, steps,
    )  # fmt: skip
    return _carried_out(order)


def _carried_out(order: Order) -> ImportReport:
    started = time.monotonic()
    order.progress("读取文件", 0, 0)
    table = read_table(order.path)
    sheet = sheet_of(order.kind, table, order.mapping, order.constants)
    report = ImportReport(order.kind.name, order.path.name, table.format, table.encoding or "", sheet.mapping)
    report.rows, report.dry_run = len(sheet), order.dry_run
    try:
        with unit_of_work(timeout_s=0) as db:
            _within(db, order, sheet, report)
            if order.dry_run:
                raise _DryRun
        report.written = True
        if report.inserted + report.updated >= MANY:
            statistics.renew()
    except _DryRun:
        pass
    report.refused, report.findings = len(sheet.refused), sheet.ordered()
    if report.refused and not order.dry_run:
        report.refused_file = write_refused(order.path, sheet)
    report.seconds = round(time.monotonic() - started, 2)
    return report


def _within(db: Session, order: Order, sheet: Sheet, report: ImportReport) -> None:
    steps, hashed = order.steps[order.kind.name], _sha256(order.path)
    detail = {"file": order.path.name, "sha256": hashed, "kind": order.kind.name, "source": order.source}
    with bulk_act(db, actor=order.actor, action=f"import.{order.kind.name}", detail=detail) as act:
        steps.ready(sheet)
        raw = raw_positions(sheet)
        check_shapes(sheet, raw, order.kind.shape)
        positions = settle(
            sheet, raw, order.datum, expected_positions(db, sheet) if raw else None, steps.region(db, sheet),
            hints=(order.path.name, order.source), trust=order.trust_datum,
        )  # fmt: skip
        report.datum = positions.datum if raw else ""
        load = Load(db, sheet, positions, order.source, DivisionFinder(db), order.progress)
        steps.check(load)
        stop_if_refused(load, partial=order.partial)
        counts = steps.write(load)
        _count(report, counts)
        batch = _batch(order, hashed, act, report, len(sheet.refused))
        db.add(batch)
        db.flush()
        report.batch = None if order.dry_run else batch.id


def _count(report: ImportReport, counts: Counts) -> None:
    report.inserted, report.updated = counts.inserted, counts.updated
    report.unchanged, report.handles_made = counts.unchanged, counts.handles_made


def _batch(order: Order, hashed: str, act: Act, report: ImportReport, refused: int) -> ImportBatch:
    return ImportBatch(
        kind=order.kind.name, file_name=order.path.name, sha256=hashed, datum=report.datum, source=order.source,
        actor=order.actor, act_id=act.id, row_count=report.rows, inserted=report.inserted, updated=report.updated,
        unchanged=report.unchanged, refused=refused,
    )  # fmt: skip


def _sha256(path: Path) -> str:
    if str(path) == "-":
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise cannot_open(path, error) from None
