"""The words of papers (文书措辞): those that come with the program, and in their place the office's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput

FIELDS: Final = {
    "name": ("名称", "拟用或核定的名称"), "names": ("各名称", "带引号的名称，多个时写“××”等几个名称"), "pinyin": ("拼音", "汉语拼音"),
    "act": ("事项", "命名、更名或销名"), "applicant": ("申请单位", "申请单位或申请人"), "town": ("镇街", "所在镇街"),
    "body": ("批准机关", "按类别定的批准机关"), "number": ("文号", "本件的文号"), "from": ("起始日", "公示起始日"), "to": ("截止日", "公示或办理的截止日"),
    "count": ("个数", "名称个数"), "old": ("原名称", "更名、销名的原名称"), "days": ("天数", "公示天数"),
}  # fmt: skip
"""What is filled in when a paper is drawn: the word that stands in braces, and what it is."""
_WORDS: Final = {word: name for name, (word, _) in FIELDS.items()}
_BRACED: Final = re.compile(r"\{(\w+)\}")
_NEWEST = text(
    "SELECT title, body, version FROM register.document_wording WHERE kind = :k ORDER BY version DESC LIMIT 1"
)
_EVERY = text(
    "SELECT version, title, body, made_by, made_at FROM register.document_wording WHERE kind = :k ORDER BY version DESC"
)
_ADD = text("""
    INSERT INTO register.document_wording (kind, version, title, body, made_by)
    SELECT :k, coalesce(max(version), 0) + 1, :title, :body, :actor FROM register.document_wording WHERE kind = :k
""")


@dataclass(frozen=True, slots=True)
class Words:
    """Title and body of a paper; version 0 are the program's."""

    title: str
    body: str
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """One wording that the office once used."""

    number: int
    title: str
    body: str
    made_by: str
    made_at: datetime


@cache
def shipped() -> dict[str, dict[str, str]]:
    """Title and body of every paper as the program brings them."""
    raw = (files("gazetteer.proposal") / "wordings.toml").read_text(encoding="utf-8")
    return {
        kind: {"title": _worded(row["title"]), "body": _worded(row["body"].strip())}
        for kind, row in tomllib.loads(raw).items()
    }


def used(db: Session, kind: str) -> Words:
    """The words in use."""
    row = db.execute(_NEWEST, {"k": kind}).one_or_none()
    own = shipped()[kind]
    return (
        Words(_worded(row.title), _worded(row.body), row.version)
        if row
        else Words(own["title"], own["body"], 0)
    )


def versions(db: Session, kind: str) -> list[Version]:
    """Every wording of the office's own, the newest first."""
    return [
        Version(row.version, _worded(row.title), _worded(row.body), row.made_by, row.made_at)
        for row in db.execute(_EVERY, {"k": kind})
    ]


def change(db: Session, kind: str, title: str, words: str, *, actor: str) -> int:
    """Use other words from now on; what was before stays on record. Gives the new version.

    Raises:
        BadInput: there is no such paper, a field does not exist, or the words are empty where the program's are not.
    """
    own = shipped().get(kind)
    if own is None or not title.strip() or (own["body"] and not words.strip()):
        raise BadInput("文书的标题或正文是空的。", "填写标题和正文，或恢复原文。", code="wording.empty")
    for part in (title, words):
        _demand_known_fields(part)
    db.execute(_ADD, {"k": kind, "title": title.strip(), "body": words.strip(), "actor": actor})
    return used(db, kind).version


def restore(db: Session, kind: str, *, actor: str) -> int:
    """Use the program's own words again, as a new version."""
    own = shipped()[kind]
    return change(db, kind, own["title"], own["body"], actor=actor)


def filled(db: Session, kind: str, values: Mapping[str, object]) -> tuple[str, list[str]]:
    """Title and paragraphs of a paper with its fields filled in."""
    words = used(db, kind)
    known = {word: str(values.get(name, "")) for name, (word, _) in FIELDS.items()}
    paragraphs = [line.strip() for line in words.body.format_map(known).splitlines() if line.strip()]
    return words.title.format_map(known), paragraphs


def _worded(words: str) -> str:
    """The braces with their Chinese words, also where an earlier wording names the fields of the program."""
    return _BRACED.sub(lambda found: "{" + FIELDS.get(found[1], (found[1], ""))[0] + "}", words)


def _demand_known_fields(words: str) -> None:
    """Only the plain fields may be filled in: no width, attribute or conversion, which could swell or break a paper."""
    try:
        wrong = [f"{name}:{spec}" if spec else name for _, name, spec, turned in Formatter().parse(words)
                 if name is not None and (not {name} & {*FIELDS, *_WORDS} or spec or turned)]  # fmt: skip
    except ValueError:
        wrong = ["大括号没有成对"]
    if wrong:
        raise BadInput(
            f"措辞里有不认识的填充项：{wrong[0][:60] or '空的大括号'}。",
            f"可用：{'、'.join('{' + word + '}' for word in _WORDS)}；其他大括号请去掉。",
            code="wording.field",
        )
