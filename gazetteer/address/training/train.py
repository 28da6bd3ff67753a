"""``diming train``: fit the statistical parser on labelled or confirmed addresses (训练).

A line of the training file is one address: ``{"text", "elements": [{"type", "start", "end"}]}`` as ``diming parse``
writes it and an officer corrected it, or ``{"tokens", "tags"}`` with BIO labels. Deterministic: the same file gives
the same model.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pycrfsuite

from gazetteer.address.model import ELEMENT_TYPES
from gazetteer.address.reading.parse import Parser
from gazetteer.address.training.features import features, rule_labels, tokens
from gazetteer.address.training.learnt_names import LearntNames
from gazetteer.address.training.statistical import ELEMENT_OF_LABEL, keep_model
from geo.problems import BadInput, Finding

PARAMETERS = {"c1": 0.08, "c2": 0.05, "max_iterations": 55, "feature.minfreq": 2}
FEWEST = 50
"""Addresses below which fitting makes no sense."""


class Example(NamedTuple):
    """One labelled address: spans of label, start, end in the text."""

    text: str
    spans: tuple[tuple[str, int, int], ...]


class Trained(NamedTuple):
    """What a training run did. ``f1`` is measured on the held-out fifth, which the model did not see."""

    examples: int
    held_out: int
    f1: float
    rules_f1: float
    """The same measure for the rules alone, to see what the model is worth."""
    path: Path


def train(source: Path, model: Path, *, parser: Parser | None = None) -> Trained:
    """Fit a model on a file and keep it at ``model``; every fifth address (by its text) is held out to measure.

    Raises:
        BadInput: the file has a line that is no labelled address (each listed with its number), or too few.
    """
    examples = read_examples(source)
    if len(examples) < FEWEST:
        raise BadInput(f"只有 {len(examples)} 条标注地址，不足以训练", f"请至少提供 {FEWEST} 条")
    parser = parser or Parser()
    kept = [e for e in examples if not held_out(e.text)]
    rest = [e for e in examples if held_out(e.text)]
    model.parent.mkdir(parents=True, exist_ok=True)
    fit(kept, model, parser)
    fitted = Parser(parser.lexicon, model_path=model)
    return Trained(len(kept), len(rest), f1(fitted, rest), f1(parser, rest), model)


def held_out(text: str) -> bool:
    """Whether an address is kept for measuring: one in five, by its text, so that no twin is on both sides."""
    return zlib.crc32(text.encode()) % 5 == 0


def fit(examples: Iterable[Example], model: Path, parser: Parser) -> None:
    """Fit on all examples given and write the model."""
    known = [(e, *tokens(e.text)) for e in examples]
    names = LearntNames.of(("".join(words), e.spans) for e, words, _ in known)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for example, words, starts in known:
        rules = rule_labels(starts, parser.read(example.text).elements)
        learnt = names.marks("".join(words), example.spans)
        trainer.append(features(words, starts, rules, parser.lexicon, learnt), _labels(starts, example.spans))
    trainer.set_params(PARAMETERS)
    with TemporaryDirectory() as folder:
        fitted = Path(folder) / "fitted"
        trainer.train(str(fitted))
        keep_model(model, names, fitted.read_bytes())


def f1(parser: Parser, examples: list[Example]) -> float:
    """Agreement (type and both ends) over the element types that the examples use, 0 to 1."""
    wanted = [{(ELEMENT_OF_LABEL.get(k, k), a, b) for k, a, b in e.spans} for e in examples]
    kinds = {s[0] for want in wanted for s in want} & set(ELEMENT_TYPES)
    right = total = 0
    for example, spans in zip(examples, wanted, strict=True):
        want = {s for s in spans if s[0] in kinds}
        got = {(e.type, e.start, e.end) for e in parser.parse(example.text).elements if e.type in kinds}
        right, total = right + len(want & got), total + len(want) + len(got)
    return 2 * right / total if total else 0.0


def read_examples(source: Path) -> list[Example]:
    """Labelled addresses of a JSON lines file; every bad line is named.

    Raises:
        BadInput: lines that cannot be used, with their numbers.
    """
    findings, examples = [], []
    for number, line in enumerate(source.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            examples.append(_example(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError):
            place = f"第 {number} 行"
            findings.append(
                Finding("train.line", "block", place, "不是标注地址", "须有 text 与 elements", number)
            )
    if findings:
        raise BadInput(
            f"{len(findings)} 行不是标注地址，第一处在第 {findings[0].row} 行",
            "每行应为 {“text”, “elements”: [{“type”, “start”, “end”}]}",
            findings=tuple(findings),
        )
    return examples


def _example(row: dict[str, Any]) -> Example:
    if "tags" in row:
        return Example("".join(row["tokens"]), tuple(_tagged(row["tokens"], row["tags"])))
    text = row["text"]
    spans = [(str(e["type"]), int(e["start"]), int(e["end"])) for e in row["elements"]]
    if not isinstance(text, str) or any(not 0 <= a < b <= len(text) for _, a, b in spans):
        raise ValueError("offsets outside the text")
    return Example(text, tuple(spans))


def _tagged(words: list[str], tags: list[str]) -> Iterator[tuple[str, int, int]]:
    """BIO tags of tokens to spans."""
    kind, begin, position = "", 0, 0
    for word, tag in zip([*words, ""], [*tags, "O"], strict=True):
        head, _, name = tag.partition("-")
        name = name.lower()
        if head != "I" or name != kind:
            if kind:
                yield kind, begin, position
            kind, begin = name, position
        position += len(word)


def _labels(starts: list[int], spans: tuple[tuple[str, int, int], ...]) -> list[str]:
    """BIO labels of tokens; a token that a span cuts belongs to the span in which it begins."""
    found = ["O"] * len(starts)
    for kind, begin, end in spans:
        first = True
        for i, start in enumerate(starts):
            if begin <= start < end:
                found[i] = ("B-" if first else "I-") + kind
                first = False
    return found
