"""The strip picture of a road says what is wrong where, in shape and words, and covers no number with another."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from sqlalchemy.orm import Session

from gazetteer.diagnosis.strip import Mark, strip
from gazetteer.numbering import claims
from gazetteer.numbering.ground import load
from tests import street


@pytest.fixture
def road(db: Session) -> str:
    return street.lay_out(db)


def said(picture: str) -> list[str]:
    return [str(one.text) for one in ElementTree.fromstring(picture).iter() if one.tag.endswith("text")]


def test_every_kind_of_place_has_its_shape_and_only_faults_have_words(db: Session, road: str) -> None:
    good, wrong = street.door(db, road, "2", "f"), street.door(db, road, "7", "e")
    bare = street.door(db, road, "8", "c")
    claims.reserve_all(db, road, [claims.Spare(10, "空地", -1, 90)], actor="test")
    ground = load(db, road)
    picture = strip(ground, Mark({wrong: ["D3", "D7"], bare: ["D7"]}, [(4, "4至6号")]), wrong)
    words = said(picture)
    assert "7 错边" in words and "缺4至6号" in words and {"2", "8", "10"} <= set(words)
    assert "未挂牌" not in " ".join(words), "a door that waits for its plate is no fault of anybody"
    assert len(re.findall(r"rotate\(45", picture)) == 1 and picture.count("stroke-dasharray") == 1
    assert good and picture.count('r="10"') == 1


def test_doors_at_one_place_are_told_once(db: Session, road: str) -> None:
    for sub in ("", "1", "2", "3", "4", "5"):
        street.door(db, road, "2", "f", sub)
    words = said(strip(load(db, road), Mark({})))
    assert [w for w in words if w.startswith("2") and not w.endswith("米")] == ["2", "2-1", "2-2"]
