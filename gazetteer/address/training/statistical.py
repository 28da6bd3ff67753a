"""The statistical half of the parser (统计解析): a linear-chain CRF fitted on the bureau's own addresses.

It sees what the rules read and learns where the bureau's addresses differ. The model file lies beside the data,
never in the package; without one the rules alone decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pycrfsuite

from gazetteer.address.model import Element
from gazetteer.address.training.features import features, rule_labels, tokens
from gazetteer.address.training.learnt_names import LearntNames
from gazetteer.address.words.lexicon import Lexicon

ELEMENT_OF_LABEL = {
    "district": "county", "community": "comm", "roadno": "no", "subroad": "road", "subroadno": "no", "poi": "estate",
    "subpoi": "estate", "houseno": "bld", "cellno": "unit", "floorno": "floor", "roomno": "room",
}  # fmt: skip
"""Labels of the common labelling standard for Chinese addresses → element types; other labels stay as they are."""


_HEAD = 8


def keep_model(path: Path, names: LearntNames, fitted: bytes) -> None:
    """Write a model in one file: length of the names, the names, what the CRF learnt. Replaces the old one whole."""
    packed = names.packed()
    fresh = path.with_suffix(".new")
    fresh.write_bytes(len(packed).to_bytes(_HEAD, "little") + packed + fitted)
    fresh.replace(path)


class Labelled(NamedTuple):
    """A span that the model found: label (element type, or another label of the training file) and offsets."""

    type: str
    start: int
    end: int


class Model:
    """A fitted model, ready to label texts; threads take turns."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        size = int.from_bytes(data[:_HEAD], "little")
        self._names = LearntNames.unpacked(data[_HEAD : _HEAD + size])
        self._tagger = pycrfsuite.Tagger()
        self._fitted = data[_HEAD + size :]  # the tagger reads these bytes as long as it lives
        self._tagger.open_inmemory(self._fitted)
        self._turn = Lock()

    def label(self, text: str, elements: tuple[Element, ...], lexicon: Lexicon) -> list[Labelled]:
        """Spans of a text, given what the rules read of it."""
        words, starts = tokens(text)
        if not words:
            return []
        learnt = self._names.marks("".join(words))
        seen = features(words, starts, rule_labels(starts, elements), lexicon, learnt)
        with self._turn:
            labels = self._tagger.tag(seen)
        return [_trimmed(span, text) for span in _spans(labels, starts, len(text))]


def _trimmed(span: Labelled, text: str) -> Labelled:
    """A span without spaces at its ends; a span of spaces alone stays."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - len(words) + len(words.rstrip())
    return span._replace(start=start, end=end) if start < end else span


def _spans(labels: list[str], starts: list[int], length: int) -> Iterator[Labelled]:
    """BIO labels to spans."""
    kind, begin = "", 0
    for label, start in zip([*labels, "O"], [*starts, length], strict=True):
        name = label[2:]
        if label[0] == "I" and name == kind:
            continue
        if kind:
            yield Labelled(ELEMENT_OF_LABEL.get(kind, kind), begin, start)
        kind, begin = (name, start) if label != "O" else ("", start)
