"""The checks over a proposal (自动校验) against the register, as the desk, the applicant and programs see them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.naming.check import check
from gazetteer.naming.model import CheckResult, NamingFinding
from gazetteer.naming.profile import Profile
from gazetteer.naming.romanise import Romanisation, romanise
from gazetteer.naming.suggest import Suggestion, suggest
from gazetteer.proposal import store
from gazetteer.proposal.model import Draft, Kept
from gazetteer.proposal.procedure import profile_of
from gazetteer.proposal.surroundings import PostgisRegister
from geo.problems import BadInput

OUTCOMES: Final = {
    "passed": "通过",
    "found": "有问题",
    "not_applicable": "不适用",
    "not_checked": "未检查",
    "off": "未启用",
}
GRADES: Final = {"block": "拦截", "warn": "须书面说明", "inform": "提示"}
_KEEP: Final = text("""
    UPDATE register.proposal SET findings = CAST(:findings AS jsonb), checked_at = now(), rules = :rules,
      pinyin = :pinyin, romanisation = :roman
    WHERE code = :code
""")


def run(db: Session, draft: Draft, *, day: date, without: str = "") -> list[CheckResult]:
    """What N01-N23 say about a draft on a day; nothing is stored.

    Args:
        db: the unit of work.
        draft: what is asked for.
        day: the rules of which day.
        without: code of the proposal itself, once it is kept.
    """
    around = PostgisRegister(db, draft.division, without=without)
    return check(draft.to_check(day), around, profile_of(draft.division, day))


def suggestions(
    db: Session, draft: Draft, *, day: date, without: str = "", count: int = 5
) -> list[Suggestion]:
    """Free and valid names for the place, at least three where any can be had."""
    around = PostgisRegister(db, draft.division, without=without)
    return suggest(draft.to_check(day), around, profile_of(draft.division, day), count)


def letters(draft: Draft, profile: Profile) -> Romanisation:
    """The name in letters with what a person must confirm."""
    return romanise(draft.name, draft.category, draft.feature, extra=profile.words_folder)


def keep(db: Session, known: Kept, *, day: date) -> list[CheckResult]:
    """Check a kept proposal and store the answer as its check sheet (校验单)."""
    results = run(db, known.draft, day=day, without=known.code)
    said = letters(known.draft, profile_of(known.draft.division, day))
    found = json.dumps([result_json(row) for row in results], ensure_ascii=False)
    version = results[0].profile if results else ""
    db.execute(_KEEP, {"findings": found, "rules": version, "pinyin": said.pinyin, "roman": said.roman,
                       "code": known.code})  # fmt: skip
    return results


def demand_clear(results: Sequence[CheckResult]) -> None:
    """Refuse to go on while a check blocks or a written reason is owed.

    Raises:
        BadInput: with every finding that stops the act.
    """
    stopping = [row for result in results for row in result.findings if row.stops]
    if stopping:
        blocked = sum(row.severity == "block" for row in stopping)
        owed = len(stopping) - blocked
        parts = [f"{blocked} 项拦截"] * bool(blocked) + [f"{owed} 项缺书面说明"] * bool(owed)
        raise BadInput(
            f"名称校验未通过：{'，'.join(parts)}。", "改用其他名称，或按提示补写书面说明后再校验。",
            code="proposal.check", findings=tuple(stopping),
        )  # fmt: skip


def result_json(result: CheckResult) -> dict[str, Any]:
    """One check's answer for programs and pages; geometry as GeoJSON in CGCS2000."""
    return {
        "code": result.code,
        "title": result.title,
        "outcome": result.outcome,
        "outcome_label": OUTCOMES[result.outcome],
        "note": result.note,
        "stops": result.stops,
        "findings": [_finding_json(row) for row in result.findings],
    }


def _finding_json(row: NamingFinding) -> dict[str, Any]:
    return {
        "code": row.code, "severity": row.severity, "severity_label": GRADES[row.severity], "stops": row.stops,
        "where": row.where, "evidence": row.evidence, "remedy": row.remedy, "record": row.record,
        "reason": row.reason, "source": row.source,
        "geometry": None if row.geometry is None else _light(row.geometry),
    }  # fmt: skip


def _light(geometry: Any) -> Any:
    """The geometry as GeoJSON, simplified to about five metres: a township's polygon is evidence, not data."""
    slim = shapely.simplify(geometry, 0.00005) if shapely.get_num_coordinates(geometry) > 200 else geometry
    return json.loads(shapely.to_geojson(slim))


def suggestion_json(row: Suggestion) -> dict[str, Any]:
    """One free name for programs and pages."""
    return {
        "name": row.name,
        "source": row.source,
        "pinyin": row.romanisation.pinyin,
        "settled": row.romanisation.settled,
        "remaining": [found.sentence() for found in row.remaining],
    }


def store_candidates(db: Session, code: str, found: Sequence[Suggestion]) -> None:
    """Keep the free names that were offered, so that the file shows what there was to choose from."""
    store.set_fields(db, code, candidates=[suggestion_json(row) for row in found])
