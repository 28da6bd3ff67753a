"""Cleaning keeps the way back to every character."""

import pytest

from gazetteer.address.reading.personal import find_personal
from gazetteer.address.words.text import MAX_LENGTH, normalise


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("横街路１２８號", "横街路128号"),
        ("上海 市 静安区", "上海市静安区"),
        ("66 2 301", "66-2-301"),
        ("茅畬乡", "茅畲乡"),
        ("横街路😀128号\u202e", "横街路128号"),
        ("滨江·某苑", "滨江某苑"),
        ("横街路（东）", "横街路(东)"),
        ("五一路一百号", "五一路一百号"),
    ],
)
def test_width_script_spaces_and_marks_are_evened_out(text: str, clean: str) -> None:
    assert normalise(text).clean == clean


def test_offsets_lead_back_past_what_was_deleted() -> None:
    norm = normalise("横 街 路 128")
    assert norm.text[norm.start(1) : norm.end(3)] == "街 路"


def test_a_text_too_long_for_an_address_is_cut_and_says_so() -> None:
    norm = normalise("路" * 10_000)
    assert norm.cut and len(norm.clean) == MAX_LENGTH


@pytest.mark.parametrize(
    ("text", "kind"),
    [("横街路128号13800000000", "phone"), ("0576-84222222", "phone"), ("331003199001011234", "identity")],
)
def test_phone_and_identity_numbers_are_found(text: str, kind: str) -> None:
    assert [p.kind for p in find_personal(normalise(text).clean)] == [kind]


def test_a_recipient_beside_a_phone_number_is_found() -> None:
    assert [p.kind for p in find_personal(normalise("横街路128号 13800000000 张三收").clean)] == [
        "phone",
        "name",
    ]
