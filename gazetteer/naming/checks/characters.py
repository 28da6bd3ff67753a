"""Characters of the name (用字): the Table of General Standard Chinese Characters (通用规范汉字表, 8,105)."""

from __future__ import annotations

import re

from gazetteer import base
from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


@check("N02", "用字在通用规范汉字表内，少用三级字")
def standard_characters(case: Case) -> Findings:
    """Characters outside the table are refused; level 3 (rare) asks for a reason unless the place uses it.

    〇 is a numeral and passes.
    """
    name, table = case.new_name().name, base.characters()
    found = []
    for char in dict.fromkeys(name):
        if not _HAN.match(char):
            continue  # letters, digits and signs are N03's
        row = table.get(char)
        if row is None:
            remedy = "请换用表内汉字；历史地名沿用的，请填写书面理由"
            found.append(case.finding(f"“{char}”不在《通用规范汉字表》内", remedy))
        elif row.level == 3 and char not in case.rule["local"]:
            evidence = f"“{char}”是《通用规范汉字表》三级字，公众不易认读"
            remedy = "请换用常用字；历史地名沿用的，请填写书面理由"
            found.append(case.finding(evidence, remedy, severity=case.rule.severity("third")))
    return found
