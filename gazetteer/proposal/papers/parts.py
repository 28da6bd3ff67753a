"""What several papers share: the fields of a name, its map, the office's name, numbers as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.naming.model import CATEGORIES
from gazetteer.proposal import deciding, procedure
from gazetteer.proposal.model import FEATURES, Kept
from gazetteer.proposal.surroundings import PostgisRegister
from geo.documents import Paragraph, Picture
from geo.documents.model import day_words
from geo.sketch import Layer, sketch

PLATE, GREY = "#0B4F9E", "#8A94A0"


@dataclass(frozen=True, slots=True)
class Case:
    """One proposal with what its papers need to know besides."""

    db: Session
    known: Kept
    office: str
    body: str
    day: date
    opinion: deciding.Decision | None
    approval: deciding.Decision | None

    def values(self, **more: object) -> dict[str, object]:
        """What fills the wording's fields."""
        draft = self.known.draft
        name = draft.name or draft.old_name
        return {"name": name, "names": f"“{name}”", "pinyin": self.known.pinyin, "act": draft.act, "count": 1,
                "applicant": draft.applicant or "申请人", "town": self.known.town, "body": self.body,
                "old": draft.old_name, **more}  # fmt: skip


def case_of(db: Session, known: Kept, day: date) -> Case:
    """Gather what the papers of a proposal need."""
    profile = procedure.profile_of(known.draft.division, day)
    decider = procedure.approver(profile, known.draft.category, known.draft.feature)
    return Case(
        db, known, office_of(db, known.draft.division), decider.body, day,
        deciding.find(db, known.opinion) if known.opinion else None,
        deciding.find(db, known.approval) if known.approval else None,
    )  # fmt: skip


def office_of(db: Session, division: str) -> str:
    """The bureau of the county (民政局)."""
    county = db.scalar(
        text("SELECT name FROM register.division WHERE code = :c"), {"c": division[:6].ljust(12, "0")}
    )
    return f"{county or ''}民政局"


def paragraphs(lines: list[str]) -> list[Paragraph]:
    """Lines of a wording; a first one that ends in a colon is the addressee and is not indented."""
    return [Paragraph(line, indent=at > 0 or not line.endswith("：")) for at, line in enumerate(lines)]


def shown_day(day: date | None) -> str:
    """A day in words, or empty."""
    return day_words(day) if day else ""


def kind_of(known: Kept) -> str:
    """Category and kind: 住宅区、楼宇（住宅区）."""
    draft = known.draft
    feature = dict(FEATURES[draft.category]).get(draft.feature, "")
    return CATEGORIES[draft.category] + (
        f"（{feature}）" if feature and feature != CATEGORIES[draft.category] else ""
    )


def size_of(known: Kept) -> str:
    """Size in words: 长 420 米，宽 14 米；建筑面积 … 平方米."""
    draft = known.draft
    rows = (
        ("长", draft.length_m, "米"), ("宽", draft.width_m, "米"), ("用地面积", draft.land_area_m2, "平方米"),
        ("建筑面积", draft.floor_area_m2, "平方米"), ("层数", draft.storeys, "层"),
    )  # fmt: skip
    parts = [f"{label}{value:g}{unit}" for label, value, unit in rows if value is not None]
    if draft.green_rate is not None:
        parts.append(f"绿地率{draft.green_rate * 100:g}%")
    return "，".join(parts)


def place_of(known: Kept) -> str:
    """Where it lies, in words."""
    draft = known.draft
    if draft.category == "E" and (draft.start_text or draft.end_text):
        return f"起点{draft.start_text}，止点{draft.end_text}" + (
            f"，{draft.direction}" if draft.direction else ""
        )
    return draft.location


def map_of(case: Case, *, width_mm: float = 150.0, height_mm: float = 62.0) -> list[Picture]:
    """The position with the roads around it, or nothing where nothing was drawn."""
    return [map_of_all(case.db, [case.known], width_mm=width_mm, height_mm=height_mm)] if (
        case.known.draft.geometry is not None
    ) else []  # fmt: skip


def map_of_all(db: Session, rows: list[Kept], *, width_mm: float, height_mm: float) -> Picture:
    """Several proposals in one picture."""
    shapes = [row.draft.geometry for row in rows if row.draft.geometry is not None]
    names = [row.title for row in rows if row.draft.geometry is not None]
    around = PostgisRegister(db, rows[0].draft.division)
    # A long road is shown as far as it runs by the places, or it would set the scale.
    window = shapely.box(*shapely.total_bounds(shapes)).buffer(0.003, join_style="mitre")
    near = {r.code: r for shape in shapes for r in around.roads_near(shape, 250.0) if r.state == "现行"}
    lines = [shapely.intersection(r.geometry, window) for r in near.values()]
    drawn = sketch(
        [Layer(lines, [r.name for r in near.values()],
               label="现有道路", colour=GREY, width_mm=0.4),
         Layer(shapes, names, label="申请位置", colour=PLATE, width_mm=0.9)],
        width_mm=width_mm, height_mm=height_mm, note="示例数据" if rows[0].draft.made_up else "",
    )  # fmt: skip
    return Picture(drawn.png(), width_mm, "位置示意图", drawn.svg)
