"""Numbering rules (编号规则) per jurisdiction and day, as data with source and certainty.

One TOML file a jurisdiction in ``rules_data/``, named ``<code>@<first day>.toml``; a county inherits from its city,
its province and the nation. ``certainty``: S the text was read, L likely, G a guess (猜测) that the bureau must confirm.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Literal

Certainty = Literal["S", "L", "G"]
_SHIPPED: Final = files("gazetteer.numbering") / "rules_data"
CERTAINTY: Final = {"S": "已见原文", "L": "较可靠", "G": "猜测，请核定"}
"""How sure a figure is, in words for a screen."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One figure of the rules, how sure it is and where it comes from."""

    value: Any
    certainty: Certainty
    source: str
    where: str
    """Jurisdiction whose file says it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbering rules of one jurisdiction on one day, inheritance resolved."""

    jurisdiction: str
    name: str
    version: str
    """``331003@2026-01-01#1f0c…``: the nearest file and a digest of every figure that applies."""
    numbering: Mapping[str, Setting]
    registration: Mapping[str, Setting]
    diagnosis: Mapping[str, Setting]

    def __getitem__(self, key: str) -> Any:
        """The value of a figure of any of the three groups."""
        for group in (self.numbering, self.registration, self.diagnosis):
            if key in group:
                return group[key].value
        raise KeyError(key)

    def basis(self, key: str) -> str:
        """Source of a figure; says where it is a guess."""
        for group in (self.numbering, self.registration, self.diagnosis):
            if key in group:
                one = group[key]
                return f"{one.source}（{CERTAINTY[one.certainty]}）"
        raise KeyError(key)


@cache
def rules_of(jurisdiction: str = "331003", day: date | None = None) -> Rules:
    """The rules that hold in a division (6 to 12 digits) on a day; today without one."""
    on = day or date.today()
    chain = [found for code in _above(jurisdiction) if (found := _newest(code, on))]
    groups: dict[str, dict[str, Setting]] = {"numbering": {}, "registration": {}, "diagnosis": {}}
    name = ""
    digest = hashlib.sha256()
    for file in chain:
        raw = file.read_text(encoding="utf-8")
        digest.update(raw.encode())
        told = tomllib.loads(raw)
        name = str(told["name"])
        for group, kept in groups.items():
            kept.update({key: Setting(**one, where=name) for key, one in told.get(group, {}).items()})
    nearest = chain[-1].name.removesuffix(".toml")
    return Rules(jurisdiction[:6], name, f"{nearest}#{digest.hexdigest()[:8]}", **groups)


def _above(jurisdiction: str) -> tuple[str, ...]:
    code = jurisdiction[:6].ljust(6, "0")
    return tuple(dict.fromkeys(("000000", code[:2] + "0000", code[:4] + "00", code)))


def _newest(code: str, day: date) -> Traversable | None:
    found = [
        file
        for file in _SHIPPED.iterdir()
        if file.name.startswith(f"{code}@") and date.fromisoformat(file.name[7:17]) <= day
    ]
    return max(found, key=lambda file: file.name) if found else None
