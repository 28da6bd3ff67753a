"""Headings as bureaus, census forms and map tools write them are recognised; what is not clear is asked."""

from __future__ import annotations

import pytest

from geo.files import guess_columns
from geo.problems import BadInput

# headings of one kind of list -> the fields that must be found in it
LISTS = {
    "门牌普查表": (
        ["序号", "县（市、区）", "乡（镇、街道）", "村（居）", "路（街、巷）", "门牌号码", "户名", "经度", "纬度"],
        {"county": "县（市、区）", "town": "乡（镇、街道）", "community": "村（居）", "road": "路（街、巷）",
         "number": "门牌号码", "lon": "经度", "lat": "纬度"},
    ),
    "助餐点名单": (
        ["助餐点名称", "所属街道", "详细地址", "联系电话", "供餐时间", "餐位数", "经度(GCJ02)", "纬度(GCJ02)"],
        {"name": "助餐点名称", "town": "所属街道", "address": "详细地址", "phone": "联系电话", "hours": "供餐时间",
         "capacity": "餐位数", "lon": "经度(GCJ02)", "lat": "纬度(GCJ02)"},
    ),
    "地名库导出": (
        ["标准名称", "罗马字母拼写", "地名类别", "所在区县", "地名含义", "历史沿革", "设立年份", "废止年份"],
        {"name": "标准名称", "romanisation": "罗马字母拼写", "category": "地名类别", "county": "所在区县",
         "meaning": "地名含义", "history": "历史沿革", "valid_from": "设立年份", "valid_to": "废止年份"},
    ),
    "道路清单": (
        ["道路名称", "道路等级", "路宽（米）", "长度(m)", "起点", "终点"],
        {"road": "道路名称", "road_class": "道路等级", "width_m": "路宽（米）", "length_m": "长度(m)", "start": "起点",
         "end": "终点"},
    ),
    "界桩成果表": (
        ["界桩编号", "界桩材质", "高程(m)", "X坐标（北）", "Y坐标（东）"],
        {"marker_no": "界桩编号", "material": "界桩材质", "elevation_m": "高程(m)", "x_north": "X坐标（北）",
         "y_east": "Y坐标（东）"},
    ),
    "网页导出": (
        ["id", "Name", "LNG", "LAT", "full_address"],
        {"code": "id", "name": "Name", "lon": "LNG", "lat": "LAT", "address": "full_address"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("title", LISTS)
def test_a_bureaus_headings_are_recognised(title: str) -> None:
    headers, wanted = LISTS[title]
    assert guess_columns(headers, wanted).mapping == wanted


def test_two_rows_of_headings_are_known_by_the_lower_one() -> None:
    headers = ["基本信息/名称", "基本信息/地址", "坐标/经度", "坐标/纬度"]
    assert guess_columns(headers, ["name", "lon", "lat"]).mapping == {
        "name": "基本信息/名称", "lon": "坐标/经度", "lat": "坐标/纬度",
    }  # fmt: skip


@pytest.mark.parametrize(
    "header", ["　经 度 ", "经度：", "*经度", "“经度”", "经度(必填)", "LON", "Ｌｎｇ", "经度\n（十进制）"]
)
def test_blanks_marks_case_and_width_make_no_difference(header: str) -> None:
    assert guess_columns([header], ["lon"]).mapping == {"lon": header}


def test_an_exact_heading_goes_before_one_with_a_remark() -> None:
    assert guess_columns(["名称(旧)", "名称"], ["name"]).mapping == {"name": "名称"}


def test_one_heading_serves_one_field_and_the_earlier_field_claims_it() -> None:
    mapping = guess_columns(["地址"], {"address": (), "location": ("地址",)}).mapping
    assert mapping == {"address": "地址"}


def test_what_the_user_says_goes_before_every_guess() -> None:
    guess = guess_columns(["经度", "x84"], ["lon"], given={"lon": "x84"})
    assert guess.mapping == {"lon": "x84"}


def test_used_unused_and_missing_columns_are_told() -> None:
    guess = guess_columns(["名称", "颜色"], ["name", "lon"], required=["lon"])
    told = {finding.code: finding for finding in guess.findings}
    assert "name←名称" in told["columns.found"].evidence
    assert "颜色" in told["columns.unused"].evidence
    assert told["columns.missing"].severity == "block"
    assert "--map lon=" in told["columns.missing"].remedy


@pytest.mark.parametrize(("given", "word"), [({"lon": "没有"}, "没有"), ({"colour": "名称"}, "colour")])
def test_a_mapping_to_nothing_is_refused_and_lists_what_there_is(given: dict[str, str], word: str) -> None:
    with pytest.raises(BadInput, match=word) as refusal:
        guess_columns(["名称"], ["name", "lon"], given=given)
    assert "名称" in refusal.value.remedy or "name" in refusal.value.remedy
