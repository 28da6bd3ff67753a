"""From the announcement into the register (公告入库): the place or road takes its name there, in the same transaction."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange.terms import classes
from gazetteer.naming.name import take_apart
from gazetteer.proposal import deciding, procedure, store
from gazetteer.proposal.checking import letters
from gazetteer.proposal.model import MACHINE, Kept
from gazetteer.proposal.steps import Officer
from gazetteer.register import renaming
from geo.cases import clocks, states
from geo.problems import BadInput, Conflict

SOURCE: Final = "地名申请"
_ROAD: Final = text("""
    INSERT INTO register.road (name, specific, generic, romanisation, pinyin, road_class, width_m, length_m, start_text,
                               end_text, direction, meaning, division, valid_from, made_up, source)
    VALUES (:name, :specific, :generic, :roman, :pinyin, :road_class, :width_m, :length_m, :start_text, :end_text,
            :direction, :meaning, :division, :since, :made_up, :source) RETURNING code
""")
_CLAIM: Final = text("""
    UPDATE register.road_segment SET road = :road, version = version + 1
    WHERE id = ANY(CAST(:ids AS bigint[])) AND valid_to IS NULL
""")
_LINE: Final = text("""
    INSERT INTO register.road_segment (road, road_class, division, geom, valid_from, made_up, source)
    SELECT :road, :road_class, :division, (ST_Dump(ST_GeomFromWKB(CAST(:geom AS bytea), 4490))).geom, :since, :made_up, :source
""")
_DESCRIBE: Final = text("""
    UPDATE register.road SET state = '现行', specific = :specific, generic = :generic, pinyin = :pinyin,
      romanisation = :roman, meaning = :meaning, version = version + 1,
      start_text = CASE WHEN start_text = '' THEN :start_text ELSE start_text END,
      end_text = CASE WHEN end_text = '' THEN :end_text ELSE end_text END,
      direction = CASE WHEN direction = '' THEN :direction ELSE direction END,
      length_m = coalesce(length_m, :length_m), width_m = coalesce(width_m, :width_m)
    WHERE code = :road
""")
_PLACE: Final = text("""
    INSERT INTO register.place (category, class_code, specific, generic, standard_name, romanisation, pinyin, origin,
                                meaning, division, location, geom, valid_from, made_up, source)
    VALUES (:category, :class_code, :specific, :generic, :name, :roman, :pinyin, :origin, :meaning, :division,
            :location, ST_GeomFromWKB(CAST(:geom AS bytea), 4490), :since, :made_up, :source) RETURNING code
""")


def announce(db: Session, code: str, number: str, *, officer: Officer, on: date) -> str:
    """Announce an approved and filed name (公告) and enter it into the register; gives the register's code.

    The name is in force from the day of approval. A renaming keeps the old name as a dated alias and derives every
    address anew; a cancellation ends the name and keeps its history. The clock of the signs starts.

    Raises:
        BadInput: the day lies ahead.
        Conflict: the case is not there yet, or the register changed so that the act no longer fits.
    """
    if on > store.today():
        raise BadInput(f"公告日期 {on} 在今天以后。", "改成今天或实际公告的日期。", code="proposal.date")
    states.move(db, MACHINE, code, "announce", actor=officer.name, roles=officer.roles, note=number.strip())
    known = store.find(db, code)
    if known.approval is None:
        raise Conflict("这件申请没有批准文件。", "先登记批准。", code="proposal.approval")
    approval = deciding.find(db, known.approval)
    entered = _enter(db, known, approval.decided_on, approval.number, officer.name)
    store.set_fields(db, code, announced_on=on, announcement_number=number.strip(), result=entered)
    db.execute(
        text(
            "UPDATE register.planned_name SET used_by = :code WHERE name = :name AND retired_at IS NULL AND used_by IS NULL"
        ),
        {"code": entered, "name": known.draft.name},
    )
    clocks.stop(db, MACHINE, code, "announcement", on=on)
    profile = procedure.profile_of(known.draft.division, on)
    if known.draft.act != "销名":
        procedure.start_clock(db, code, profile, "signs", on)
    return entered


def _enter(db: Session, known: Kept, since: date, document: str, actor: str) -> str:
    draft = known.draft
    kind: Literal["road", "place"] = "road" if draft.category == "E" else "place"
    if draft.act == "销名":
        renaming.retire(db, kind, draft.record, actor=actor, on=since, reason=draft.reason, document=document)
        return draft.record
    if draft.act == "更名":
        renaming.rename(
            db, kind, draft.record, draft.name, actor=actor, on=since, reason=draft.reason, document=document
        )
        return draft.record
    if kind == "place":
        return str(db.execute(_PLACE, _facts(db, known, since)).scalar_one())
    return _road(db, known, since, document, actor)


def _road(db: Session, known: Kept, since: date, document: str, actor: str) -> str:
    """A new road, or the unregistered one whose doors stand along the line: it keeps its code and its doors."""
    draft, facts = known.draft, _facts(db, known, since)
    if draft.record:
        renaming.rename(db, "road", draft.record, draft.name, actor=actor, on=since, reason=draft.reason,
                        document=document)  # fmt: skip
        db.execute(_DESCRIBE, {**facts, "road": draft.record})
        road = draft.record
    else:
        road = str(db.execute(_ROAD, facts).scalar_one())
    if draft.segments:
        db.execute(_CLAIM, {"road": road, "ids": list(draft.segments)})
    elif draft.geometry is not None and "LineString" in draft.geometry.geom_type:
        db.execute(_LINE, {**facts, "road": road})
    return road


def _facts(db: Session, known: Kept, since: date) -> dict[str, object]:
    draft = known.draft
    parts = take_apart(draft.name, draft.category, draft.feature)
    said = letters(draft, procedure.profile_of(draft.division, since))
    known_class = classes(db).of(draft.category, feature=draft.feature)
    return {
        "name": draft.name, "specific": parts.specific, "generic": parts.generic, "category": draft.category,
        "class_code": known_class.code if known_class.settled else "",
        # A reading that a person has not settled stays out of the register.
        "pinyin": said.pinyin if said.settled else known.pinyin, "roman": said.roman if said.settled else known.romanisation,
        "road_class": draft.road_class, "width_m": draft.width_m, "length_m": draft.length_m,
        "start_text": draft.start_text, "end_text": draft.end_text, "direction": draft.direction,
        "origin": draft.origin, "meaning": draft.meaning, "location": draft.location, "division": draft.division,
        "geom": None if draft.geometry is None else shapely.to_wkb(draft.geometry), "since": since,
        "made_up": draft.made_up, "source": SOURCE,
    }  # fmt: skip
