"""Chinese numerals as they stand in house numbers."""

import pytest

from gazetteer.address.words.numerals import digits_in, to_digits


@pytest.mark.parametrize(
    ("numeral", "digits"),
    [
        ("一百二十八", "128"), ("三一六六", "3166"), ("二十", "20"), ("十二", "12"), ("一百零八", "108"), ("廿三", "23"),
        ("一千二", "1200"), ("两千零五", "2005"), ("二〇一", "201"), ("壹佰贰拾", "120"), ("128", "128"),
    ],
)  # fmt: skip
def test_a_numeral_is_read_by_place_value_or_digit_by_digit(numeral: str, digits: str) -> None:
    assert to_digits(numeral) == digits


@pytest.mark.parametrize("text", ["横街", "五一路", "12a", ""])
def test_what_is_not_a_numeral_stays_one_word(text: str) -> None:
    assert to_digits(text) is None


def test_numerals_inside_a_text_are_replaced_where_they_stand() -> None:
    assert digits_in("二单元三〇一") == "2单元301"
