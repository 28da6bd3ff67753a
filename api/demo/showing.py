"""Normalise the sample list of nonstandard addresses and print what was done, for a person to judge."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from api.commands.output import emit, table
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.model import Answer
from gazetteer.base import defect_types

EXAMPLES = 10
STATUS = {"auto": "确定", "review": "需人工核对", "none": "未找到"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of the sample list with the engine's answer."""

    text: str
    expected_code: str
    expected_level: str
    defects: tuple[str, ...]
    answer: Answer

    @property
    def right(self) -> bool:
        """Whether the best answer is the one the list holds to be right: the record, or no door where none is."""
        best = self.answer.best
        if not self.expected_code:
            return best is None or best.level == self.expected_level
        return best is not None and (
            best.code == self.expected_code or best.level == self.expected_level == "relative"
        )

    def told(self, code: str) -> bool:
        """Whether the answer names this very kind of defect."""
        return any(d.code == code for d in self.answer.parsed.defects)


def show(index: Path, sample: Path) -> None:
    """Print how many were settled, by kind of defect, and ten examples before and after."""
    engine = Geocoder.open(index)
    rows = _read(sample)
    started = perf_counter()
    answers = [engine.geocode(row["地址"], point=_point(row)) for row in rows]
    seconds = perf_counter() - started
    asked = [
        Asked(row["地址"], row["地址编码"], row["期望级别"], tuple(row["缺陷"].split()), answer)
        for row, answer in zip(rows, answers, strict=True)
    ]
    _summary(asked, seconds)
    _by_defect(asked)
    _examples(asked)


def _point(row: dict[str, str]) -> tuple[float, float] | None:
    """The point that came with an address, where the list has one."""
    return (float(row["经度"]), float(row["纬度"])) if row.get("经度") and row.get("纬度") else None


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _summary(asked: Sequence[Asked], seconds: float) -> None:
    counts = Counter[str](one.answer.status for one in asked)
    listed = [one for one in asked if one.expected_code]
    automatic = [one for one in asked if one.answer.status == "auto"]
    wrong = sum(not one.right for one in automatic)
    shares = "，".join(f"{word} {counts[status]} 条" for status, word in STATUS.items())
    emit(None, False, (
        f"规范化 {len(asked)} 条不规范地址，用时 {seconds:.2f} 秒：{shares}。",
        f"登记册中有的 {len(listed)} 条里，找对 {sum(one.right for one in listed)} 条；"
        f"直接采用的 {len(automatic)} 条里，与答案不同的 {wrong} 条。",
    ))  # fmt: skip


def _by_defect(asked: Sequence[Asked]) -> None:
    total, settled, told = Counter[str](), Counter[str](), Counter[str]()
    for one in asked:
        for code in one.defects:
            total[code] += 1
            settled[code] += one.answer.status == "auto"
            told[code] += one.told(code)
    names = {kind[0]: kind[1] for kind in defect_types()}
    table("按缺陷类型", ("代码", "缺陷", "条数", "指出了缺陷", "直接采用"), (
        (code, names.get(code, ""), count, told[code], settled[code]) for code, count in sorted(total.items())
    ))  # fmt: skip


def _examples(asked: Sequence[Asked]) -> None:
    changed = [one for one in asked if one.answer.best and one.answer.corrections]
    # Spread over the list, so that the examples are of many kinds.
    chosen = changed[:: max(1, len(changed) // EXAMPLES)][:EXAMPLES]
    table("例子", ("原来", "规范后", "理由", "结论"), (
        (one.text, one.answer.best and one.answer.best.standard_address,
         "；".join(step.reason for step in one.answer.corrections[:2]), STATUS[one.answer.status])
        for one in chosen
    ))  # fmt: skip
