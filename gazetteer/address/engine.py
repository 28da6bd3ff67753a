"""The geocoder (地址匹配引擎): one text in, one honest answer out, from one index file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gazetteer.address.answers import Composer
from gazetteer.address.index.reader import Index
from gazetteer.address.match import Match, Matcher
from gazetteer.address.model import Answer, Nearby, Suggestion
from gazetteer.address.reverse import Reverse
from gazetteer.address.spots import find_spots
from gazetteer.address.suggest import Suggester
from gazetteer.address.text import Normalised, normalise


class Geocoder:
    """Answers addresses from an index file. One for a process; safe for threads that only read."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._matcher = Matcher(index)
        self._composer = Composer(index)
        self._suggester = Suggester(index)
        self._reverse = Reverse(index)

    @classmethod
    def open(cls, path: Path | str) -> Geocoder:
        """Open the index at ``path``.

        Raises:
            NotFound: there is no index.
            BadInput: the file is not an index of this version.
        """
        return cls(Index.open(path))

    def geocode(self, text: str, *, limit: int = 5, as_of: date | None = None) -> Answer:
        """The best readings of an address, best first, with what was corrected and how sure it is."""
        clean = normalise(text)
        matches = self._matches(clean, as_of)
        return self._composer.answer(text, clean, matches, limit, as_of)

    def _matches(self, clean: Normalised, as_of: date | None) -> list[Match]:
        lower = clean.clean.lower()
        glued = _glued(clean) if clean.offsets is not None else frozenset()
        found: list[Match] = []
        for spot in find_spots(lower, glued):
            found += self._matcher.matches(lower, spot, as_of)
            if found and found[0].door is not None:
                break
        return sorted(found, key=lambda m: -m.score)

    def suggest(self, q: str, limit: int = 10) -> list[Suggestion]:
        """Completions of what has been typed: by characters, full pinyin or initials."""
        return self._suggester.suggest(q, limit)

    def reverse(self, lon: float, lat: float) -> Nearby | None:
        """What lies at a point (CGCS2000 degrees), or None where nothing is near."""
        return self._reverse.one(lon, lat)


def _glued(clean: Normalised) -> frozenset[int]:
    return frozenset(
        i for i, c in enumerate(clean.clean) if c == "-" and clean.text[clean.start(i)].isspace()
    )
