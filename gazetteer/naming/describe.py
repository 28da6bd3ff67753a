"""The page ``docs/naming-checks.md``, written from the checks and profiles themselves.

``python -m gazetteer.naming.describe`` writes it anew; a test holds file and code equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from gazetteer.naming.checks import entered
from gazetteer.naming.checks.size import described
from gazetteer.naming.model import CATEGORIES
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


def page() -> str:
    """The whole page, for the profile of the sample district and the one with confirmed road sizes."""
    huangyan, xian = load_profile("331003", DAY), load_profile("610100", DAY)
    parts = [
        _PREFACE,
        f"## Checks 检查项（{huangyan.name}，{huangyan.version.partition('#')[0]}）\n",
        _checks(huangyan),
        "\n## Figures 数值\n",
        _figures(huangyan),
        "\n## Scopes 重名、同音的范围\n",
        _scopes(huangyan),
        "\n## Approvers 批准机关\n",
        _approvers(huangyan),
        f"\n## Sizes 通名与规模（{huangyan.name}）\n",
        _sizes(huangyan),
        f"\n## Sizes 通名与规模（{xian.name}）\n",
        _sizes(xian),
    ]
    return "\n".join(parts)


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _table(head: str, rows: Iterable[Iterable[Any]]) -> str:
    columns = head.split()
    return "\n".join([_row(columns), _row("---" for _ in columns), *(_row(row) for row in rows)])


def _checks(profile: Profile) -> str:
    return _table(
        "编号 检查 级别 书面说明可豁免 把握 依据", (_check_row(c.code, c.title, profile) for c in entered())
    )


def _check_row(code: str, title: str, profile: Profile) -> tuple[str, ...]:
    rule: Rule = profile.rules[code]
    waivable = "是" if rule.waivable else "否"
    return code, title, LEVELS[rule.level], waivable, CERTAINTY[rule.certainty], rule.source


def _figures(profile: Profile) -> str:
    rows = (
        (code, f"`{key}`", setting.note, _shown(setting.value), CERTAINTY[setting.certainty])
        for code, rule in sorted(profile.rules.items())
        for key, setting in rule.settings.items()
    )
    return _table("编号 设置 含义 值 把握", rows)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(one) for one in value) or "（空）"
    return LEVELS.get(value, str(value)) if isinstance(value, str) else f"{value:g}"


def _kind(key: str) -> str:
    category, _, feature = key.partition("/")
    return f"{category} {CATEGORIES[category]}" + (f"（{feature}）" if feature else "")


def _scopes(profile: Profile) -> str:
    rows = (
        (_kind(key), _SCOPES[table["within"]], CERTAINTY[table["certainty"]], table["source"])
        for key, table in sorted(profile.scopes.items())
    )
    return _table("类别 范围 把握 依据", rows)


def _approvers(profile: Profile) -> str:
    rows = (
        (_kind(key), row.body, row.outcome, CERTAINTY[row.certainty], row.source)
        for key, row in sorted(profile.approvers.items())
    )
    return _table("类别 批准机关 本单位出具 把握 依据", rows)


def _sizes(profile: Profile) -> str:
    rows = (
        (_kind(rule.category), rule.generic, described(rule), CERTAINTY[rule.certainty], rule.source)
        for rule in profile.sizes.values()
    )
    return _table("类别 通名 要求 把握 依据", rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
