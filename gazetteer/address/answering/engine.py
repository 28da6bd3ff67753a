"""The geocoder (地址匹配引擎): one text in, one honest answer out, from one index file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from gazetteer.address.answering.answers import Composer
from gazetteer.address.answering.refused import left_out
from gazetteer.address.answering.reverse import Floats
from gazetteer.address.answering.reverse_counties import reverse_of
from gazetteer.address.answering.suggest import Suggester
from gazetteer.address.defects.register import added
from gazetteer.address.index.counties import Counties
from gazetteer.address.index.reader import Index
from gazetteer.address.index.words import words_of
from gazetteer.address.matching.agreement import AGREES, SILENT
from gazetteer.address.matching.defects import RegisterDefects
from gazetteer.address.matching.keys import fold, stem
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.narrow import inside, nearest_first
from gazetteer.address.matching.notes import beside_door, is_aside, is_doubtful, is_of_door, located
from gazetteer.address.matching.pointed import point_defects
from gazetteer.address.matching.relative import Relative
from gazetteer.address.matching.resolve import Resolver
from gazetteer.address.matching.spots import rejoin
from gazetteer.address.model import Answer, Nearby, Parsed, Suggestion
from gazetteer.address.reading.parse import Parser
from gazetteer.address.reading.personal import cut_out
from gazetteer.address.words.lexicon import Lexicon, base_lexicon
from gazetteer.address.words.text import Normalised, normalise


class Geocoder:
    """Answers addresses from an index file. One for a process; threads may share it."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._resolver = Resolver(index)
        self._composer = Composer(index)
        self._defects = RegisterDefects(index, self._composer.words)
        self._relative = Relative(index, self._resolver)
        self._suggester = Suggester(index)
        self._reverse = reverse_of(index)

    @classmethod
    def open(cls, path: Path | str) -> Geocoder:
        """Open the index at ``path``.

        Raises:
            NotFound: there is no index.
            BadInput: the file is not an index of this version.
        """
        return cls(Index.open(path))

    @cached_property
    def _parser(self) -> Parser:
        return Parser(register_lexicon(self.index), model_path=trained_model(self.index.container.path))

    @property
    def parser(self) -> Parser:
        """The parser with the register's own names, made when first needed."""
        return self._parser

    def prepare(self) -> None:
        """Make now what the first questions of each kind would have to wait for: names, words, sounds, tables."""
        for text in _OF_EACH_KIND:
            self.geocode(text)
        self.suggest("a")

    def parse(self, text: str) -> Parsed:
        """Elements and defects of a text; the register's own names help to cut it."""
        return self._parser.parse(text)

    def geocode(
        self,
        text: str,
        *,
        limit: int = 5,
        as_of: date | None = None,
        division: str | None = None,
        near: tuple[float, float] | None = None,
        point: tuple[float, float] | None = None,
    ) -> Answer:
        """The best readings of an address, best first, with what was corrected and how sure it is.

        Args:
            text: any text; it never makes this raise.
            limit: candidates at most.
            as_of: answer from the register as it was on that day; without it, as it is now.
            division: code of a division; candidates elsewhere are left out.
            near: longitude and latitude (CGCS2000); among equals the nearer comes first.
            point: longitude and latitude (CGCS2000) that came with the address: where it contradicts the register
                (wrong side, other place, shifted datum), the answer says so and is not applied by itself.
        """
        matches = self._matches(normalise(text), as_of, division)
        if near:
            matches = nearest_first(self.index, matches, near)
        answer = left_out(self.index, self._worded(self.parse(text), matches, max(1, limit)), matches)
        return self._told(answer, matches[0], point) if matches else answer

    def _told(self, answer: Answer, match: Match, point: tuple[float, float] | None) -> Answer:
        """The answer with the defects that only the register shows."""
        best, index = answer.best, match.index or self.index
        defects = (
            self._defects if match.index is None else RegisterDefects(index, self._composer.of(match).words)
        )
        parsed = defects.told(answer.parsed, match, best.standard_address if best else "")
        status = answer.status
        if (
            point
            and match.door is not None
            and (found := list(point_defects(index, parsed, match.door, point)))
        ):
            parsed, status = added(parsed, *found), "review"
        if parsed is answer.parsed:
            return answer
        return Answer(answer.text, status, answer.confidence, answer.candidates, parsed, answer.corrections)

    def _worded(self, parsed: Parsed, matches: list[Match], limit: int) -> Answer:
        """The answer; what the text says beside one door decides whether a person must look, or where it lies."""
        answer = self._composer.answer(parsed, matches, limit)
        at_door = answer.best is not None and answer.best.level == "door"
        if answer.status == "auto" and is_doubtful(parsed, answer):
            answer = replace(answer, status="review")
        if parsed.relation is None:
            return answer
        named = at_door and matches[0].hit.key == "name"
        if at_door and not named and not is_of_door(parsed.relation):
            return answer
        if at_door and parsed.relation.distance_m is None and not (named and is_aside(parsed.relation)):
            return beside_door(answer, parsed.relation)
        placed = self._relative.place(parsed.relation, _divisions_of(parsed))
        if placed is None:
            roads, unknown = self._relative.known(parsed.relation, _divisions_of(parsed))
            if roads:
                return self._composer.apart(parsed, roads, unknown)
            return answer if answer.status == "none" else replace(answer, status="review")
        return located(answer, placed, parsed.relation, limit)

    def matches(self, clean: str, as_of: date | None = None) -> list[Match]:
        """All readings of a searchable text, the best first: the answer before it is worded."""
        return self._resolver.resolve(clean, as_of)

    def _matches(self, clean: Normalised, on: date | None, division: str | None) -> list[Match]:
        matches = self.matches(searchable(clean), on)
        return inside(self.index, matches, division) if division else matches

    def geocode_lean(self, text: str, *, limit: int = 4, as_of: date | None = None) -> Answer:
        """The same answer for a batch: elements and defects are left out where they change nothing in the row.

        That is a text in standard writing up to its number: nothing was cleaned, nothing follows the number.
        """
        clean = normalise(text)
        matches = self._matches(clean, as_of, None)
        plain = clean.offsets is None and clean.clean == text and _PLAIN.fullmatch(text)
        whole = plain and matches and matches[0].door is not None and _says_all(matches[0], text)
        parsed = Parsed(text) if whole else self.parse(text)
        return left_out(self.index, self._worded(parsed, matches, limit), matches)

    def geocode_many(
        self, texts: Iterable[str], *, limit: int = 5, as_of: date | None = None, division: str | None = None
    ) -> list[Answer]:
        """Answers to many texts in their order, the same as one by one; a repeated text is answered once."""
        known: dict[str, Answer] = {}
        answers = []
        for text in texts:
            answer = known.get(text)
            if answer is None:
                answer = known[text] = self.geocode(text, limit=limit, as_of=as_of, division=division)
            answers.append(answer)
        return answers

    def suggest(self, q: str, limit: int = 10) -> list[Suggestion]:
        """Completions of what has been typed: by characters, full pinyin or initials."""
        return self._suggester.suggest(q, limit)

    def reverse(self, lon: float, lat: float) -> Nearby | None:
        """What lies at a point (CGCS2000 degrees), or None where nothing is near."""
        return self._reverse.one(lon, lat)

    def reverse_many(
        self, lons: Floats | Sequence[float], lats: Floats | Sequence[float]
    ) -> list[Nearby | None]:
        """The same for many points in their order; a point that is no number gives None."""
        return self._reverse.many(lons, lats)


def _divisions_of(parsed: Parsed) -> str:
    return "".join(e.text for e in parsed.elements if e.type in ("prov", "city", "county", "town"))


def _says_all(match: Match, text: str) -> bool:
    """Whether a plain text is divisions, name and number and nothing else."""
    stated = [s.text for s in match.context.stated]
    said = "".join(stated) + match.hit.asked
    if match.hit.key != "n" or len({stem(s) for s in stated}) < len(stated):
        return False  # A misspelt or repeated name may read otherwise when the text is taken apart.
    if match.hit.asked[0] in _KINDS:
        return False  # 青浦|镇公园东路, as it is registered, is taken apart as 青浦镇|公园东路.
    return match.place in (AGREES, SILENT) and text.startswith(said) and text[len(said)].isdigit()


_OF_EACH_KIND = (
    "",
    "上海市人民路118号3幢2单元301室",
    "118 Laodong North Rd, Huangyan District, Taizhou",
    "人民路与劳动路交叉口东南方向194米",
    "人民医院",
)
_KINDS = frozenset("省市区县镇乡村街")
_PLAIN = re.compile(r"[\u4e00-\u9fff]{3,40}[0-9]{1,5}(?:弄(?:[0-9]{1,5}号)?|号)")


def trained_model(index_path: Path) -> Path:
    """Where ``diming train`` keeps the parser's model of a register: beside its index."""
    return index_path.with_name("parser.crf")


def searchable(clean: Normalised) -> str:
    """The cleaned text in lower case without personal data, numbers that a space had cut in two made whole."""
    text = cut_out(clean.clean).lower()
    if clean.offsets is None or "-" not in text:
        return text
    spaces = (i for i, c in enumerate(text) if c == "-" and clean.text[clean.start(i)].isspace())
    return rejoin(text, frozenset(spaces))


def register_lexicon(index: Index) -> Lexicon:
    """The parser's lexicon with the register's own roads, villages and estates."""
    lexicon = Lexicon(base_lexicon())
    if isinstance(index, Counties):
        lexicon.look_up(*words_of(index))
        return lexicon
    for handle in index.handles():
        kind = index.kind_of(handle)
        if kind in ("place", "natvil") and _is_division(index, index.name_of(handle)):
            continue
        lexicon.add_name(normalise(index.name_of(handle)).clean, "estate" if kind == "place" else kind)  # type: ignore[arg-type]
    return lexicon


def _is_division(index: Index, name: str) -> bool:
    """Whether a registered place bears the name of a division: 溪头村, listed as a place too."""
    if name[-1:] not in "省市区县镇乡道村":
        return False
    return any(index.find("v", fold(name) + committee) for committee in ("", "委会", "民委员会"))


__all__ = ["Geocoder", "Match", "register_lexicon", "searchable"]
