"""Specific term, generic term and romanisation of a name (专名、通名、拼写), as far as nobody has to be asked."""

from __future__ import annotations

from gazetteer.naming.name import take_apart
from gazetteer.naming.romanise import romanise


def parts_of(name: str, category: str) -> dict[str, str]:
    """The columns that follow from a name; the pinyin stays empty where a reading needs a person (多音字)."""
    parts = take_apart(name, category)
    said = romanise(name, category)
    sure = said.settled
    return {
        "specific": parts.specific, "generic": parts.generic, "pinyin": said.pinyin if sure else "",
        "romanisation": said.roman if sure else "",
    }  # fmt: skip
