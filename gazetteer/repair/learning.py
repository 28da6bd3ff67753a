"""Learning (学习): a confirmed row teaches an alias, which can be taken back, and a labelled line for ``diming train``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import orjson
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.model import Element
from gazetteer.register.models import Alias, AliasTarget
from gazetteer.repair.decisions import Officer
from gazetteer.repair.words import CONFIRMED
from geo.problems import BadInput, Conflict, NotFound
from geo.store.engine import act

KINDS: Final = ("错写", "俗称")
"""Kinds of alias that a decision may teach."""
_NAMED: Final = ("road", "natvil", "estate")
_LABELLED: Final = ("prov", "city", "county", "town", "comm", *_NAMED)
# Rows whose text is no single plain address, or holds what must not be passed on.
_NOT_TAUGHT: Final = ["A29", "A30", "A34"]

_TARGET = text("""
SELECT CASE a.handle_kind WHEN 'road' THEN 'road' ELSE 'place' END AS kind,
       CASE a.handle_kind WHEN 'road' THEN a.road WHEN 'natvil' THEN a.natvil ELSE a.estate END AS code,
       a.handle_name AS name FROM register.address a WHERE a.code = :code
UNION ALL SELECT 'road', r.code, r.name FROM register.road r WHERE r.code = :code
UNION ALL SELECT 'place', p.code, p.standard_name FROM register.place p WHERE p.code = :code
""")
_BORNE = text("""
SELECT name FROM (
  SELECT code, name FROM register.road WHERE valid_to IS NULL UNION ALL
  SELECT code, standard_name FROM register.place WHERE valid_to IS NULL) n
WHERE n.name = :alias AND n.code <> :code LIMIT 1
""")
_KNOWN = text("""
SELECT a.id FROM register.alias a JOIN register.alias_target t ON t.alias = a.id
WHERE a.alias = :alias AND :code IN (t.road, t.place) AND (a.valid_to IS NULL OR a.valid_to > current_date) LIMIT 1
""")
_CONFIRMED = text("""
SELECT original, answer -> 'elements' AS elements, outcome ->> 'address' AS address FROM register.repair_row
WHERE batch = :batch AND state = ANY (:states) AND NOT kinds && CAST(:skipped AS text[]) AND original <> ''
ORDER BY number
""")


@dataclass(frozen=True, slots=True)
class Target:
    """What another name would stand for: the road or place of a confirmed address."""

    kind: str
    code: str
    name: str


def target_of(db: Session, code: str) -> Target | None:
    """The road, natural village or estate behind a code; None where it is neither nor stands on one."""
    row = db.execute(_TARGET, {"code": code}).first() if code else None
    return Target(row.kind, row.code, row.name) if row is not None and row.code else None


def proposal(row: Row[Any], target: Target) -> str:
    """The name as this row wrote it, where it is not the registered one."""
    for kind, start, end in row.answer["elements"]:
        if kind in _NAMED and row.original[start:end] != target.name:
            return str(row.original[start:end])
    steps = (s["before"] for s in row.answer["corrections"] if s["rule"].startswith(("name", "alias")))
    return next((before for before in steps if before and before != target.name), "")


def teach(db: Session, batch: int, number: int, alias: str, kind: str, *, officer: Officer) -> int:
    """Register the name that a confirmed row used as an alias of what it meant; gives the alias's number.

    The next index answers texts with it. ``forget`` takes it back.

    Raises:
        NotFound: no such row.
        BadInput: the row is not confirmed, the name is empty, too long or the registered one.
        Conflict: the name belongs to another road or place, or is an alias already.
    """
    row = db.execute(
        text("SELECT state, outcome ->> 'code' AS code FROM register.repair_row WHERE batch = :batch AND number = :number"),
        {"batch": batch, "number": number},
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound("没有这一行。", "从列表里重新打开。", code="repair.no-row")
    target = target_of(db, row.code or "") if row.state in CONFIRMED else None
    if target is None:
        raise BadInput(
            "这一行还没有确认到道路、村庄或小区。", "先确认这一行，再记住写法。", code="repair.open"
        )
    alias = alias.strip()
    _check(db, alias, kind, target)
    act(db, actor=officer.name, action="repair.teach", request_id=officer.request_id,
        detail={"batch": batch, "row": number})  # fmt: skip
    made = Alias(
        alias=alias, kind=kind, source_doc=f"存量整改批次 {batch} 第 {number} 条", source=f"repair:{batch}:{number}",
        valid_from=date.today(),
    )  # fmt: skip
    made.targets.append(
        AliasTarget(road=target.code) if target.kind == "road" else AliasTarget(place=target.code)
    )
    db.add(made)
    db.flush()
    db.execute(
        text("INSERT INTO register.repair_learnt (batch, number, alias, actor) VALUES (:batch, :number, :alias, :actor)"),
        {"batch": batch, "number": number, "alias": made.id, "actor": officer.name},
    )  # fmt: skip
    return made.id


def forget(db: Session, batch: int, number: int, alias: int, *, officer: Officer) -> None:
    """Take back an alias that a row taught: its time in force becomes empty, and the next index leaves it out.

    Raises:
        NotFound: the row taught no such alias, or it is taken back already.
    """
    act(db, actor=officer.name, action="repair.forget", request_id=officer.request_id,
        detail={"batch": batch, "row": number})  # fmt: skip
    gone = db.execute(
        text("UPDATE register.repair_learnt SET withdrawn_at = now() WHERE batch = :batch AND number = :number "
             "AND alias = :alias AND withdrawn_at IS NULL RETURNING alias"),
        {"batch": batch, "number": number, "alias": alias},
    ).first()  # fmt: skip
    if gone is None:
        raise NotFound("没有可以撤销的写法。", "刷新后查看。", code="repair.no-alias")
    db.execute(
        text("UPDATE register.alias SET valid_to = valid_from, version = version + 1 WHERE id = :id"),
        {"id": alias},
    )


def taught(db: Session, batch: int, number: int) -> list[Row[Any]]:
    """The aliases that a row taught and that still stand."""
    return list(db.execute(
        text("SELECT a.id, a.alias, a.kind FROM register.repair_learnt l JOIN register.alias a ON a.id = l.alias "
             "WHERE l.batch = :batch AND l.number = :number AND l.withdrawn_at IS NULL ORDER BY a.id"),
        {"batch": batch, "number": number},
    ))  # fmt: skip


def training_lines(db: Session, batch: int, engine: Geocoder) -> Iterator[str]:
    """Confirmed rows as lines for ``diming train``: the text with its elements, labelled by the confirmed address.

    Names of the confirmed address that stand in the text are labelled as what they are there; the rest as the
    parser read it. Rows with telephone numbers, without an address or with two are left out.
    """
    given = {"batch": batch, "states": list(CONFIRMED), "skipped": _NOT_TAUGHT}
    for row in db.execute(_CONFIRMED, given, execution_options={"yield_per": 1000}):
        spans = labelled(row.original, row.elements, engine.parse(row.address).elements)
        if any(kind in _NAMED for kind, _, _ in spans):
            elements = [{"type": kind, "start": start, "end": end} for kind, start, end in spans]
            yield orjson.dumps({"text": row.original, "elements": elements}).decode() + "\n"


def labelled(
    original: str, read: Iterable[tuple[str, int, int]], confirmed: Iterable[Element]
) -> list[tuple[str, int, int]]:
    """Spans of the original: first the confirmed address's own names, then what the parser read elsewhere."""
    spans: list[tuple[str, int, int]] = []
    at = 0
    for element in confirmed:
        start = original.find(element.text, at) if element.type in _LABELLED else -1
        if start >= 0:
            at = start + len(element.text)
            spans.append((element.type, start, at))
    for kind, start, end in read:
        if all(end <= a or start >= b for _, a, b in spans):
            spans.append((kind, start, end))
    return sorted(spans, key=lambda span: span[1])


def _check(db: Session, alias: str, kind: str, target: Target) -> None:
    if kind not in KINDS:
        raise BadInput(f"“{kind}”不是可用的类型。", f"用 {'、'.join(KINDS)}。", code="repair.alias")
    if not 2 <= len(alias) <= 50 or alias == target.name:
        raise BadInput(
            f"写法要有 2 到 50 个字，且不同于登记的“{target.name}”。", "填写错写或俗称。", code="repair.alias"
        )
    if db.scalar(_BORNE, {"alias": alias, "code": target.code}):
        raise Conflict(
            f"“{alias}”是另一条道路或另一处地名的标准名称。", "这样的写法不能记为别名。", code="repair.alias"
        )
    if db.scalar(_KNOWN, {"alias": alias, "code": target.code}):
        raise Conflict(f"“{alias}”已经是“{target.name}”的别名。", "不必再记。", code="repair.alias")
