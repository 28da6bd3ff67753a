"""An uploaded list of addresses, read by the same rules as every imported file."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path, PurePath
from typing import BinaryIO

from api.commands.address_files import address_column, read_rows
from gazetteer.repair.batches import Intake
from geo.files import Table, format_of
from geo.files.limits import check_size
from geo.problems import BadInput, Finding, TooMuch

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 100_000
MOST_FINDINGS = 200


def read(file: BinaryIO, name: str) -> Intake:
    """The rows of an uploaded CSV or XLSX.

    Raises:
        BadInput: another format, unreadable, or no row; the row is said where there is one.
        TooMuch: more bytes or rows than the desk takes at once.
    """
    name = PurePath(name.replace("\\", "/")).name[:200] or "地址.csv"
    format_ = format_of(name)
    if format_ not in ("csv", "xlsx"):
        raise BadInput("整改名单只收 CSV 和 XLSX。", "请另存为其中一种再上传。", code="file.format")
    with tempfile.TemporaryDirectory(prefix="diming-upload-") as folder:
        kept = Path(folder) / f"upload{Path(name).suffix.lower()}"
        with kept.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        check_size(name, kept.stat().st_size, MOST_BYTES)
        digest = hashlib.sha256(kept.read_bytes()).hexdigest()
        try:
            table = read_rows(kept)
        except BadInput as problem:
            raise BadInput(
                problem.sentence.replace(kept.name, name),
                problem.remedy,
                code=problem.code,
                findings=problem.findings,
            ) from problem
    return _intake(table, name, digest)


def _intake(table: Table, name: str, digest: str) -> Intake:
    if not len(table):
        raise BadInput("文件里没有数据行。", "检查文件后重新上传。", code="file.empty")
    if len(table) > MOST_ROWS:
        raise TooMuch(
            f"文件有 {len(table)} 行，一个批次最多 {MOST_ROWS} 行。",
            "请拆成几个文件。",
            code="file.too-many-rows",
        )
    _refuse_whole(table.findings)
    place = {int(row): at for at, row in enumerate(table.rows)}
    refused = {
        place[f.row]: f.sentence()
        for f in table.findings
        if f.severity == "block" and f.row is not None and f.row in place
    }
    return Intake(
        file_name=name, format=table.format, encoding=table.encoding or "", layer=table.layer or "", sha256=digest,
        headers=table.headers, rows=list(zip(*table.columns.values(), strict=True)),
        source_rows=[int(row) for row in table.rows], refused=refused, address_field=_guessed(table),
        findings=tuple(table.findings[:MOST_FINDINGS]),
    )  # fmt: skip


def _refuse_whole(findings: list[Finding]) -> None:
    whole = [f for f in findings if f.severity == "block" and f.row is None]
    if whole:
        raise BadInput(whole[0].sentence(), "改正后重新上传。", code=whole[0].code, findings=tuple(whole))


def _guessed(table: Table) -> str:
    try:
        return address_column(table, None)
    except BadInput:
        return ""
