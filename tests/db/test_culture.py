"""Heritage, stories and planned names."""

from __future__ import annotations

import pytest
from shapely import LineString
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.culture import heritage, planned, stories
from gazetteer.register import desk
from gazetteer.register.models import Division, Place
from geo.problems import BadInput, Conflict
from geo.store.engine import act


@pytest.fixture
def village(db: Session) -> str:
    act(db, actor="zhang", action="set-up")
    db.add(Division(code="331003000000", level=3, name="黄岩区"))
    db.flush()
    place = Place(category="C", standard_name="乌岩头", division="331003000000")
    db.add(place)
    db.flush()
    return place.code


def test_a_listed_name_says_so_in_the_register_where_check_n20_looks(db: Session, village: str) -> None:
    heritage.add(db, "place", village, "千年古村落", "省级", evidence="示例：宋代方志", since_year=1000)
    assert db.scalar(text("SELECT heritage FROM register.place")) == "省级千年古村落"
    [entry] = heritage.protected(db)
    assert entry.age(2026) == 1026


def test_a_thousand_years_want_evidence_and_an_age(db: Session, village: str) -> None:
    with pytest.raises(BadInput, match="一千年"):
        heritage.add(db, "place", village, "千年古镇", "省级", evidence="示例", since_year=1700)
    with pytest.raises(BadInput, match="依据"):
        heritage.add(db, "place", village, "地方传统地名", "县级", evidence=" ")


def test_a_story_is_a_draft_until_somebody_makes_it_public(db: Session, village: str) -> None:
    number = stories.write(db, "place", village, "岩头的来历", "第一段。\n第二段。", teller="示例")
    assert stories.of(db, village, public=True) == []
    stories.publish(db, number, "公开", version=1)
    [story] = stories.of(db, village, public=True)
    assert story.paragraphs == ["第一段。", "第二段。"]
    with pytest.raises(Conflict):
        stories.publish(db, number, "撤下", version=1)


def test_planned_names_are_a_layer_and_can_be_taken_off(db: Session, village: str) -> None:
    code = planned.add(
        db, "橘源路", "E", "示例方案", geometry=LineString([(121.2, 28.6), (121.3, 28.6)]), made_up=True
    )
    assert [row.name for row in planned.listed(db, "橘")] == ["橘源路"]
    with pytest.raises(BadInput):
        planned.add(db, " ", "E", "示例方案")
    planned.retire(db, code)
    assert planned.listed(db) == []


def test_the_past_of_a_record_is_told_in_words(db: Session, village: str) -> None:
    act(db, actor="li", action="place.correct")
    desk.correct(db, "place", village, {"meaning": "黑色的岩石"}, version=1)
    last = desk.past(db, "place", village)[-1]
    assert (last.label, last.actor, last.note) == ("更正", "li", "含义：黑色的岩石")
    with pytest.raises(Conflict, match="被别人修改"):
        desk.correct(db, "place", village, {"meaning": "旧"}, version=1)
    with pytest.raises(BadInput, match="这里不能改"):
        desk.correct(db, "place", village, {"standard_name": "新"}, version=2)
