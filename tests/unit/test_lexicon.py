"""The lexicon keeps lines and takes them apart when a name is met: nothing of the base data is lost by it."""

from gazetteer import base
from gazetteer.address.words.lexicon import Entry, Lexicon, base_lexicon

DIGITS = {1: 2, 2: 4, 3: 6, 4: 9}


def test_every_division_is_found_by_its_full_and_by_its_short_name() -> None:
    lexicon = base_lexicon()
    for row in base.divisions():
        shared = row.code[: DIGITS[row.level]]
        assert Entry(row.level, shared, row.name, True) in lexicon.entries(row.name)
        if len(row.short) >= 2 and row.short != row.name:
            assert Entry(row.level, shared, row.name, False) in lexicon.entries(row.short)


def test_former_names_lead_to_the_division_of_today() -> None:
    (entry,) = [e for e in base_lexicon().entries("黄岩市") if e.code == "331003"]
    assert entry == Entry(3, "331003", "黄岩区", True, retired=True)
    assert any(e.retired and e.code.startswith("331003") for e in base_lexicon().entries("城关镇"))


def test_the_longest_name_comes_first_and_names_of_a_register_are_its_own() -> None:
    lexicon = Lexicon(base_lexicon())
    assert [end for end, _ in lexicon.divisions_at("浙江省台州市", 0)] == [3, 2]
    lexicon.add_names([("永宁江", "natvil"), ("永宁江堤", "road")])
    assert lexicon.name_at("永宁江堤5号", 0) == (4, "road")
    assert base_lexicon().name_at("永宁江堤5号", 0) is None
