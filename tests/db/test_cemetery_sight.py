"""Whether a cemetery is seen from the road: the rule, the layer and the ground's heights together, on a real file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.cemeteries.overlay import overlay
from geo.settings import settings

DAY = date(2026, 11, 22)
STEP, WEST, SOUTH = 0.0005, 121.0, 28.6
COLUMNS, ROWS = 61, 61
HILLS, ROAD = 121.020, 121.015
BEHIND, BEFORE = "POINT(121.022 28.615)", "POINT(121.017 28.615)"


@pytest.fixture
def road(db: Session) -> Session:
    """A main road from south to north, 196 and 685 metres west of the two sites."""
    db.execute(
        text("INSERT INTO register.siting_layer (layer, name, geom) VALUES "
             "('公路主干线', '八二省道', ST_GeomFromText(:line, 4490))"),
        {"line": f"LINESTRING({ROAD} 28.612, {ROAD} 28.618)"},
    )  # fmt: skip
    return db


@pytest.fixture
def hills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of heights: a plain of 5 m, and a chain of hills of 80 m along 121.020."""
    across = ["80" if abs(WEST + (n + 0.5) * STEP - HILLS) < STEP else "5" for n in range(COLUMNS)]
    file = tmp_path / "heights.asc"
    head = f"ncols {COLUMNS}\nnrows {ROWS}\nxllcorner {WEST}\nyllcorner {SOUTH}\ncellsize {STEP}\nNODATA_value -9999\n"
    file.write_text(head + "\n".join([" ".join(across)] * ROWS))
    monkeypatch.setattr(settings(), "heights", file)
    return file


def seen(db: Session, place: str, limit: float | None = None) -> tuple[bool | None, str]:
    """What the rule of visibility says of a place."""
    told = overlay(db, place, DAY, visible_m=limit).hits
    return next((hit.hit, hit.words) for hit in told if hit.rule.test == "visible")


def test_a_site_in_open_view_of_the_road_is_a_question_for_a_person(road: Session, hills: Path):
    hit, words = seen(road, BEFORE)
    assert hit is True
    assert "距八二省道 196 米，在 1000 米内，按地形，沿线 " in words and words.endswith("需人工核")
    assert overlay(road, BEFORE, DAY).outcome == "需人工核"


def test_a_site_behind_the_hills_is_not_seen_from_the_road(road: Session, hills: Path):
    assert seen(road, BEHIND) == (False, "距八二省道 685 米，在 1000 米内，按地形，沿线都看不到")


def test_an_area_is_seen_when_one_of_its_corners_is(road: Session, hills: Path):
    both_sides = "POLYGON((121.017 28.614, 121.024 28.614, 121.024 28.616, 121.017 28.616, 121.017 28.614))"
    assert seen(road, both_sides)[0] is True


def test_nobody_asks_for_sight_farther_than_the_rule(road: Session, hills: Path):
    assert seen(road, BEFORE, limit=150) == (False, "距八二省道 196 米")


def test_without_heights_or_beyond_their_edge_nothing_is_claimed(road: Session, hills: Path, monkeypatch):
    hills.write_text(hills.read_text().replace(f"xllcorner {WEST}", "xllcorner 121.5"))
    assert seen(road, BEHIND)[0] is None and "没有覆盖这里" in seen(road, BEHIND)[1]
    monkeypatch.setattr(settings(), "heights", None)
    assert seen(road, BEHIND)[0] is None and "没有地形数据" in seen(road, BEHIND)[1]
