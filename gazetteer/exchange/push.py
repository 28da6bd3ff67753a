"""The provincial push (省平台推送): ADD, UPDATE and DELETE messages made from the change feed, as a file or by HTTP.

A message: ``op``, ``PLACEID`` (county and our key), ``STREETID`` (nine digits of the township) and ``items`` of the
BMMX list. What was delivered to a target is kept, so that the next push goes on behind it.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange.records import Ours, ours
from gazetteer.exchange.terms import items
from gazetteer.register.feed import Change, heads
from geo.problems import BadInput, Unavailable

OPERATIONS: Final = {"insert": "ADD", "update": "UPDATE", "retire": "DELETE"}
_TIMEOUT_S: Final = 20.0
Send = Callable[[dict[str, Any]], str]
"""Delivers one message and gives the platform's answer; raises Unavailable when it cannot."""


def message(change: Change, record: Ours | None, division: str, filled: Mapping[str, str]) -> dict[str, Any]:
    """One message for one change; a retired name is a DELETE that carries only its keys. ``filled``: item → field."""
    values: dict[str, str] = {}
    if record is not None:
        values = {
            **record.fields,
            "pinyin": record.pinyin,
            "divisions": record.division,
            "bounds": record.bounds,
        }
    named = {item: values.get(field, "") for item, field in filled.items()} if record else {}
    return {"seq": change.seq, "op": OPERATIONS[change.op] if record else "DELETE", "PLACEID": f"{division[:6]}{change.code}",
            "STREETID": division[:9], "items": named}  # fmt: skip


def pending(db: Session, target: str, *, most: int = 500) -> list[dict[str, Any]]:
    """Messages that a target has not got yet, in order; several changes of one record become its last one."""
    since = int(db.scalar(text("SELECT coalesce(max(change), 0) FROM register.push WHERE target = :t "
                               "AND delivered_at IS NOT NULL"), {"t": target}) or 0)  # fmt: skip
    waiting = heads(db, since, ("place", "road"), most=most)
    last = {(c.kind, c.code): c for c in waiting}
    new = {(c.kind, c.code) for c in waiting if c.op == "insert"}
    known = {record.code: record for record in ours(db, codes=[code for _, code in last])}
    divisions = _divisions(db, [code for _, code in last])
    made, filled = [], items(db)
    for key, change in sorted(last.items(), key=lambda pair: pair[1].seq):
        one = message(change, known.get(change.code), divisions.get(change.code, ""), filled)
        made.append(one | {"op": "ADD"} if key in new and one["op"] == "UPDATE" else one)
    return made


def deliver(db: Session, target: str, send: Send, *, form: str, through: int | None = None) -> int:
    """Deliver what waits, one message after the other; what was delivered is kept even when a later one fails.

    Args:
        db: the unit of work; the caller has named the act.
        target: who gets it; each target has its own place in the feed.
        send: delivers one message.
        form: how it went, ``file`` or ``http``.
        through: the last change to deliver, where somebody has seen what goes out; all that waits when left out.

    Raises:
        Unavailable: the very first message could not be delivered.
    """
    done = 0
    for one in pending(db, target):
        if through is not None and one["seq"] > through:
            break
        try:
            answer = send(one)
        except Unavailable:
            if not done:
                raise
            break
        db.execute(
            text("INSERT INTO register.push (change, form, target, body, answer, delivered_at) "
                 "VALUES (:seq, :form, :target, CAST(:body AS jsonb), :answer, now())"),
            {"seq": one["seq"], "form": form, "target": target, "body": json.dumps(one, ensure_ascii=False), "answer": answer[:500]},
        )  # fmt: skip
        done += 1
    return done


def to_file(path: Path) -> Send:
    """Append messages to a file of JSON lines."""

    def send(one: dict[str, Any]) -> str:
        with path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(one, ensure_ascii=False) + "\n")
        return path.name

    return send


def to_http(address: str, headers: Iterable[tuple[str, str]] = ()) -> Send:
    """POST each message as JSON.

    Raises:
        BadInput: the address is no http or https address.
    """
    if not address.startswith(("http://", "https://")):
        raise BadInput("推送地址不是 http 或 https 地址。", "核对推送地址。", code="push.address")
    fixed = dict(headers) | {"content-type": "application/json; charset=utf-8"}

    def send(one: dict[str, Any]) -> str:
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked above
            address, json.dumps(one, ensure_ascii=False).encode(), fixed, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
                return f"{answer.status} {answer.read(400).decode('utf-8', 'replace')}"
        except (urllib.error.URLError, OSError) as error:
            raise Unavailable(
                "省平台没有接收推送。", "稍后重试；已送达的不会重复。", code="push.away"
            ) from error

    return send


def delivered(db: Session, target: str, *, most: int = 20) -> list[Any]:
    """What a target got, a line for each delivery (time, form, how many messages), the newest first."""
    return list(db.execute(
        text("SELECT delivered_at, form, count(*) AS messages, max(change) AS through FROM register.push "
             "WHERE target = :t AND delivered_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1 DESC LIMIT :most"),
        {"t": target, "most": most},
    ))  # fmt: skip


def names(db: Session, messages: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The names that messages speak of, by their PLACEID; the list of items itself has none for the name alone."""
    keys = {str(one["PLACEID"])[6:]: str(one["PLACEID"]) for one in messages}
    rows = db.execute(
        text("SELECT code, standard_name FROM register.place WHERE code = ANY (:c) "
             "UNION ALL SELECT code, name FROM register.road WHERE code = ANY (:c)"), {"c": list(keys)},
    )  # fmt: skip
    return {keys[row[0]]: row[1] for row in rows}


def _divisions(db: Session, codes: list[str]) -> dict[str, str]:
    rows = db.execute(
        text("SELECT code, coalesce(division, '') FROM register.place WHERE code = ANY (:c) "
             "UNION ALL SELECT code, division FROM register.road WHERE code = ANY (:c)"), {"c": codes},
    )  # fmt: skip
    return {row[0]: row[1] for row in rows}
