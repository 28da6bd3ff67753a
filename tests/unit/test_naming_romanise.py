import pytest

from gazetteer.naming.reading import local_forms, read, sound_keys
from gazetteer.naming.romanise import romanise


@pytest.mark.parametrize(
    ("name", "category", "feature", "pinyin"),
    [
        ("永宁江", "A", "water", "Yǒngníng Jiāng"),
        ("横街", "E", "", "Héng Jiē"),
        ("景山后街", "E", "", "Jǐngshān Hòujiē"),
        ("朝阳门内大街", "E", "", "Cháoyángménnèi Dàjiē"),
        ("周口店", "C", "natvil", "Zhōukǒudiàn"),
        ("景德镇市", "B", "", "Jǐngdézhèn Shì"),
        ("张之洞路", "E", "", "Zhāngzhīdòng Lù"),
        ("五一广场", "D", "", "Wǔyī Guǎngchǎng"),
        ("二马路", "E", "", "2 Mǎlù"),
        ("永宁路一巷", "E", "", "Yǒngnínglù 1 Xiàng"),
        ("西安路", "E", "", "Xī'ān Lù"),
        ("永宁弄", "E", "", "Yǒngníng Lòng"),
        ("黄岩区", "B", "", "Huángyán Qū"),
        ("永宁东路", "E", "", "Yǒngníng Dōnglù"),
    ],
)
def test_names_are_written_by_the_rule_of_1984(name: str, category: str, feature: str, pinyin: str) -> None:
    assert romanise(name, category, feature).pinyin == pinyin


def test_two_fields_come_out_pinyin_with_tones_and_roman_capitals() -> None:
    said = romanise("计量大厦", "F", confirmed={"计量": ("jì", "liáng")})
    assert (said.roman, said.pinyin, said.plain) == ("JILIANGDASHA", "Jìliáng Dàshà", "Jiliang Dasha")
    assert said.settled


@pytest.mark.parametrize("name", ["重文路", "长兴路", "行政路", "堡里路", "大城路"])
def test_a_polyphone_is_never_accepted_without_a_person(name: str) -> None:
    said = romanise(name, "E")
    assert not said.settled
    doubt = said.doubts[0]
    assert doubt.kind == "读音"
    assert doubt.alternatives[0] == doubt.proposed
    assert len(doubt.alternatives) > 1


def test_a_confirmed_reading_settles_a_polyphone() -> None:
    said = romanise("重文路", "E", confirmed={"重文": ("chóng", "wén")})
    assert (said.pinyin, said.settled) == ("Chóngwén Lù", True)


@pytest.mark.parametrize(
    ("name", "category", "reading"),
    [("永宁弄", "E", "lòng"), ("永宁大厦", "F", "shà"), ("台州路", "E", "tāi")],
)
def test_generic_terms_and_settled_names_need_no_confirmation(name: str, category: str, reading: str) -> None:
    said = romanise(name, category)
    assert said.settled
    assert reading in said.pinyin.lower()


def test_rare_place_name_characters_have_their_local_reading() -> None:
    assert [one.reading for one in read("畲垟岙")] == ["shē", "yáng", "ào"]


def test_a_direction_word_is_to_be_confirmed_until_the_register_has_been_asked() -> None:
    assert [doubt.kind for doubt in romanise("永宁东路", "E").doubts] == ["分写"]
    assert romanise("永宁东路", "E", series=True).pinyin == "Yǒngníng Dōnglù"
    assert romanise("永宁东路", "E", series=False).pinyin == "Yǒngníngdōng Lù"
    assert romanise("永宁东路", "E", series=True).settled


def test_u_with_dots_is_kept() -> None:
    said = romanise("吕家路", "E", confirmed={"吕家": ("lǚ", "jiā")})
    assert (said.pinyin, said.plain, said.roman) == ("Lǚjiā Lù", "Lüjia Lu", "LÜJIALU")


def test_no_name_is_written_in_english() -> None:
    assert "Road" not in romanise("永宁路", "E").pinyin


def test_local_speech_merges_the_sounds_that_the_profile_names_both_ways() -> None:
    pairs = (("zh", "z"), ("ing", "in"))
    assert local_forms("zheng ning", pairs) == ("zheng ning", "zheng nin", "zeng ning", "zeng nin")
    assert "zheng" in local_forms("zeng", pairs)
    assert not set(sound_keys("正宁")) & set(sound_keys("增宁"))
