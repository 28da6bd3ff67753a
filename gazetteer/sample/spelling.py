"""Romanised spelling (罗马字母拼写) of the sample's names, where the rules alone decide; the others wait for a person."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from gazetteer.naming.name import take_apart
from gazetteer.naming.romanise import romanise


@lru_cache(maxsize=8192)
def _spelt(name: str, category: str, feature: str, series: bool | None) -> tuple[str, str]:
    said = romanise(name, category, feature, series=series)
    return (said.pinyin, said.roman) if said.settled else ("", "")


def spelling(name: str, category: str, feature: str = "", known: Collection[str] = ()) -> tuple[str, str]:
    """Pinyin (汉语拼音) and capitals (罗马字母拼写) of a name; both empty where a reading or a division is in doubt.

    ``known`` are the names around it: 永宁东路 beside 永宁路 is one of a series, which settles how it is divided.
    """
    if not name:
        return "", ""
    parts = take_apart(name, category, feature)
    plain = name.replace(parts.direction, "", 1) if parts.direction else name
    series = True if parts.direction and plain != name and plain in known else None
    return _spelt(name, category, feature, series)
