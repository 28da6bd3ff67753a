"""One printed number (统计数字) that can be traced to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a year's report.

    Attributes:
        code: stable, as ``naming.opinions``.
        label: 出具命名意见.
        value: counted from rows, never typed.
        unit: 件, 条, 处; empty for a bare number.
        href: the page that lists exactly the rows that were counted.
        rule: how it is counted, in one Chinese sentence, with the version of the rule where there is one.
        as_of: the last day that counts.
    """

    code: str
    label: str
    value: int | float
    unit: str
    href: str
    rule: str
    as_of: date
