"""What only the bureau can settle (码表): classes of the national database and items of the provincial push, as data.

Each row says its certainty: S the text was read, L likely, G a guess to be settled (须核定). A file of the bureau takes
the place of what comes with the program, row by row, and of its own earlier file; nothing of the earlier ones is lost.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange.fields import RULE_VERSION, TITLES
from geo.files import read_table
from geo.problems import BadFile, BadInput, Finding

List = Literal["class", "item"]
LISTS: Final[Mapping[str, str]] = {"class": "类别码表", "item": "省平台数据项"}
CERTAINTIES: Final = {"S": "有据", "L": "推断", "G": "待核定"}
HEADS: Final = {"code": "代码", "name": "名称", "place": "用于", "certainty": "依据程度", "source": "来源"}
"""Columns of the bureau's file; 用于 of a class is a category (E) or kind (C/village), of an item a field."""
FILLS: Final = {**TITLES, "pinyin": "汉语拼音", "divisions": "所在（跨）行政区", "bounds": "四至"}
"""What may fill an item, with its word."""
_FILES: Final = {"class": "classes.toml", "item": "bmmx.toml"}
_CODES: Final = {"class": re.compile(r"\d{5}"), "item": re.compile(r"[A-Z]{2,10}\d{2,6}")}
_PLACE: Final = re.compile(r"([A-H](/[a-z_]{1,20})?)?")
_MOST: Final = 5000
_OWN: Final = text("SELECT list, code, name, place, certainty, source FROM register.exchange_term "
                   "WHERE retired_at IS NULL AND list = :list ORDER BY id")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One row: a class (``place`` is what gets it) or an item (``place`` is the field that fills it, empty for none)."""

    list: str
    code: str
    name: str
    place: str
    certainty: str
    source: str
    own: bool = False
    """Whether the bureau's own file brought it."""

    @property
    def settled(self) -> bool:
        """Whether it is no guess."""
        return self.certainty != "G"


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes in use."""

    terms: tuple[Term, ...]

    def of(self, category: str, class_code: str = "", feature: str = "") -> Term:
        """The class of a record: the one it names if the table has it, else that of its kind, else of its category."""
        named = next((one for one in self.terms if one.code == class_code), None)
        by_place = {one.place: one for one in self.terms}
        return named or by_place.get(f"{category}/{feature}") or by_place[category]

    def has(self, code: str) -> bool:
        """Whether the table has a class of that code."""
        return any(one.code == code for one in self.terms)


def listed(db: Session, which: List) -> list[Term]:
    """The rows in use: the bureau's, and those of the program whose code and use the bureau's leave open."""
    own = [
        Term(r.list, r.code, r.name, r.place, r.certainty, r.source, own=True)
        for r in db.execute(_OWN, {"list": which})
    ]
    codes, places = {one.code for one in own}, {one.place for one in own if one.place}
    rest = [one for one in _shipped(which) if one.code not in codes and one.place not in places]
    return sorted([*own, *rest], key=lambda one: one.code)


def classes(db: Session) -> Classes:
    """The classes in use."""
    return Classes(tuple(listed(db, "class")))


def items(db: Session) -> dict[str, str]:
    """Items of the provincial push that a field of ours fills: BMMX… → field."""
    return {one.code: one.place for one in listed(db, "item") if one.place}


def version(db: Session) -> str:
    """The rule version with what the bureau's tables add to it, to be kept with results."""
    own = [one for which in LISTS for one in listed(db, which) if one.own]  # type: ignore[arg-type]
    return f"{RULE_VERSION}+{hashlib.sha256(repr(own).encode()).hexdigest()[:8]}" if own else RULE_VERSION


def read(path: Path, which: List) -> list[Term]:
    """The bureau's table (CSV, XLSX) with the columns of :data:`HEADS`.

    Raises:
        BadFile: a column is missing, or the file has no rows or too many.
        BadInput: rows that do not fit, each with its line and field.
    """
    table = read_table(path)
    if missing := [head for head in HEADS.values() if head not in table.columns]:
        raise BadFile(f"文件里没有“{'、'.join(missing)}”列。", f"列名应为：{'、'.join(HEADS.values())}。")
    if not 0 < len(table) <= _MOST:
        raise BadFile(f"文件有 {len(table)} 行。", f"应有 1 到 {_MOST} 行。")
    rows = [
        {key: (table.columns[head][at] or "").strip() for key, head in HEADS.items()}
        for at in range(len(table))
    ]
    found = [finding for at, row in enumerate(rows, start=2) for finding in _check(row, which, at)]
    found += _repeated(rows)
    if found:
        raise BadInput(f"{LISTS[which]}有 {len(found)} 处不合格，没有导入。", "按下列各条改正后重新导入。", code="terms.invalid",
                       findings=tuple(found))  # fmt: skip
    return [
        Term(which, r["code"], r["name"], r["place"], _certainty(r["certainty"]), r["source"], own=True)
        for r in rows
    ]


def take(db: Session, rows: Sequence[Term], which: List, *, actor: str) -> int:
    """Put the bureau's table in use in place of its earlier one; gives how many rows it has."""
    db.execute(
        text("UPDATE register.exchange_term SET retired_at = now() WHERE list = :l AND retired_at IS NULL"),
        {"l": which},
    )
    db.execute(
        text("INSERT INTO register.exchange_term (list, code, name, place, certainty, source, imported_by) "
             "VALUES (:list, :code, :name, :place, :certainty, :source, :actor)"),
        [{"list": which, "code": r.code, "name": r.name, "place": r.place, "certainty": r.certainty, "source": r.source,
          "actor": actor} for r in rows],
    )  # fmt: skip
    return len(rows)


def table(db: Session, which: List) -> dict[str, list[Any]]:
    """The rows in use as columns of a file that can be changed and imported again."""
    rows = listed(db, which)
    return {
        head: [CERTAINTIES[r.certainty] if key == "certainty" else getattr(r, key) for r in rows]
        for key, head in HEADS.items()
    }


@cache
def _shipped(which: str) -> tuple[Term, ...]:
    with (Path(__file__).resolve().parent / _FILES[which]).open("rb") as file:
        return tuple(Term(which, **row) for row in tomllib.load(file)[which])


def _check(row: Mapping[str, str], which: str, line: int) -> list[Finding]:
    found: list[Finding] = []

    def refuse(key: str, evidence: str, remedy: str) -> None:
        found.append(Finding(f"terms.{key}", "block", HEADS[key], evidence, remedy, line))

    if not _CODES[which].fullmatch(row["code"]):
        refuse(
            "code", f"“{row['code'][:30]}”不是{LISTS[which]}的代码", "类别码是 5 位数字，数据项如 BMMX0001"
        )
    if not 1 <= len(row["name"]) <= 60:
        refuse("name", "名称是空的或太长", "填写名称")
    if which == "class" and not _PLACE.fullmatch(row["place"]):
        refuse("place", f"“{row['place'][:30]}”不是地名类别", "填 A 到 H，或如 C/village，或留空")
    if which == "item" and row["place"] not in {"", *FILLS}:
        refuse("place", f"没有字段“{row['place'][:30]}”", f"可用：{'、'.join(FILLS)}，或留空")
    if not _certainty(row["certainty"]):
        refuse("certainty", f"“{row['certainty'][:10]}”不是依据程度", f"填{'、'.join(CERTAINTIES.values())}")
    if not row["source"]:
        refuse("source", "没有写来源", "写明依据的文件")
    return found


def _repeated(rows: Sequence[Mapping[str, str]]) -> list[Finding]:
    found, seen = [], dict[tuple[str, str], int]()
    for line, row in enumerate(rows, start=2):
        for key in ("code", "place"):
            first = seen.setdefault((key, row[key]), line)
            if row[key] and first != line:
                found.append(
                    Finding(
                        f"terms.{key}-twice",
                        "block",
                        HEADS[key],
                        f"“{row[key]}”与第 {first} 行相同",
                        "只留一行",
                        line,
                    )
                )
    return found


def _certainty(said: str) -> str:
    words = {**{word: key for key, word in CERTAINTIES.items()}, **{key: key for key in CERTAINTIES}}
    return words.get(said, "")
