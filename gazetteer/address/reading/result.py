"""One address as it was read: cleaned text, divisions, pieces and elements together (解析中间结果)."""

from __future__ import annotations

from dataclasses import dataclass, field

from gazetteer.address.model import Element
from gazetteer.address.reading.division import Head
from gazetteer.address.reading.latin import is_latin
from gazetteer.address.reading.personal import Personal
from gazetteer.address.reading.relation import Located, find_relation
from gazetteer.address.reading.state import Piece
from gazetteer.address.words.text import Normalised


@dataclass(slots=True)
class Reading:
    """What the rules of defects and relations look at."""

    norm: Normalised
    clean: str
    """Cleaned text with personal data and delivery remarks masked by separators."""
    head: Head
    pieces: tuple[Piece, ...]
    personal: tuple[Personal, ...]
    elements: tuple[Element, ...]

    kinds: frozenset[str] = field(init=False)
    """Element types that occur."""

    def __post_init__(self) -> None:
        self.kinds = frozenset([e.type for e in self.elements])

    @property
    def located(self) -> Located | None:
        """The relative place (相对位置) that the text describes, with its span in the cleaned text."""
        if not self._looked:
            self._looked, self._located = True, find_relation(self.clean, self.pieces)
        return self._located

    _looked: bool = field(default=False, init=False)
    _located: Located | None = field(default=None, init=False)

    @property
    def latin(self) -> bool:
        """Whether the address is written in Latin letters, so that the rules of Chinese writing do not hold."""
        return self.clean.isascii() and bool(self.elements) and is_latin(self.text)

    @property
    def text(self) -> str:
        """The text as given."""
        return self.norm.text

    @property
    def raw(self) -> str:
        """Cleaned text before masking."""
        return self.norm.clean
