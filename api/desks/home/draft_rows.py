"""Drafts (草稿) in the database: what an account has typed and not sent, one a form and page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_KEEP = text("""
    INSERT INTO register.draft (account, path, form, title, content)
    VALUES (:account, :path, :form, :title, CAST(:content AS jsonb))
    ON CONFLICT ON CONSTRAINT pk_draft DO UPDATE
    SET title = excluded.title, content = excluded.content, changed_at = now(), done_at = NULL
""")
# What was typed may be about a person: once it is sent or thrown away nothing of it stays.
_DONE = text("""
    UPDATE register.draft SET done_at = now(), content = '{}', title = ''
    WHERE account = :account AND path = :path AND form = :form AND done_at IS NULL
""")
_LIST = text("""
    SELECT path, form, title, changed_at FROM register.draft
    WHERE account = :account AND done_at IS NULL ORDER BY changed_at DESC LIMIT 100
""")
_CONTENT = text("""
    SELECT content FROM register.draft
    WHERE account = :account AND path = :path AND form = :form AND done_at IS NULL
""")


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that waits to be finished."""

    path: str
    form: str
    title: str
    changed_at: datetime


def keep(db: Session, account: str, path: str, form: str, title: str, content: dict[str, Any]) -> None:
    """Keep what stands in a form now."""
    db.execute(_KEEP, {"account": account, "path": path, "form": form, "title": title,
                       "content": json.dumps(content, ensure_ascii=False)})  # fmt: skip


def done(db: Session, account: str, path: str, form: str) -> None:
    """The form was sent, or the draft thrown away."""
    db.execute(_DONE, {"account": account, "path": path, "form": form})


def listed(db: Session, account: str) -> list[Draft]:
    """An account's drafts, the newest first."""
    return [Draft(*row) for row in db.execute(_LIST, {"account": account})]


def content(db: Session, account: str, path: str, form: str) -> dict[str, Any] | None:
    """What was typed, None when there is no draft."""
    found: dict[str, Any] | None = db.scalar(_CONTENT, {"account": account, "path": path, "form": form})
    return found
