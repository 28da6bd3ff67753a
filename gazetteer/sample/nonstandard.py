"""About 300 nonstandard addresses with their right answers, several for each of the 38 defect types."""

from __future__ import annotations

from collections.abc import Iterator

from gazetteer.sample.case import Case
from gazetteer.sample.cases_form import form_cases
from gazetteer.sample.cases_names import name_cases
from gazetteer.sample.cases_other import other_cases
from gazetteer.sample.district import NOTE, District
from gazetteer.sample.picking import Picker

EACH = 8
"""Addresses per defect type."""


def nonstandard(district: District) -> list[Case]:
    """All cases in a stable order: form, names, the rest."""
    picker = Picker(district)
    return [*form_cases(picker, EACH), *name_cases(picker, EACH), *other_cases(picker, EACH)]


def rows(district: District) -> Iterator[dict[str, object]]:
    """Rows of nonstandard.csv."""
    for serial, case in enumerate(nonstandard(district), start=1):
        yield {
            "序号": serial, "地址": case.text, "期望": case.expected, "期望级别": case.level, "标准地址": case.standard,
            "地址编码": case.code, "缺陷": " ".join(case.defects), "说明": case.remark,
            "经度": "" if case.lon is None else case.lon, "纬度": "" if case.lat is None else case.lat, "来源": NOTE,
        }  # fmt: skip
