"""The page ``docs/naming-checks.md``, written from the checks and profiles themselves.

``python -m gazetteer.naming.describe`` writes it anew; a test holds file and code equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from gazetteer.naming.checks import entered
from gazetteer.naming.checks.size import described
from gazetteer.naming.model import CATEGORIES, FEATURES
from gazetteer.naming.profile import Profile, Rule, load_profile

PAGE: Final = Path(__file__).parents[2] / "docs" / "naming-checks.md"
DAY: Final = date(2026, 1, 1)
LEVELS: Final = {"block": "拦截", "warn": "须书面说明", "inform": "提示", "off": "不启用"}
CERTAINTY: Final = {"S": "原文可查", "L": "很可能", "G": "猜测"}
_SCOPES: Final = {
    "nation": "全国", "province": "全省", "county": "全县（市、区）", "township": "镇街", "builtup": "建成区", "none": "不限",
}  # fmt: skip
_PREFACE: Final = """# Naming checks 地名命名校验 N01-N23

Written from the code and the profiles by `python -m gazetteer.naming.describe`; do not edit by hand.

`gazetteer.naming.check.check(proposal, surroundings, profile)` runs every check and reports each one: passed, found,
not applicable (with the reason), not checked (with what is lacking) or off, with the profile's version and the day.
A refusal (拦截) stops the act; a warning (须书面说明) stops it until a written reason is given; a notice (提示) does not
stop it. Where 书面说明可豁免 is 是, a written reason lowers a refusal to a notice.

Levels, figures, scopes and approvers are data, one file a jurisdiction and day in `gazetteer/naming/profiles/`, each
inheriting from the city, the province and the nation. A bureau's own files stand above the shipped ones. **What is
marked 猜测 is confirmed by no document: it is a setting for the bureau to decide, and every finding says so.**
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a profile: its title, its columns, its rows of words; certainty in the words of :data:`CERTAINTY`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def parts(profile: Profile) -> list[Part]:
    """Everything a profile says, as tables for a person (规则配置)."""
    return [_checks(profile), _figures(profile), _scopes(profile), _approvers(profile), _sizes(profile),
            _steps(profile), _clocks(profile), _materials(profile)]  # fmt: skip


def page() -> str:
    """The whole page, for the profile of the sample district and the sizes of one with confirmed road sizes."""
    huangyan, xian = load_profile("331003", DAY), load_profile("610100", DAY)
    head = f"Profile of {huangyan.name}, {huangyan.version.partition('#')[0]}.\n"
    said = [f"## {part.title}\n\n{_table(part)}\n" for part in parts(huangyan)]
    return "\n".join([_PREFACE, head, *said, f"## 通名与规模（{xian.name}）\n\n{_table(_sizes(xian))}"])


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _table(part: Part) -> str:
    return "\n".join(
        [_row(part.columns), _row("---" for _ in part.columns), *(_row(row) for row in part.rows)]
    )


def _part(title: str, head: str, rows: Iterable[Iterable[Any]]) -> Part:
    return Part(title, tuple(head.split()), tuple(tuple(str(cell) for cell in row) for row in rows))


def _checks(profile: Profile) -> Part:
    return _part(
        "检查项",
        "编号 检查 级别 书面说明可豁免 把握 依据",
        (_check_row(c.code, c.title, profile) for c in entered()),
    )


def _check_row(code: str, title: str, profile: Profile) -> tuple[str, ...]:
    rule: Rule = profile.rules[code]
    waivable = "是" if rule.waivable else "否"
    return code, title, LEVELS[rule.level], waivable, CERTAINTY[rule.certainty], rule.source


def _figures(profile: Profile) -> Part:
    rows = (
        (code, f"`{key}`", setting.note, _shown(setting.value), CERTAINTY[setting.certainty])
        for code, rule in sorted(profile.rules.items())
        for key, setting in rule.settings.items()
    )
    return _part("数值", "编号 设置 含义 值 把握", rows)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(one) for one in value) or "（空）"
    return LEVELS.get(value, str(value)) if isinstance(value, str) else f"{value:g}"


def _kind(key: str) -> str:
    category, _, feature = key.partition("/")
    word = dict(FEATURES[category]).get(feature, feature)
    return f"{category} {CATEGORIES[category]}" + (f"（{word}）" if word else "")


def _scopes(profile: Profile) -> Part:
    rows = (
        (_kind(key), _SCOPES[table["within"]], CERTAINTY[table["certainty"]], table["source"])
        for key, table in sorted(profile.scopes.items())
    )
    return _part("重名、同音的范围", "类别 范围 把握 依据", rows)


def _approvers(profile: Profile) -> Part:
    rows = (
        (_kind(key), row.body, row.outcome, CERTAINTY[row.certainty], row.source)
        for key, row in sorted(profile.approvers.items())
    )
    return _part("批准机关", "类别 批准机关 本单位出具 把握 依据", rows)


def _sizes(profile: Profile) -> Part:
    rows = (
        (_kind(rule.category), rule.generic, described(rule), CERTAINTY[rule.certainty], rule.source)
        for rule in profile.sizes.values()
    )
    return _part("通名与规模", "类别 通名 要求 把握 依据", rows)


def _steps(profile: Profile) -> Part:
    words = {"argue": "专家论证", "consult": "征求意见", "notice": "公示"}
    rows = (
        ("其他类别" if key == "default" else _kind(key), "、".join(words[one] for one in table["required"]) or "无",
         CERTAINTY[table["certainty"]], table["source"])
        for key, table in sorted(profile.procedure.get("steps", {}).items())
    )  # fmt: skip
    return _part("必经环节", "类别 必经环节 把握 依据", rows)


def _clocks(profile: Profile) -> Part:
    basis = {"calendar": "日（自然日）", "working": "个工作日"}
    rows = (
        (
            table["label"],
            f"{table['days']} {basis[table['basis']]}",
            CERTAINTY[table["certainty"]],
            table["source"],
        )
        for table in profile.procedure.get("clocks", {}).values()
    )
    return _part("时限", "环节 时限 把握 依据", rows)


def _materials(profile: Profile) -> Part:
    rows = (
        (
            table["title"],
            "、".join(table["required"]) or "选交",
            CERTAINTY[table["certainty"]],
            table["source"],
        )
        for table in profile.procedure.get("materials", {}).values()
    )
    return _part("申请材料", "材料 必交类别 把握 依据", rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
