"""Stories of names (地名故事): text and media for the public page of a name; a draft until somebody makes it public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.impact import Kind, record_of
from geo.problems import BadInput, Conflict

OWNER = "story"
"""Owner of a story's media in ``geo.cases.attachments``; the subject is the name's code."""


@dataclass(frozen=True, slots=True)
class Story:
    """One story; ``state`` is 草稿, 公开 or 撤下."""

    id: int
    kind: str
    code: str
    title: str
    body: str
    teller: str
    state: str
    made_up: bool
    version: int
    at: datetime

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return [line.strip() for line in self.body.splitlines() if line.strip()]


def write(db: Session, kind: Kind, code: str, title: str, body: str, *, teller: str = "") -> int:
    """A new story as a draft; gives its number.

    Raises:
        BadInput: no title or text, or too long.
    """
    record_of(db, kind, code)
    if not 1 <= len(title.strip()) <= 100 or not 1 <= len(body.strip()) <= 20_000:
        raise BadInput("故事没有标题或正文，或者太长。", "标题 100 字以内，正文两万字以内。", code="story")
    return int(db.execute(
        text(f"INSERT INTO register.story (kind, code, title, body, teller, made_up) "  # noqa: S608
             f"SELECT :kind, code, :title, :body, :teller, made_up FROM register.{kind} WHERE code = :code RETURNING id"),
        {"kind": kind, "code": code, "title": title.strip(), "body": body.strip(), "teller": teller.strip()[:100]},
    ).scalar_one())  # fmt: skip


def publish(db: Session, story: int, state: str, *, version: int) -> None:
    """Make a story public (公开) or take it off (撤下).

    Raises:
        BadInput: no such state.
        Conflict: somebody was faster.
    """
    if state not in ("公开", "撤下"):
        raise BadInput("只能公开或撤下。", "请用页面上的按钮。", code="story.state")
    done = db.execute(
        text(
            "UPDATE register.story SET state = :state, version = version + 1 WHERE id = :id AND version = :v RETURNING id"
        ),
        {"state": state, "id": story, "v": version},
    ).scalar()
    if done is None:
        raise Conflict("这篇故事已被别人修改。", "刷新后再办。", code="version")


def of(db: Session, code: str, *, public: bool) -> list[Story]:
    """Stories of a name; only those everybody may read, or all."""
    rows = db.execute(
        text("SELECT id, kind, code, title, body, teller, state, made_up, version, at FROM register.story "
             "WHERE code = :code AND (NOT :public OR state = '公开') ORDER BY id"), {"code": code, "public": public},
    )  # fmt: skip
    return [Story(*row) for row in rows]
