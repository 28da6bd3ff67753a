"""Names that many towns share: the number found in one of them does not tell for certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import build_index
from gazetteer.address.model import Answer, DoorRow, HandleRow
from gazetteer.sample.counties import several
from tests import small_register

FAR_ROADS = [HandleRow(f"Z{n}", "road", "振兴路", town, None, None) for n, town in enumerate(
    (small_register.SOUTH_TOWN, small_register.NORTH_TOWN, small_register.EAST_TOWN))]  # fmt: skip


def along(handle: str, town: str, numbers: range, lon: float) -> list[DoorRow]:
    """Doors of 振兴路 in one town, four metres a number."""
    return [DoorRow(f"{handle}-{n}", handle, "振兴路", str(n), town, lon + n * 4e-5, 28.6) for n in numbers]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    """振兴路 in three towns: 1 to 40 but 12 in the first, 1 to 20 in the second; the third begins where the first ends."""
    path = tmp_path_factory.mktemp("namesakes") / "small.index"
    doors = [d for d in along("Z0", small_register.SOUTH_TOWN, range(1, 41), 121.20) if d.number != "12"]
    doors += along("Z1", small_register.NORTH_TOWN, range(1, 21), 121.30)
    doors += along("Z2", small_register.EAST_TOWN, range(41, 61), 121.20)
    build_index(path, small_register.DIVISIONS, FAR_ROADS, doors, meta={})
    return Geocoder.open(path)


def reasons(answer: Answer) -> str:
    return "；".join(step.reason for step in answer.corrections)


def test_a_number_that_may_be_missing_elsewhere_is_left_to_a_person(engine: Geocoder) -> None:
    answer = engine.geocode("振兴路12号")
    assert answer.best is not None and answer.best.code == "Z1-12"
    assert answer.status == "review" and "“振兴路”不止一处，黄岩区南城街道" in reasons(answer)
    assert "Z0" in [c.code for c in answer.candidates]


def test_with_its_town_it_is_applied(engine: Geocoder) -> None:
    assert engine.geocode("北城街道振兴路12号").status == "auto"


def test_one_road_through_two_towns_is_no_namesake_of_itself(engine: Geocoder) -> None:
    answer = engine.geocode("黄岩区振兴路38号")
    assert answer.best is not None and answer.best.code == "Z0-38"
    assert "不止一处" not in reasons(answer)


def test_short_divisions_that_lie_in_each_other_are_divisions(engine: Geocoder) -> None:
    answer = engine.geocode("台州黄岩南城振兴路12号")
    assert answer.status == "review"
    assert answer.best is None or answer.best.code != "Z1-12" or "登记在" in reasons(answer)


def test_made_counties_share_names_of_roads_and_no_code() -> None:
    rows = several(400, 5, ("331003", "331002"))
    codes = [d.code for d in rows.doors]
    assert len(codes) == len(set(codes)) and {c[:6] for c in codes} == {"331003", "331002"}
    towns = {r.division[:9] for r in rows.handles if r.name == "振兴路"}
    assert len(towns) > 1
    known = {d.code for d in rows.divisions}
    assert {d.division for d in rows.doors} <= known and {h.division for h in rows.handles} <= known


@pytest.mark.parametrize("text", ["振兴路12", "振兴路12号旁边", "收件人振兴路12号"])
def test_however_it_is_written_it_is_never_applied_by_itself(
    engine: Geocoder, text: str, tmp_path: Path
) -> None:
    assert engine.geocode(text).status != "auto"
