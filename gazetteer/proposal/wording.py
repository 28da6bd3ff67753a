"""The words of papers (文书措辞): those that come with the program, and in their place the office's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput

FIELDS = (
    "name",
    "pinyin",
    "act",
    "applicant",
    "town",
    "body",
    "number",
    "from",
    "to",
    "count",
    "old",
    "days",
)
_NEWEST = text(
    "SELECT body, version FROM register.document_wording WHERE kind = :k ORDER BY version DESC LIMIT 1"
)
_ADD = text("""
    INSERT INTO register.document_wording (kind, version, body, made_by)
    SELECT :k, coalesce(max(version), 0) + 1, :body, :actor FROM register.document_wording WHERE kind = :k
""")


@cache
def shipped() -> dict[str, dict[str, str]]:
    """Title and body of every paper as the program brings them."""
    raw = (files("gazetteer.proposal") / "wordings.toml").read_text(encoding="utf-8")
    return {
        kind: {"title": row["title"], "body": row["body"].strip()} for kind, row in tomllib.loads(raw).items()
    }


def body(db: Session, kind: str) -> tuple[str, int]:
    """The words in use and their version; version 0 are the program's."""
    row = db.execute(_NEWEST, {"k": kind}).one_or_none()
    return (row.body, row.version) if row else (shipped()[kind]["body"], 0)


def change(db: Session, kind: str, words: str, *, actor: str) -> None:
    """Use other words from now on; what was before stays on record.

    Raises:
        BadInput: the words name a field that does not exist, or are empty.
    """
    if kind not in shipped() or not words.strip():
        raise BadInput("文书措辞是空的。", "填写正文，或恢复原文。", code="wording.empty")
    try:
        words.format_map(dict.fromkeys(FIELDS, ""))
    except (KeyError, ValueError, IndexError) as error:
        raise BadInput(
            f"措辞里有不认识的填充项：{error}。",
            f"可用：{'、'.join('{' + f + '}' for f in FIELDS)}",
            code="wording.field",
        ) from error
    db.execute(_ADD, {"k": kind, "body": words.strip(), "actor": actor})


def filled(db: Session, kind: str, values: Mapping[str, object]) -> tuple[str, list[str]]:
    """Title and paragraphs of a paper with its fields filled in."""
    words, _ = body(db, kind)
    known = {name: str(values.get(name, "")) for name in FIELDS}
    paragraphs = [line.strip() for line in words.format_map(known).splitlines() if line.strip()]
    return shipped()[kind]["title"].format_map(known), paragraphs
