"""Profiles (规则配置): which check blocks, warns or informs, with which figures, where and from which day.

A profile is data: one TOML file a jurisdiction and day in ``profiles/``, named ``<code>@<day>.toml``. The file of a
county inherits from its city, province and the nation, each in the version in force on the day asked for.
``certainty``: S the text was read, L likely, G a guess (猜测) that the bureau must confirm.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, Literal, cast

from gazetteer.naming.lists import NAMES, words
from gazetteer.naming.model import Severity
from geo.problems import BadInput, NotFound

Certainty = Literal["S", "L", "G"]
Level = Literal["block", "warn", "inform", "off"]
_SHIPPED: Final = files("gazetteer.naming") / "profiles"
GUESS: Final = "猜测：本地数值，尚无文件依据，请本单位核定"
_LEVELS: Final = ("block", "warn", "inform", "off")


@dataclass(frozen=True, slots=True)
class Setting:
    """One figure of a rule and how sure it is."""

    value: Any
    certainty: Certainty
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a profile says about one check."""

    code: str
    level: Level
    certainty: Certainty
    source: str
    waivable: bool = False
    """Whether a written reason lowers a refusal to a notice (书面说明可豁免)."""
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.settings[key].value

    def severity(self, key: str = "") -> Severity:
        """The level of the rule, or of a lesser case that it sets apart under ``key``.

        A rule that a jurisdiction has made milder takes its lesser cases along: none is graver than the rule.
        """
        own = cast(Severity, self.level)
        lesser = cast(Severity, self[key]) if key else own
        return max(own, lesser, key=_LEVELS.index)

    def basis(self, *keys: str) -> str:
        """Source of the rule; says 猜测 where the rule or a named figure is a guess."""
        guessed = self.certainty == "G" or any(self.settings[key].certainty == "G" for key in keys)
        return f"{self.source}（{GUESS}）" if guessed else self.source


@dataclass(frozen=True, slots=True)
class Approver:
    """Who decides on a category (批准机关) and what the bureau itself issues."""

    body: str
    outcome: Literal["意见", "批准"]
    """意见: the bureau gives an opinion (命名意见) and ``body`` decides. 批准: the bureau's own government decides."""
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class SizeRule:
    """Sizes that a generic term asks for (通名的规模要求): one of ``any_of`` must hold whole."""

    generic: str
    category: str
    any_of: tuple[Mapping[str, Any], ...]
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one jurisdiction on one day, inheritance resolved."""

    jurisdiction: str
    name: str
    version: str
    """``331003@2025-06-01#1f0c…``: the nearest file and a digest of all rules and word lists that apply."""
    day: date
    rules: Mapping[str, Rule]
    scopes: Mapping[str, Mapping[str, Any]]
    approvers: Mapping[str, Approver]
    sizes: Mapping[tuple[str, str], SizeRule]
    words_folder: Path | None = None
    procedure: Mapping[str, Any] = field(default_factory=dict)
    """Clocks (时限), steps that may not be left out (必经环节) and materials (材料), as the files state them."""

    def approver(self, category: str, feature: str = "") -> Approver:
        """Who decides on such a name.

        Raises:
            NotFound: the profile says nothing about the category.
        """
        for key in (f"{category}/{feature}", category):
            if key in self.approvers:
                return self.approvers[key]
        raise NotFound(
            f"规则配置{self.version}没有写明{category}类地名的批准机关", "请在配置的 approvers 中补充"
        )

    def scope(self, category: str, feature: str = "") -> Mapping[str, Any]:
        """The uniqueness scope (重名范围) of a category; empty where none is set."""
        return self.scopes.get(f"{category}/{feature}", self.scopes.get(category, {}))


@cache
def load_profile(
    jurisdiction: str, day: date, folder: Path | None = None, words_folder: Path | None = None
) -> Profile:
    """The rules in force for a division code on a day.

    ``folder`` holds a bureau's own profile files, which stand above the shipped ones of the same code and day;
    ``words_folder`` its own word lists.

    Raises:
        NotFound: no profile was in force on that day.
        BadInput: a profile file is malformed; file and field are named.
    """
    county = (jurisdiction + "000000")[:6]
    chain = [found for code in _codes(county) if (found := _in_force(code, day, folder))]
    if not chain:
        raise NotFound(
            f"{day.isoformat()}没有可用的地名规则配置", "请选择2022年5月1日以后的日期，或补充配置文件"
        )
    merged: dict[str, Any] = {}
    for _, table in chain:
        merged = _over(merged, table)
    nearest, table = chain[-1]
    return _build(merged, county, f"{nearest}#{_digest(merged, words_folder)}", day, words_folder)


def _codes(county: str) -> list[str]:
    """Nation, province, city, county, widest first and without doubles."""
    return list(dict.fromkeys(("000000", county[:2] + "0000", county[:4] + "00", county)))


def _files(folder: Path | None) -> Iterator[Traversable]:
    yield from sorted(_SHIPPED.iterdir(), key=lambda file: file.name)
    if folder:
        yield from sorted(folder.glob("*.toml"))


def _in_force(code: str, day: date, folder: Path | None) -> tuple[str, dict[str, Any]] | None:
    """The newest file of a code that begins on or before the day; the bureau's own wins on the same day."""
    best: tuple[str, Traversable] | None = None
    for file in _files(folder):
        stem = file.name.removesuffix(".toml")
        owner, _, since = stem.partition("@")
        if (
            owner == code
            and since <= day.isoformat()
            and (best is None or since >= best[0].partition("@")[2])
        ):
            best = (stem, file)
    return (best[0], _read(best[1])) if best else None


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"规则配置文件{file.name}无法读取：{error}", "请按 TOML 格式改正后重试") from error


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """A child's tables over its parent's: tables merge by key, everything else is replaced."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        if (
            isinstance(old, dict)
            and isinstance(value, dict)
            and "value" not in value
            and "any_of" not in value
        ):
            result[key] = _over(old, value)
        else:
            result[key] = value
    return result


def _digest(merged: dict[str, Any], words_folder: Path | None) -> str:
    lists = {name: words(name, words_folder) for name in NAMES}
    text = json.dumps([merged, lists], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _build(
    merged: dict[str, Any], county: str, version: str, day: date, words_folder: Path | None
) -> Profile:
    try:
        return Profile(
            jurisdiction=county,
            name=merged["name"],
            version=version,
            day=day,
            rules={code: _rule(code, table) for code, table in merged["checks"].items()},
            scopes=merged["scopes"],
            approvers={key: Approver(**table) for key, table in merged["approvers"].items()},
            sizes={
                (category, generic): SizeRule(
                    generic, category, tuple(table["any_of"]), table["certainty"], table["source"]
                )
                for category, rows in merged.get("sizes", {}).items()
                for generic, table in rows.items()
            },
            words_folder=words_folder,
            procedure=merged.get("procedure", {}),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"规则配置{version}缺少或写错字段：{error}", "请对照 docs/naming-checks.md 改正"
        ) from error


def _rule(code: str, table: dict[str, Any]) -> Rule:
    if table["level"] not in _LEVELS:
        raise KeyError(f"{code}.level={table['level']}")
    certainty = table["certainty"]
    settings = {
        key: Setting(row["value"], row.get("certainty", certainty), row.get("note", ""))
        for key, row in table.get("set", {}).items()
    }
    return Rule(code, table["level"], certainty, table["source"], table.get("waivable", False), settings)
