"""Another name that is kept with an area counts only inside it."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import build_index
from gazetteer.address.model import AliasRow
from tests import small_register
from tests.small_register import NORTH_TOWN, SOUTH_TOWN

FIRST_DOORS = shapely.box(121.2595, 28.629, 121.2605, 28.631).wkb_hex
"""Around 2号, 6号 and 116号 of 横街路; 118号 and 120号 lie outside."""
NOWHERE_NEAR = shapely.box(100.0, 30.0, 100.1, 30.1).wkb_hex


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    path: Path = tmp_path_factory.mktemp("scope") / "scoped.index"
    aliases = [
        AliasRow("小南门", "road", "R1", "俗称", scope=FIRST_DOORS),
        AliasRow("北门直街", "road", "R2", "俗称"),
        AliasRow("柏树旧弄", "road", "R2", "俗称", scope=NOWHERE_NEAR),
        AliasRow("城关镇", "division", SOUTH_TOWN, "乡镇改街道", scope=FIRST_DOORS),
        AliasRow("城关镇", "division", NORTH_TOWN, "乡镇改街道"),
    ]
    build_index(path, small_register.DIVISIONS, small_register.HANDLES, small_register.doors(), aliases)
    return Geocoder.open(path)


def found(engine: Geocoder, text: str) -> tuple[str, str]:
    answer = engine.geocode(text)
    return (answer.status, answer.best.code) if answer.best else (answer.status, "")


def test_inside_its_area_an_alias_leads_to_the_door(engine: Geocoder) -> None:
    assert found(engine, "黄岩区小南门6号") == ("auto", "R1-6")
    assert found(engine, "黄岩区北门直街118号")[1] == "R2-118"


def test_outside_its_area_an_alias_does_not_count(engine: Geocoder) -> None:
    assert found(engine, "黄岩区小南门120号")[1] != "R1-120"
    assert found(engine, "黄岩区柏树旧弄118号")[1] != "R2-118"
    assert found(engine, "黄岩区柏树旧弄")[1] != "R2"


def test_a_town_named_by_an_alias_outside_its_area_is_a_doubt(engine: Geocoder) -> None:
    assert found(engine, "黄岩区城关镇横街路6号") == ("auto", "R1-6")
    assert found(engine, "黄岩区城关镇横街路120号") == ("review", "R1-120")
    assert found(engine, "黄岩区城关镇劳动北路118号") == ("auto", "R2-118")


def suggested(engine: Geocoder, typed: str) -> list[str]:
    return [one.code for one in engine.suggest(typed)]


@pytest.mark.parametrize("typed", ["小南门", "小南", "xiaonanmen", "xnm"])
def test_an_alias_is_completed_where_its_road_lies_in_its_area(engine: Geocoder, typed: str) -> None:
    assert suggested(engine, typed) == ["R1"]


@pytest.mark.parametrize("typed", ["柏树旧弄", "柏树", "baishujiulong", "bsjl"])
def test_an_alias_is_not_completed_where_its_road_lies_outside_its_area(engine: Geocoder, typed: str) -> None:
    assert "R2" not in suggested(engine, typed)
    assert suggested(engine, "北门直街") == ["R2"]


def test_doors_are_completed_by_an_alias_only_inside_its_area(engine: Geocoder) -> None:
    assert suggested(engine, "小南门6") == ["R1-6"]
    assert suggested(engine, "小南门120") == []
    assert suggested(engine, "横街路120") == ["R1-120"]
