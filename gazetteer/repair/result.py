"""The repaired file: the same rows and columns, and behind them what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.repair.batches import Batch
from gazetteer.repair.words import DEFECTS, STATES

ADDED = (
    "标准地址", "编码", "经度", "纬度", "更正说明", "不规范类型", "规则", "可信度", "处理结果", "处理人",
)  # fmt: skip
_ROWS = text("""
SELECT r.given, r.outcome, r.state, r.kinds, r.answer -> 'corrections' AS corrections, r.answer -> 'defects' AS defects,
       d.actor_shown
FROM register.repair_row r LEFT JOIN register.repair_decision d ON d.id = r.decision
WHERE r.batch = :batch ORDER BY r.number
""")


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired file, column by column, and whether any of its places is sample data."""

    columns: dict[str, list[object]]
    made_up: bool


def repaired(db: Session, batch: Batch) -> Repaired:
    """Every row in the file's order with its repair; coordinates are CGCS2000 degrees."""
    own: list[list[object]] = [[] for _ in batch.headers]
    added: list[list[object]] = [[] for _ in ADDED]
    made_up = False
    for row in db.execute(_ROWS, {"batch": batch.id}, execution_options={"yield_per": 2000}):
        for column, cell in zip(own, row.given, strict=True):
            column.append(cell)
        said = row.outcome or {}
        made_up = made_up or bool(said.get("made_up"))
        reasons = (
            [said["reason"]]
            if said.get("reason")
            else [
                *_reasons(row.corrections, row.state),
                *_respelt(row.defects, row.state, said.get("address") or ""),
            ]
        )
        values = (
            said.get("address", ""), said.get("code", ""), _degrees(said.get("lon")), _degrees(said.get("lat")),
            "；".join(reasons), " ".join(row.kinds), " ".join(said.get("rules", ())),
            # A refusal is of no address: how sure the engine was of one says nothing about it.
            None if row.state in ("open", "rejected") else said["confidence"],
            STATES[row.state], row.actor_shown or "",
        )  # fmt: skip
        for column, value in zip(added, values, strict=True):
            column.append(value)
    columns: dict[str, list[object]] = dict(zip(batch.headers, own, strict=True))
    for name, cells in zip(ADDED, added, strict=True):
        columns[_free(name, columns)] = cells
    return Repaired(columns, made_up)


def _reasons(corrections: list[dict[str, str]] | None, state: str) -> Iterator[str]:
    """What was corrected; of a row that was given by hand or is still open the engine's reasons say nothing."""
    if state in ("accepted", "chosen", "text"):
        yield from dict.fromkeys(
            step["reason"] for step in corrections or () if step["before"] != step["after"]
        )


def _respelt(defects: list[list[Any]] | None, state: str, address: str) -> Iterator[str]:
    """What was only written otherwise: the kind of defect, and the form that stands in the address now."""
    if state in ("accepted", "chosen", "text"):
        for code, _, _, given, fix in defects or ():
            if not given or given in address:
                continue
            if fix and fix in address:
                yield f"{DEFECTS[code]}：“{given}”写作“{fix}”"
            elif not fix:
                yield f"{DEFECTS[code]}：“{given}”未写入标准地址"


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 7)


def _free(name: str, taken: dict[str, list[object]]) -> str:
    """The name of an added column; where the file has one of that name, ours says where it is from."""
    while name in taken:
        name = f"整改_{name}"
    return name
