"""Text of an address → elements with offsets into the text as given (地址解析).

    Parser().parse("浙江黄岩横街路128号梅开苑66栋") → 浙江 prov, 黄岩 county, 横街路 road, 128号 no, …

Works without any register; with a :class:`Lexicon` of the register's roads, villages and estates it cuts
unmarked names better. Never raises, for any text, and takes time linear in its length.
"""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path

from gazetteer.address.defects.repair import repair_steps
from gazetteer.address.defects.rules import find_defects
from gazetteer.address.model import ELEMENT_TYPES, Element, ElementType, Parsed
from gazetteer.address.reading.division import Head
from gazetteer.address.reading.divisions import read_head, read_tail
from gazetteer.address.reading.latin import is_latin, read_latin
from gazetteer.address.reading.names import read_names
from gazetteer.address.reading.notes import find_notes, mask_notes
from gazetteer.address.reading.numbers import numbers
from gazetteer.address.reading.personal import Personal, find_personal, mask
from gazetteer.address.reading.result import Reading
from gazetteer.address.reading.roles import read_number
from gazetteer.address.reading.state import Piece, State
from gazetteer.address.training.statistical import Model
from gazetteer.address.words.lexicon import Lexicon, base_lexicon
from gazetteer.address.words.text import MAX_LENGTH, Normalised, normalise
from gazetteer.address.words.values import NUMBERED, value_of
from gazetteer.address.words.vocabulary import noise_before, says_nothing


class Parser:
    """Takes addresses apart. Keep one and use it for many texts; it holds no state of a text."""

    def __init__(self, lexicon: Lexicon | None = None, *, model_path: Path | None = None) -> None:
        """``model_path``: a model fitted by ``diming train``; absent or missing on disk, the rules decide alone."""
        self.lexicon = lexicon if lexicon is not None else base_lexicon()
        self._model = Model(model_path) if model_path is not None and model_path.exists() else None

    def parse(self, text: str) -> Parsed:
        """Elements, defects and steps of one text. An empty result says that nothing was recognised."""
        reading = self.read(text)
        located = reading.located
        defects = find_defects(reading)
        relation = located.relation if located else None
        elements = reading.elements
        if located and located.end > located.start:
            elements = _with_notes(reading.norm, elements, [(located.start, located.end)])
        return Parsed(text, elements, defects, repair_steps(defects), relation)

    def read(self, text: str) -> Reading:
        """Divisions, pieces and elements alone, without looking for defects: the quicker half."""
        norm = normalise(text)
        personal = find_personal(norm.clean)
        clean = mask(norm.clean, personal)
        notes = find_notes(norm.clean)
        if notes:
            clean = mask_notes(clean, notes)
        if clean.isascii() and is_latin(text) and not says_nothing(clean):
            found = tuple(e for e in read_latin(text[:MAX_LENGTH]) if _free(e, norm, personal))
            return Reading(norm, clean, Head((), (), 0), (), personal, found)
        head, pieces = self._read(clean)
        elements = _elements(norm, clean, head, pieces)
        if self._model is not None and elements:
            elements = self._relabelled(norm, elements)
        if notes:
            elements = _with_notes(norm, elements, notes)
        return Reading(norm, clean, head, pieces, personal, elements)

    def _relabelled(self, norm: Normalised, elements: tuple[Element, ...]) -> tuple[Element, ...]:
        """Elements as the model cuts them; what both agree on keeps the value that the rules found."""
        assert self._model is not None  # noqa: S101 - asked for by the caller only when there is a model
        given = norm.text[:MAX_LENGTH]
        known = {(e.type, e.start, e.end): e for e in elements}
        found: list[Element] = []
        for kind, start, end in self._model.label(given, elements, self.lexicon):
            if kind in ELEMENT_TYPES:
                value = value_of(kind, normalise(given[start:end]).clean)
                fresh = Element(kind, given[start:end], start, end, value)
                found.append(known.get((kind, start, end), fresh))
        return tuple(found) or elements

    def _read(self, clean: str) -> tuple[Head, tuple[Piece, ...]]:
        """Divisions, then names and numbers in turn."""
        if says_nothing(clean):
            return Head((), (), len(clean)), ()
        head = read_head(clean, self.lexicon, noise_before(clean))
        limit = len(clean)
        if (not head.kept or head.kept[0].level > 3) and (tail := self._tail(clean, head)):
            head, limit = tail
        state = State()
        if head.kept:
            state.last = head.kept[-1].type
            state.town = "town" in [f.type for f in head.kept]
        position = head.end
        for number in numbers(clean, head.end, limit):
            if number.start > position:
                read_names(clean, position, number.start, state, number.kind, self.lexicon)
            position = read_number(clean, number, state)
        if position < limit:
            read_names(clean, position, limit, state, "", self.lexicon)
        return head, tuple(state.pieces)

    def _tail(self, clean: str, head: Head) -> tuple[Head, int] | None:
        """The divisions with those written behind the road, and where the latter begin; None without them."""
        tail = None if any(f.level <= 3 for f in head.kept) else read_tail(clean, self.lexicon, head.end)
        if tail is None:
            return None
        behind = tuple(f for f in tail.kept if all(f.type != k.type for k in head.kept))
        return Head(head.kept + behind, head.repeated, head.end), tail.end


def _elements(norm: Normalised, clean: str, head: Head, pieces: tuple[Piece, ...]) -> tuple[Element, ...]:
    """Elements in the order of the text, with offsets into the text as given."""
    text, offsets = norm.text, norm.offsets
    spans: list[tuple[ElementType, int, int, str]] = [
        (f.type, f.start, f.end, f.name or clean[f.start : f.end]) for f in head.kept
    ]
    for kind, start, end in pieces:
        if kind in ELEMENT_TYPES:
            words = clean[start:end]
            spans.append((kind, start, end, value_of(kind, words) if kind in NUMBERED else words))
    spans.sort(key=_second)
    if offsets is None:
        return tuple([Element(kind, text[a:b], a, b, value) for kind, a, b, value in spans])
    return tuple([_element(norm, *span) for span in spans])


def _with_notes(
    norm: Normalised, elements: tuple[Element, ...], notes: list[tuple[int, int]]
) -> tuple[Element, ...]:
    """Descriptions (描述) among the elements, where nothing else stands."""
    fresh = [_element(norm, "note", start, end, norm.clean[start:end]) for start, end in notes]
    fresh = [n for n in fresh if all(n.end <= e.start or e.end <= n.start for e in elements)]
    return tuple(sorted((*elements, *fresh), key=_start)) if fresh else elements


def _free(element: Element, norm: Normalised, personal: tuple[Personal, ...]) -> bool:
    """Whether no personal data stands in an element."""
    return all(norm.end(p.end) <= element.start or element.end <= norm.start(p.start) for p in personal)


_second = itemgetter(1)


def _start(element: Element) -> int:
    return element.start


def _element(norm: Normalised, kind: ElementType, start: int, end: int, value: str) -> Element:
    first, last = norm.start(start), norm.end(end)
    return Element(kind, norm.text[first:last], first, last, value)
