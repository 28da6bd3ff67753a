"""Answers that look right and are not: what must not be composed, applied or left unsaid."""

from __future__ import annotations

import pytest

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import build_index
from gazetteer.address.model import Answer, DivisionRow, DoorRow
from tests import small_register

FAR = [
    DivisionRow("330300000000", "温州市", 2, small_register.PROVINCE),
    DivisionRow("330302000000", "鹿城区", 3, "330300000000"),
    DivisionRow("340000000000", "安徽省", 1, ""),
    DivisionRow("340100000000", "合肥市", 2, "340000000000"),
    DivisionRow("340104000000", "蜀山区", 3, "340100000000"),
    DivisionRow(small_register.SOUTH_TOWN[:9] + "299", "五村村", 5, small_register.SOUTH_TOWN),
]
HOMES = [
    DoorRow(
        "E1-66-2-301",
        "E1",
        "梅开苑",
        "66幢2单元301室",
        small_register.SOUTH_TOWN,
        121.261,
        28.6312,
        estate="梅开苑",
    ),
    DoorRow(
        "P2",
        "R2",
        "劳动北路",
        "300",
        small_register.NORTH_TOWN,
        121.2746,
        28.670,
        name="黄岩区南城街道中心小学",
    ),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    path = tmp_path_factory.mktemp("honest") / "small.index"
    build_index(
        path, [*small_register.DIVISIONS, *FAR], small_register.HANDLES, [*small_register.doors(), *HOMES],
        small_register.ALIASES, meta={},
    )  # fmt: skip
    return Geocoder.open(path)


def reasons(answer: Answer) -> str:
    return "；".join(step.reason for step in answer.corrections)


def standard(engine: Geocoder, text: str) -> str:
    best = engine.geocode(text).best
    assert best is not None
    return best.standard_address


@pytest.mark.parametrize(
    "text",
    [
        "梅开苑66幢2单元301 张三收",
        "梅开苑66幢2单元301室，电话13800138000",
        "梅开苑66-2-301",
        "梅开苑66幢2单元301室",
    ],
)
def test_a_registered_home_is_not_put_behind_itself_again(engine, text):
    assert standard(engine, text).endswith("梅开苑66幢2单元301室")
    assert standard(engine, text).count("301") == 1


@pytest.mark.parametrize("text", ["横街路118号1701-1703", "横街路118号1701-1703室"])
def test_rooms_of_one_floor_are_a_range_and_not_a_building(engine, text):
    assert standard(engine, text).endswith("横街路118号1701-1703室")


def test_a_building_and_a_room_stay_building_and_room(engine):
    assert standard(engine, "横街路118号1-301").endswith("横街路118号1幢301室")


def test_an_unknown_mark_behind_the_number_is_kept_as_written(engine):
    assert standard(engine, "横街路118号23B10").endswith("横街路118号23B10")


def test_a_part_of_a_floor_stays_behind_its_floor(engine):
    assert standard(engine, "横街路118号24楼E座").endswith("横街路118号24层E座")


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("横街路118号、120号", "120号"),
        ("横街路118号和劳动北路120号", "劳动北路120号"),
        ("横街路118号2号楼3层 /劳动北路120号2号楼13层", "劳动北路120号"),
    ],
)
def test_two_addresses_are_answered_with_the_first_and_never_composed(engine, text, second):
    answer = engine.geocode(text)
    assert answer.status == "review"
    assert answer.best is not None and answer.best.code == "R1-118"
    assert "120" not in answer.best.standard_address and "13层" not in answer.best.standard_address
    assert f"另有“{second}”" in reasons(answer)


@pytest.mark.parametrize("words", ["后面弄堂里", "北侧", "对面", "隔壁", "往里走"])
def test_a_place_beside_a_door_is_said_and_left_to_a_person(engine, words):
    answer = engine.geocode("横街路118号" + words)
    assert answer.status == "review"
    assert "可能是另一个门牌" in reasons(answer)


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("黄岩区", "county", small_register.WEST),
        ("黄岩区南城", "town", small_register.SOUTH_TOWN),
        ("台州市黄岩区 南城街道", "town", small_register.SOUTH_TOWN),
    ],
)
def test_a_text_of_divisions_means_the_division_and_no_unit_named_after_it(engine, text, level, code):
    best = engine.geocode(text).best
    assert best is not None
    assert (best.level, best.code) == (level, code)


@pytest.mark.parametrize("before", ["温州市鹿城区", "鹿城区", "合肥市", "安徽省", "温州"])
def test_another_city_is_never_applied_and_makes_the_answer_unlikely(engine, before):
    answer = engine.geocode(before + "横街路118号")
    assert answer.status == "review"
    assert answer.confidence < 0.5


def test_another_county_of_the_city_is_a_doubt_that_names_only_what_differs(engine):
    answer = engine.geocode("台州市路桥区横街路118号")
    assert answer.status == "review"
    assert "所写“路桥区”与登记不符，登记在“黄岩区”" in reasons(answer)


@pytest.mark.parametrize("text", ["横街路118号鹿城区中心医院", "中国安徽合肥蜀山区区人民医院(北院)"])
def test_divisions_count_wherever_they_stand(engine, text):
    assert engine.geocode(text).status != "auto"


def test_a_part_of_a_name_is_a_hint_and_the_whole_name_an_answer(engine):
    assert engine.geocode("南城街道中心小").status == "review"
    assert engine.geocode("黄岩区南城街道中心小学").status == "auto"


@pytest.mark.parametrize("text", ["横街路一百一十八", "黄岩区横街路一一八"])
def test_numerals_behind_a_registered_road_are_its_number(engine, text):
    best = engine.geocode(text).best
    assert best is not None and best.code == "R1-118"


def test_a_road_named_with_numerals_keeps_its_name(engine):
    assert standard(engine, "五一路").endswith("五一路")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hengjielu", "R1"),
        ("hengjielu118", "R1-118"),
        ("heng jie lu 118 hao", "R1-118"),
        ("No.118 Hengjie Rd, Huangyan District", "R1-118"),
    ],
)
def test_a_road_in_pinyin_is_found(engine, text, code):
    best = engine.geocode(text).best
    assert best is not None and best.code == code


def test_two_roads_read_alike_are_left_to_a_person(engine):
    assert engine.geocode("renminlu 5").status == "review"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("解放路7号", "“解放路”已更名为“新华路”"),
        ("老街118号", "“老街”是俗称，登记名称为“横街路”"),
        ("梅园新天地66幢", "“梅园新天地”是推广名，登记名称为“梅开苑”"),
        ("黄岩市横街路118号", "“黄岩市”已撤市设区，现为“黄岩区”"),
        ("横街路118号 张三收", "删去不属于地址的人名或单位名"),
        ("横街路118号，电话13800138000", "删去电话或证件号码"),
        ("黄岩区南城街道测试路12号", "登记中没有“测试路”，只能定位到南城街道"),
        ("hengjielu118", "读作“横街路”"),
    ],
)
def test_each_change_is_said_as_what_it_is(engine, text, reason):
    assert reason in reasons(engine.geocode(text))


def test_a_number_beyond_the_last_is_told_the_last(engine):
    best = engine.geocode("横街路9000号").best
    assert best is not None
    assert "该路登记的最大号是" in best.note


def test_roads_that_do_not_meet_are_answered_with_both_roads(engine):
    answer = engine.geocode("横街路与劳动北路交叉口")
    assert answer.status == "review"
    assert [c.code for c in answer.candidates] == ["R1", "R2"]
    assert "登记中这两条路不相交" in reasons(answer)


@pytest.mark.parametrize("text", [
    "浙江省温州市鹿城区恒街路118号", "安徽省合肥市蜀山区望江西路99号", "安徽省合肥市蜀山区延吉五村44号",
])  # fmt: skip
def test_an_address_of_another_city_is_not_searched_for_misspelt_names(engine, text):
    answer = engine.geocode(text)
    assert answer.status != "auto"
    assert answer.best is None or answer.best.level == "county"


@pytest.mark.parametrize(
    "text",
    [
        "收件人:张三 13800138000 黄岩区南城街道横街路118号",
        "横街路118号李四身份证331003199001010017",
        "横街路118号(微信号abc123456)",
        "13800138000横街路118号13800138000张三收",
    ],
)
def test_no_reason_quotes_a_telephone_number_or_a_recipient(engine, text):
    answer = engine.geocode(text)
    assert answer.best is not None and answer.best.code == "R1-118"
    quoted = "".join(s.before + s.after + s.reason for s in answer.corrections)
    assert not any(part in quoted for part in ("138001", "张三", "李四", "331003", "abc123"))


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        ("横街路118号往东50米", "relative", "正东50米"),
        ("人民路与没有的路交叉口东南方向194米", "road", "登记中没有“没有的路”，只能定位到“人民路”"),
        ("横街路没有村路段", "road", "登记中没有“没有村”，只能定位到“横街路”"),
        ("区人民医院(北院)西侧", "relative", "西侧"),
    ],
)
def test_places_beside_others_say_from_what_they_were_reckoned(engine, text, level, said):
    answer = engine.geocode(text)
    assert answer.best is not None and answer.best.level == level
    assert answer.status == "review" and said in reasons(answer)


def test_the_name_of_a_whole_ground_is_no_single_door(tmp_path):
    zone = DoorRow(
        "Z1", "R2", "劳动北路", "400", small_register.NORTH_TOWN, 121.28, 28.67, name="黄岩经济开发区"
    )
    rows = [*small_register.doors(), zone]
    build_index(tmp_path / "z.index", small_register.DIVISIONS, small_register.HANDLES, rows)
    answer = Geocoder.open(tmp_path / "z.index").geocode("黄岩经济开发区")
    assert answer.best is not None and (answer.best.level, answer.status) == ("estate", "review")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("台州黄岩南城横街路118号", "“台州黄岩南城”补全为“台州市黄岩区南城街道”"),
        ("南城街道118号横街路", "号码写在路名之前"),
        ("横街路118号黄岩区南城街道", "区划写在后面"),
        ("黄岩区横街路118号", "“黄岩区”后补上“南城街道”"),
        ("横街路118号2楼", "“2楼”写作“2层”"),
        ("横街路横街路118号", "重复，只写一次"),
        ("黄岩区-南城街道-横街路-118号", "删去分隔符号“-”"),
    ],
)
def test_every_word_that_changed_has_its_sentence(engine, text, reason):
    assert reason in reasons(engine.geocode(text))
