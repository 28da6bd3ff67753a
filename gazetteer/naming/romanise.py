"""Romanisation of Han place names by the rule of 1984 (中国地名汉语拼音字母拼写规则，汉语地名部分).

Two fields come out: 汉语拼音 ``Jìliáng Dàshà`` and 罗马字母拼写 ``JILIANGDASHA``. What a person must confirm — the
reading of a polyphone, the division of words where 东 may belong to the name or to the road — is listed, never
decided silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.naming.name import NameParts, take_apart
from gazetteer.naming.reading import Syllable, bare, read

_WITH_SPECIFIC = frozenset("内外")
"""One-syllable modifiers that join the specific term (朝阳门内/大街); all others join the generic term (景山/后街)."""
_ORDINAL_CATEGORIES = frozenset("E")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing for a person to confirm (待核定)."""

    kind: str
    """读音 or 分写."""
    text: str
    """The character, or the name."""
    position: int
    """Index of the character in the name; 0 for the division of words."""
    proposed: str
    alternatives: tuple[str, ...]
    """All choices, the proposed one first."""


@dataclass(frozen=True, slots=True)
class Romanisation:
    """A name in letters; ``settled`` only when nothing is left to confirm."""

    name: str
    pinyin: str
    """汉语拼音 with tone marks, words apart and capitalised: Yǒngníng Dōnglù."""
    plain: str
    """The same without tones, as signs may show it: Yongning Donglu."""
    roman: str
    """罗马字母拼写: capitals without tones, blanks or apostrophes: YONGNINGDONGLU. Ü keeps its dots."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether it may be stored without a person's confirmation."""
        return not self.doubts


def romanise(
    name: str,
    category: str,
    feature: str = "",
    *,
    confirmed: Mapping[str, tuple[str, ...]] | None = None,
    series: bool | None = None,
    extra: Path | None = None,
) -> Romanisation:
    """The romanised name and what must be confirmed.

    Args:
        confirmed: readings that the office has settled, word → syllables with tone marks.
        series: whether a direction before the generic term is a word of a series (永宁东路 beside 永宁路);
            None where the register has not been asked, which leaves the division of words to confirm.
        extra: the bureau's own word lists.
    """
    parts = take_apart(name, category, feature, extra)
    syllables = read(parts.specific, parts.generic, confirmed, extra)
    whole = parts.name in (confirmed or {})
    words = _words(parts, syllables, category, feature, series is not False)
    doubts = [
        _reading_doubt(one, i) for i, one in enumerate(syllables) if not one.settled and not _digit(parts, i)
    ]
    if parts.direction and parts.direction not in _WITH_SPECIFIC and series is None and not whole:
        other = _spell(_words(parts, syllables, category, feature, False))
        doubts.append(Doubt("分写", parts.name, 0, _spell(words), (_spell(words), other)))
    pinyin = _spell(words)
    plain = bare(pinyin)
    return Romanisation(parts.name, pinyin, plain, _letters(syllables), tuple(doubts))


def _reading_doubt(one: Syllable, position: int) -> Doubt:
    return Doubt("读音", one.char, position, one.reading, one.alternatives)


def _digit(parts: NameParts, position: int) -> bool:
    """Whether the character is part of an ordinal, which is written in digits and not read."""
    return bool(parts.ordinal_text) and len(parts.stem) <= position < len(parts.specific)


def _words(
    parts: NameParts, syllables: Sequence[Syllable], category: str, feature: str, series: bool
) -> list[list[str]]:
    """The words of the name as lists of syllables (rules 1-6)."""
    said = [one.reading for one in syllables]
    if (category == "C" and feature in ("natvil", "village")) or not parts.generic:
        return [said]  # rule 3: names of natural villages and towns are written in one
    cut = len(parts.specific)
    if parts.ordinal is not None and category in _ORDINAL_CATEGORIES:
        return [*_stem(said[: len(parts.stem)]), [str(parts.ordinal)], said[cut:]]
    if series and parts.direction and parts.direction not in _WITH_SPECIFIC:
        cut = len(parts.stem)
    return [*_stem(said[:cut]), said[cut:]]


def _stem(said: list[str]) -> list[list[str]]:
    return [said] if said else []


def _spell(words: Sequence[Sequence[str]]) -> str:
    """Words apart, each capitalised, an apostrophe before an inner a, o, e (rule 7)."""
    return " ".join(_word(word) for word in words if word)


def _word(said: Sequence[str]) -> str:
    joined = said[0]
    for syllable in said[1:]:
        joined += f"'{syllable}" if bare(syllable)[:1] in ("a", "o", "e") else syllable
    return joined[:1].upper() + joined[1:]


def _letters(syllables: Sequence[Syllable]) -> str:
    """All capitals in one, ordinals spelled out: the field is a key, not a sign."""
    return bare("".join(one.reading for one in syllables)).upper()
