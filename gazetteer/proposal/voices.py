"""What others say of a proposal (各方意见): experts, departments, the joint meeting, the public; and how it was handled."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import store
from geo.problems import BadInput, Conflict, NotFound, TooOften

Kind = Literal["expert", "department", "meeting", "public"]
KINDS: Final = {"expert": "专家论证", "department": "部门意见", "meeting": "联席会议", "public": "公众意见"}
VERDICTS: Final = ("同意", "建议修改", "不同意")
OUTCOMES: Final = ("采纳", "部分采纳", "不采纳")
HOURLY: Final = 5
"""Comments from one network address within an hour."""

_PRIVATE: Final = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8}|\d{17}[\dXx])(?!\d)|[\w.+-]+@[\w-]+\.\w+")
"""Telephone numbers, identity numbers, mail addresses."""
_COLUMNS: Final = """id, proposal, kind, name, organisation, verdict, content, contact, given_on, outcome, handling,
    shown, handled_by, handled_at, made_at"""
_INSERT: Final = text("""
    INSERT INTO register.proposal_voice
      (proposal, kind, name, organisation, verdict, content, contact, network, given_on, made_by)
    VALUES (:proposal, :kind, :name, :organisation, :verdict, :content, :contact, :network, :given_on, :made_by)
    RETURNING id
""")
_RECENT: Final = text(
    "SELECT count(*) FROM register.proposal_voice WHERE network = :network AND made_at > now() - interval '1 hour'"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One opinion; ``name`` and ``contact`` of the public are for the office only."""

    id: int
    proposal: str
    kind: Kind
    name: str
    organisation: str
    verdict: str
    content: str
    contact: str
    given_on: date
    outcome: str
    handling: str
    shown: str
    """What the notice page shows of it; empty for nothing."""
    handled_by: str
    handled_at: datetime | None
    made_at: datetime

    @property
    def kind_label(self) -> str:
        """The kind in Chinese."""
        return KINDS[self.kind]


def of(db: Session, code: str) -> list[Voice]:
    """Everything that was said of a proposal, in the order of saying."""
    rows = db.execute(
        text(f"SELECT {_COLUMNS} FROM register.proposal_voice WHERE proposal = :code ORDER BY id"),  # noqa: S608
        {"code": code},
    )
    return [Voice(*row) for row in rows]


def add(
    db: Session, code: str, kind: Kind, content: str, *, actor: str, name: str = "", organisation: str = "",
    verdict: str = "", given_on: date,
) -> int:  # fmt: skip
    """Enter what an expert, a department or the joint meeting said (录入意见).

    Raises:
        BadInput: nothing was said, or the verdict is none of the three.
    """
    if not content.strip():
        raise BadInput("意见内容是空的。", "填写意见内容。", code="voice.empty")
    if verdict and verdict not in VERDICTS:
        raise BadInput(f"“{verdict}”不是意见结论。", "选择同意、建议修改或不同意。", code="voice.verdict")
    store.find(db, code)
    return _insert(db, code, kind, content, name, organisation, verdict, "", "", given_on, actor)


def comment(db: Session, code: str, content: str, *, name: str, contact: str, network: str, on: date) -> int:
    """Take a comment of the public on a running notice (公示意见); no account is needed.

    Raises:
        Conflict: the notice is not running.
        BadInput: the comment is empty.
        TooOften: five from this network address within the hour.
    """
    known = store.find(db, code)
    if known.state != "noticed" or not (known.noticed_from and known.noticed_to):
        raise Conflict("这件公示不在公示期内。", "可以向地名主管部门当面或来信反映。", code="notice.closed")
    if not content.strip():
        raise BadInput("意见内容是空的。", "写下意见再提交。", code="voice.empty")
    if (db.scalar(_RECENT, {"network": network}) or 0) >= HOURLY:
        raise TooOften("提交的意见太多。", "请一小时后再试。", code="notice.throttled")
    return _insert(db, code, "public", content[:2000], name, "", "", contact, network, on, "public")


def handle(db: Session, voice: int, outcome: str, handling: str, *, actor: str, shown: str = "") -> None:
    """Say what became of an opinion (采纳情况) and why; ``shown`` is what the public page lets through of it.

    Raises:
        BadInput: no outcome was chosen, it was not taken and no reason is given, or what is to be shown holds a
            telephone number, an identity number or a mail address.
        NotFound: there is no such opinion.
    """
    if outcome not in OUTCOMES:
        raise BadInput("没有选择采纳情况。", "选择采纳、部分采纳或不采纳。", code="voice.outcome")
    if outcome != "采纳" and not handling.strip():
        raise BadInput("没有写明处理理由。", "未全部采纳的意见须写明理由。", code="voice.handling")
    if private := _PRIVATE.search(f"{shown} {handling if shown.strip() else ''}"):
        raise BadInput(
            f"公开的内容里有“{private[0]}”，像是个人信息。", "删去后再公开。", code="voice.private"
        )
    done = db.execute(
        text("UPDATE register.proposal_voice SET outcome = :outcome, handling = :handling, shown = :shown, "
             "handled_by = :actor, handled_at = now() WHERE id = :id"),
        {"outcome": outcome, "handling": handling.strip(), "shown": shown.strip(), "actor": actor, "id": voice},
    )  # fmt: skip
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotFound("没有这条意见。", "刷新页面。")


def public_of(db: Session, code: str) -> tuple[int, list[Voice]]:
    """How many comments the public has given, and those the office lets be seen; without name and contact."""
    every = [voice for voice in of(db, code) if voice.kind == "public"]
    return len(every), [
        replace(voice, name="", contact="", content=voice.shown) for voice in every if voice.shown
    ]


def unhandled(db: Session, code: str) -> int:
    """How many comments of the public nobody has answered yet."""
    sql = "SELECT count(*) FROM register.proposal_voice WHERE proposal = :c AND kind = 'public' AND outcome = ''"
    return int(db.scalar(text(sql), {"c": code}) or 0)


def experts(db: Session) -> list[tuple[str, str, str]]:
    """The experts' list (专家名单): name, organisation, field."""
    rows = db.execute(
        text("SELECT name, organisation, field FROM register.naming_expert WHERE active ORDER BY id")
    )
    return [(row.name, row.organisation, row.field) for row in rows]


def add_expert(db: Session, name: str, organisation: str, field: str, *, made_up: bool = False) -> None:
    """Put an expert on the list; one who is on it comes back into use.

    Raises:
        BadInput: the name is empty.
    """
    if not name.strip():
        raise BadInput("专家姓名是空的。", "填写专家姓名。", code="expert.name")
    db.execute(
        text("INSERT INTO register.naming_expert (name, organisation, field, made_up) VALUES (:n, :o, :f, :m) "
             "ON CONFLICT (name, organisation) DO UPDATE SET field = excluded.field, active = true"),
        {"n": name.strip(), "o": organisation.strip(), "f": field.strip(), "m": made_up},
    )  # fmt: skip


def _insert(
    db: Session, code: str, kind: str, content: str, name: str, organisation: str, verdict: str, contact: str,
    network: str, given_on: date, actor: str,
) -> int:  # fmt: skip
    values = {"proposal": code, "kind": kind, "content": content.strip(), "name": name.strip(),
              "organisation": organisation.strip(), "verdict": verdict, "contact": contact.strip(),
              "network": network, "given_on": given_on, "made_by": actor}  # fmt: skip
    return int(db.execute(_INSERT, values).scalar_one())
