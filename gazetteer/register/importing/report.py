"""What came of an import, for a person and for a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.problems import Finding

SHOWN = 200
"""Findings listed in a report; the count is always of all."""


@dataclass(slots=True)
class ImportReport:
    """The outcome of one import (入库结果).

    ``written`` is false after a dry run and after a refusal; the counts then say what would have been.
    """

    kind: str
    file: str
    format: str = ""
    encoding: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    """Field -> heading, as recognised or given."""
    datum: str = ""
    rows: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    handles_made: int = 0
    """Roads, villages and estates that doors name and the register lacked; they are 未登记 now."""
    written: bool = False
    dry_run: bool = False
    findings: list[Finding] = field(default_factory=list)
    refused_file: Path | None = None
    seconds: float = 0.0
    batch: int | None = None
    """Number of the record of this import (入库批次), by which it is taken back; none where nothing was written."""

    @property
    def exit_code(self) -> int:
        """0 done, 1 nothing written because of refused rows, 3 written but some rows were refused."""
        if self.refused == 0:
            return 0
        return 3 if self.written else 1

    def sentence(self) -> str:
        """The outcome in one Chinese sentence."""
        counts = f"新增 {self.inserted} 条、更新 {self.updated} 条、未变 {self.unchanged} 条"
        extra = f"，另有 {self.handles_made} 个道路、自然村或小区按“未登记”收录" if self.handles_made else ""
        if self.written:
            tail = f",{self.refused} 行被拒绝" if self.refused else ""
            return f"{self.file}：共 {self.rows} 行，{counts}{tail}{extra}。"
        if self.refused:
            return f"{self.file}：共 {self.rows} 行，其中 {self.refused} 行有问题，整个文件没有入库。"
        return f"{self.file}：共 {self.rows} 行，试运行：{counts}{extra}，没有写入。"

    def as_json(self) -> dict[str, Any]:
        """The report as plain values; at most 200 findings."""
        plain = {
            name: getattr(self, name)
            for name in ("kind", "file", "format", "encoding", "columns", "datum", "rows", "inserted", "updated",
                         "unchanged", "refused", "handles_made", "written", "dry_run", "seconds")
        }  # fmt: skip
        plain["refused_file"] = str(self.refused_file) if self.refused_file else None
        plain["message"] = self.sentence()
        plain["finding_count"] = len(self.findings)
        plain["findings"] = [
            {"code": f.code, "severity": f.severity, "row": f.row, "where": f.where, "evidence": f.evidence,
             "remedy": f.remedy}
            for f in self.findings[:SHOWN]
        ]  # fmt: skip
        return plain
