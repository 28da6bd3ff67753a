import pytest

from gazetteer.naming.company import trade_name
from gazetteer.naming.memory import MemoryRegister, base_divisions
from tests.naming import answer, ask, grades, outcome, text


@pytest.mark.parametrize("name", ["永宁路", "畲家弄", "上垟路"])
def test_characters_of_the_table_pass_n02(name: str) -> None:
    assert outcome("N02", ask(name)) == "passed"


def test_a_character_outside_the_table_is_refused_by_n02() -> None:
    assert grades("N02", ask("龘龘路")) == ["block"]


def test_a_written_reason_lets_a_historic_character_pass_as_a_notice() -> None:
    assert grades("N02", ask("龘龘路", reasons={"N02": "清代方志所载历史地名"})) == ["inform"]


def test_a_rare_character_asks_for_a_reason_and_is_content_with_one() -> None:
    bare = answer("N02", ask("峧里路"))
    assert [found.severity for found in bare.findings] == ["warn"]
    assert bare.stops
    assert not answer("N02", ask("峧里路", reasons={"N02": "沿用自然村名"})).stops


@pytest.mark.parametrize(
    ("name", "expected"),
    [("泽东路", ["warn"]), ("毛泽东大道", ["block"]), ("小平路", ["warn"]), ("太平路", []), ("小平山路", [])],
)
def test_leaders_names_are_refused_by_n07(name: str, expected: list[str]) -> None:
    assert grades("N07", ask(name)) == expected


def test_historic_and_fictional_persons_ask_for_a_reason_by_n08() -> None:
    assert "历史人物" in text("N08", ask("戚继光路"))
    assert "虚构人物" in text("N08", ask("孙悟空公园", "D"))
    assert outcome("N08", ask("永宁路")) == "passed"


def test_a_donors_name_is_found_by_n08_and_a_written_reason_answers_it() -> None:
    proposal = ask("王小明路", persons=("王小明",))
    assert "与申请有关的人员" in text("N08", proposal)
    assert answer("N08", proposal).stops
    assert not answer("N08", ask("王小明路", persons=("王小明",), reasons={"N08": "纪念同名先贤"})).stops


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("威尼斯花园", ["block"]),
        ("罗马花园", ["block"]),
        ("骆马湖花园", []),
        ("维菲斯亚苑", ["warn"]),
        ("永宁花园", []),
        ("克拉玛依苑", []),
    ],
)
def test_foreign_names_are_refused_and_likely_transliterations_warned_of_by_n09(
    name: str, expected: list[str]
) -> None:
    assert grades("N09", ask(name, "F")) == expected


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        ("台州市绿城房地产开发有限公司", "绿城"),
        ("浙江海润置业有限公司", "海润"),
        ("台州市黄岩区橘城建设投资集团有限公司", "橘城"),
        ("海润（台州）置业有限公司", "海润"),
        ("黄岩海润房产有限公司", "海润"),
        ("黄岩区民政局", ""),
        ("", ""),
    ],
)
def test_the_trade_name_of_a_company_is_found(company: str, expected: str) -> None:
    assert trade_name(company, ["浙江省", "浙江", "台州市", "台州", "黄岩区", "黄岩"]) == expected


def test_the_applicants_own_trade_name_is_refused_by_n10() -> None:
    register = MemoryRegister(divisions=base_divisions("331003"))
    proposal = ask("海润花园", "F", applicant="台州海润置业有限公司")
    assert grades("N10", proposal, register) == ["block"]
    assert "字号" in text("N10", proposal, register)
    assert outcome("N10", ask("海润花园", "F", applicant="台州宏图置业有限公司"), register) == "passed"


def test_a_company_named_after_its_district_does_not_own_the_districts_name() -> None:
    register = MemoryRegister(divisions=base_divisions("331003"))
    assert outcome("N10", ask("黄岩花园", "F", applicant="台州市黄岩房地产有限公司"), register) == "passed"


def test_a_brand_is_refused_by_n10_unless_no_tie_is_stated_in_writing() -> None:
    assert grades("N10", ask("万达广场", "F")) == ["block"]
    assert grades("N10", ask("万达广场", "F", reasons={"N10": "取万事通达之意，与企业无特定联系"})) == [
        "inform"
    ]


@pytest.mark.parametrize(("name", "count"), [("环球中心", 1), ("世界中央广场", 2), ("永宁中心", 0)])
def test_boasting_words_ask_for_a_reason_by_n11(name: str, count: int) -> None:
    assert grades("N11", ask(name, "F")) == ["warn"] * count


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("一二三路", "全是数字"),
        ("八八路", "全是数字"),
        ("永宁2路", "混用"),
        ("帝豪苑", "封建"),
        ("皇冠花园", "封建"),
        ("御溪苑", "封建"),
        ("司旺路", "死亡"),
        ("芬墓路", "坟墓"),
    ],
)
def test_numbers_titles_and_offending_sounds_ask_for_a_reason_by_n12(name: str, said: str) -> None:
    category = "E" if name.endswith("路") else "F"
    assert set(grades("N12", ask(name, category))) == {"warn"}
    assert said in text("N12", ask(name, category))


@pytest.mark.parametrize("name", ["五一路", "十二路", "永宁路", "八一路"])
def test_commemorative_dates_and_ordinals_are_no_numbers_for_n12(name: str) -> None:
    assert outcome("N12", ask(name)) == "passed"
