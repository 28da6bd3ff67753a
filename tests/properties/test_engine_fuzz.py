"""The address engine against any text at all: it answers, and never with more than the register holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.address.answering.engine import Geocoder
from tests import small_register

PIECES = [
    "浙江省", "台州市", "黄岩区", "路桥区", "南城街道", "横街路", "人民路", "劳动北路", "梅开苑", "上洋头", "老街", "118", "117",
    "号", "弄", "400", "10", "一百一十八", "幢", "单元", "室", "-", "－", "之", "附", "近", "(", ")", " ", "，", "路", "街", "1",
    "恒街", "甲", "a", "楼上", "\x00", "🙂", "號", "１", "零", "万", "号楼", "与", "交叉口", "东侧", "200米",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    return small_register.build(tmp_path_factory.mktemp("fuzz") / "small.index")


@settings(max_examples=600, deadline=None)
@given(text=TEXTS)
def test_any_text_is_answered_and_only_with_what_is_registered(engine, text):
    answer = engine.geocode(text)
    assert answer.text == text and 0.0 <= answer.confidence <= 1.0
    assert (answer.status == "none") == (not answer.candidates)
    codes = {row.code for row in small_register.doors()}
    for candidate in answer.candidates:
        assert candidate.level != "door" or candidate.code in codes
    assert all(step.reason for step in answer.corrections)


@settings(max_examples=200, deadline=None)
@given(number=st.integers(1, 99_999))
def test_a_number_is_a_door_exactly_when_it_is_registered(engine, number):
    found = engine.geocode(f"黄岩区南城街道横街路{number}号").best
    listed = str(number) in small_register.NUMBERS["R1"]
    assert found is not None and (found.level == "door") == listed
    assert not listed or found.code == f"R1-{number}"


@settings(max_examples=200, deadline=None)
@given(typed=TEXTS)
def test_any_text_may_be_typed(engine, typed):
    assert len(engine.suggest(typed, 5)) <= 5


@settings(max_examples=200, deadline=None)
@given(lon=st.floats(allow_nan=True), lat=st.floats(allow_nan=True))
def test_any_point_may_be_asked(engine, lon, lat):
    found = engine.reverse(lon, lat)
    assert found is None or found.distance_m <= 2000
