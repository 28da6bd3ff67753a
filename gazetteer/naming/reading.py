"""Readings of a name (读音): what each character says, which have more than one reading, and keys to compare by.

A reading is *settled* when the character has one reading, or when a confirmed table says so. Everything else has a
proposal and alternatives, and a person decides (多音字由人工核定).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin

from gazetteer import base
from gazetteer.naming.lists import words

_MOST_KEYS = 16
_SYLLABLE = re.compile(r"(?P<initial>zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(?P<final>.*)", re.DOTALL)
Merges = tuple[tuple[str, str], ...]
"""Pairs of sounds that the local speech does not part (方言不分的音)."""
_TONES = {"\u0304", "\u0301", "\u030c", "\u0300"}


@dataclass(frozen=True, slots=True)
class Syllable:
    """One character and how it is read; ``alternatives`` include the proposal and are empty when settled."""

    char: str
    reading: str
    """With tone mark; the character itself where it has no reading (letters, signs)."""
    alternatives: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether no person need look at it."""
        return not self.alternatives


@lru_cache(maxsize=4096)
def all_readings(char: str) -> tuple[str, ...]:
    """Every reading of a character: by the standard table, else by pypinyin; empty for what is no Han character."""
    row = base.characters().get(char)
    if row:
        return tuple(dict.fromkeys(one for said in row.readings for one in said.split("|")))
    said = pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")
    return tuple(said[0]) if said else ()


def read(
    specific: str,
    generic: str = "",
    confirmed: Mapping[str, tuple[str, ...]] | None = None,
    extra: Path | None = None,
) -> tuple[Syllable, ...]:
    """The syllables of a name given as its specific and generic term.

    ``confirmed`` are readings that the office has settled: word → syllables; the longest word wins and an entry
    for the whole name wins over all.
    """
    table = words("readings", extra)
    places = {word: tuple(said.split()) for word, said in table["places"].items()} | dict(confirmed or {})
    ends = {word: tuple(said.split()) for word, said in table["generic"].items()}
    text = specific + generic
    settled = _settle(text, places)
    if generic in ends and len(ends[generic]) == len(generic):
        settled = dict(enumerate(ends[generic], start=len(specific))) | settled
    likely = _likely(text)
    return tuple(_syllable(char, settled.get(i), likely[i]) for i, char in enumerate(text))


def _settle(text: str, table: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """Positions of the text whose reading a confirmed word gives, longest words first, none twice."""
    found: dict[int, str] = {}
    longest = max(map(len, table), default=0)
    for size in range(min(len(text), longest), 0, -1):
        for start in range(len(text) - size + 1):
            said = table.get(text[start : start + size])
            if said and len(said) == size and not any(i in found for i in range(start, start + size)):
                found |= dict(enumerate(said, start=start))
    return found


@lru_cache(maxsize=65536)
def _likely(text: str) -> tuple[str, ...]:
    """The likeliest reading of every character: words of the base data first, then pypinyin's phrases."""
    found = _settle(text, base.readings())
    guessed = lazy_pinyin(text, style=Style.TONE, errors=_apart, tone_sandhi=False)  # type: ignore[arg-type]
    if len(guessed) != len(text):  # pypinyin split a sequence otherwise: read one by one
        guessed = [(all_readings(char) or (char,))[0] for char in text]
    return tuple(found.get(i, said) for i, said in enumerate(guessed))


def _apart(run: str) -> list[str]:
    """Characters without a reading, one item each: pypinyin would keep the run whole."""
    return list(run)


def _syllable(char: str, settled: str | None, likely: str) -> Syllable:
    if settled:
        return Syllable(char, settled)
    choices = all_readings(char)
    if not choices:
        return Syllable(char, char)
    if len(choices) == 1:
        return Syllable(char, choices[0])
    first = likely if likely in choices else choices[0]
    return Syllable(char, first, (first, *(said for said in choices if said != first)))


def bare(reading: str) -> str:
    """A reading without tone, ü kept: lǜ → lü."""
    parts = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))


@lru_cache(maxsize=65536)
def toned_keys(specific: str) -> tuple[str, ...]:
    """Every way the specific term may be read, with tones, the likeliest first, at most 16."""
    return tuple(dict.fromkeys(" ".join(said) for said in itertools.islice(_ways(specific), _MOST_KEYS)))


def sound_keys(specific: str, merges: Merges = ()) -> tuple[str, ...]:
    """The same without tones, and every form that the local speech does not tell from it."""
    plain = dict.fromkeys(bare(said) for said in toned_keys(specific))
    return tuple(dict.fromkeys(form for said in plain for form in local_forms(said, merges)))


def local_forms(key: str, merges: Merges) -> tuple[str, ...]:
    """A toneless key and what sounds like it where the speech does not part the sounds of each pair.

    A pair are two initials (zh, z) or two finals (ing, in); at most 16 forms, the key itself first.
    """
    choices = [_local_syllable(said, merges) for said in key.split(" ")]
    return tuple(" ".join(form) for form in itertools.islice(itertools.product(*choices), _MOST_KEYS))


def _local_syllable(said: str, merges: Merges) -> tuple[str, ...]:
    forms = {said: None}
    for pair in merges:
        for form in tuple(forms):
            match = _SYLLABLE.match(form)
            initial, final = (match["initial"], match["final"]) if match else ("", form)
            for one, other in (pair, pair[::-1]):
                if initial == one:
                    forms[other + final] = None
                if final == one:
                    forms[initial + other] = None
    return tuple(forms)


def _ways(specific: str) -> itertools.product[tuple[str, ...]]:
    syllables = read(specific)
    return itertools.product(*[one.alternatives or (one.reading,) for one in syllables])
