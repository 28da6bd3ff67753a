"""The nonstandard addresses that ship with the sample: what the text shows is found in every one."""

import pytest

from gazetteer.address.reading.parse import Parser
from gazetteer.sample.district import draw
from gazetteer.sample.nonstandard import nonstandard

BY_TEXT = [
    "A01",
    "A02",
    "A03",
    "A04",
    "A05",
    "A06",
    "A09",
    "A11",
    "A12",
    "A13",
    "A14",
    "A15",
    "A16",
    "A17",
    "A18",
    "A23",
    "A26",
    "A27",
    "A28",
    "A29",
    "A30",
    "A34",
    "A35",
    "A37",
    "A38",
]
CASES = nonstandard(draw(doors=2_000))
PARSER = Parser()


@pytest.mark.parametrize("code", BY_TEXT)
def test_a_defect_of_the_text_is_found_in_every_sample_address_that_has_it(code: str) -> None:
    missed = [
        c.text
        for c in CASES
        if code in c.defects and code not in {d.code for d in PARSER.parse(c.text).defects}
    ]
    assert missed == []
