import pytest

from gazetteer.naming.name import number, take_apart
from tests.naming import answer, ask, grades, outcome, text


@pytest.mark.parametrize(
    ("name", "category", "feature"),
    [
        ("永宁路", "E", ""),
        ("高桥路", "E", ""),
        ("公园路", "E", ""),
        ("横街", "E", ""),
        ("永宁路一巷", "E", "lane"),
        ("梅开苑", "F", "estate"),
        ("市民中心", "F", ""),
        ("永宁江", "A", "water"),
        ("茅畲乡", "B", "township"),
        ("周口店", "C", "natvil"),
        ("上垟", "C", "natvil"),
    ],
)
def test_a_specific_and_a_generic_term_pass_n01(name: str, category: str, feature: str) -> None:
    assert outcome("N01", ask(name, category, feature=feature)) == "passed"


@pytest.mark.parametrize(
    ("name", "category", "said"),
    [
        ("永宁", "E", "末尾没有"),
        ("路", "E", "只有通名"),
        ("大道", "E", "只有通名"),
        ("花园", "F", "只有通名"),
        ("", "E", "没有填写名称"),
        ("永宁花园广场", "F", "叠用"),
        ("花园小区", "F", "叠用"),
        ("永宁大厦公寓", "F", "叠用"),
        ("学院街路", "E", "叠用"),
    ],
)
def test_a_missing_bare_or_doubled_generic_term_is_refused_by_n01(
    name: str, category: str, said: str
) -> None:
    result = answer("N01", ask(name, category))
    assert [found.severity for found in result.findings] == ["block"]
    assert said in result.findings[0].evidence


def test_the_remedy_for_a_doubled_generic_term_is_the_name_with_one() -> None:
    assert "永宁广场" in text("N01", ask("永宁花园广场", "F"))


def test_a_category_without_generic_terms_is_not_judged_by_n01() -> None:
    assert outcome("N01", ask("任意", "H")) == "not_applicable"


@pytest.mark.parametrize("name", ["永宁路", "畲家弄", "二马路", "东昇路"])
def test_standard_characters_pass_n03(name: str) -> None:
    assert outcome("N03", ask(name)) == "passed"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("永寧路", "永宁路"),
        ("A区路", "拉丁字母"),
        ("2号路", "数字"),
        ("②号路", "数字"),
        ("滨江·壹号苑", "间隔号"),
        ("永宁-东路", "间隔号"),
        ("永宁 路", "空格"),
        ("永宁☆路", "符号“☆”"),
        ("永宁\ud800路", "U+D800"),
    ],
)
def test_other_signs_are_refused_by_n03_with_the_standard_form(name: str, said: str) -> None:
    assert "block" in grades("N03", ask(name))
    assert said in text("N03", ask(name))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("永宁路", []),
        ("九峰公园北路", []),
        ("院桥新前街道北路", ["inform"]),
        ("院桥镇新前街道永宁北路", ["warn"]),
        ("路", ["warn"]),
    ],
)
def test_n15_wants_two_to_six_characters_and_at_most_eight(name: str, expected: list[str]) -> None:
    assert grades("N15", ask(name)) == expected


def test_a_length_limit_that_is_a_guess_says_so() -> None:
    assert "猜测" in answer("N15", ask("路")).findings[0].source


@pytest.mark.parametrize(
    ("name", "specific", "stem", "direction", "ordinal", "generic"),
    [
        ("永宁东路", "永宁东", "永宁", "东", None, "路"),
        ("永宁路一巷", "永宁路一", "永宁路", "", 1, "巷"),
        ("永宁一支路", "永宁一", "永宁", "", 1, "支路"),
        ("广东路", "广东", "广东", "", None, "路"),
        ("统一路", "统一", "统一", "", None, "路"),
        ("五一路", "五一", "五一", "", None, "路"),
        ("经五路", "经五", "经", "", 5, "路"),
        ("第十二大街", "第十二", "", "", 12, "大街"),
    ],
)
def test_a_name_is_taken_apart(
    name: str, specific: str, stem: str, direction: str, ordinal: int | None, generic: str
) -> None:
    parts = take_apart(name, "E")
    got = (parts.specific, parts.stem, parts.direction, parts.ordinal, parts.generic)
    assert got == (specific, stem, direction, ordinal, generic)


@pytest.mark.parametrize(
    ("text_", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("一百零二", 102),
        ("二百三十四", 234),
        ("12", 12),
        ("五一", None),
        ("八八", None),
        ("百", None),
    ],
)
def test_only_well_formed_numerals_are_ordinals(text_: str, value: int | None) -> None:
    assert number(text_) == value
