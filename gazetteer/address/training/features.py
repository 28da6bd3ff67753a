"""What the statistical parser sees of each token (特征): characters around it, the lexicon, what the rules read."""

from __future__ import annotations

import re

from gazetteer.address.model import Element
from gazetteer.address.reading.names import SUFFIX
from gazetteer.address.words.lexicon import Lexicon
from gazetteer.address.words.text import character_table

_TOKEN = re.compile(r"\d+|[A-Za-z]+|[\s\S]")
_CHINESE_DIGITS = frozenset("零〇一二三四五六七八九十百千两廿")
_DIRECTIONS = frozenset("东西南北中上下前后")


def tokens(text: str) -> tuple[list[str], list[int]]:
    """Tokens of a text and where each begins: runs of digits, runs of letters, single characters."""
    aligned = text.translate(character_table())
    found = list(_TOKEN.finditer(aligned))
    return [m.group() for m in found], [m.start() for m in found]


def features(
    words: list[str], starts: list[int], rules: list[str], lexicon: Lexicon, learnt: list[str]
) -> list[list[str]]:
    """One list of features a token.

    ``rules`` holds what the rule parser says of each token (``B-road`` …), ``learnt`` what the names of the
    labelled addresses say of each character.
    """
    text = "".join(words)
    shapes = [_shape(w) for w in words]
    known = _divisions(text, starts, lexicon)
    ends = _suffixes(text, starts)
    around = _neighbours(rules)
    padded = ["<3", "<2", "<1", *[_word(w) for w in words], "1>", "2>", "3>"]
    numbers = _next_numbers(padded, shapes)
    names = [learnt[start] for start in starts]
    return [
        [
            *_features(i, padded[i + 1 : i + 6], shapes, rules, known, ends),
            *around[i],
            *_far(i, padded, rules[i], names),
            numbers[i],
        ]
        for i in range(len(words))
    ]


def _far(i: int, w: list[str], rule: str, names: list[str]) -> list[str]:
    """What stands three tokens away, and what the learnt names say here and beside."""
    name = names[i]
    before, after = names[i - 1] if i else "<", names[i + 1] if i + 1 < len(names) else ">"
    return [
        "z=" + w[i], "f=" + w[i + 6], "def=" + w[i + 4] + w[i + 5] + w[i + 6], "zab=" + w[i] + w[i + 1] + w[i + 2],
        "g=" + name, "gr=" + name + rule, "g-=" + before + name, "g+=" + name + after,
    ]  # fmt: skip


def _next_numbers(w: list[str], shapes: list[str]) -> list[str]:
    """For each token how far the next number is and which word follows it: a road stands before 号."""
    found, last, unit = [""] * len(shapes), 9, "-"
    for i in range(len(shapes) - 1, -1, -1):
        last = 0 if shapes[i][0] == "9" else min(last + 1, 9)
        unit = w[i + 4] if shapes[i][0] == "9" else unit
        found[i] = f"nd={min(last, 7)}{unit}"
    return found


def _features(
    i: int, w: list[str], shapes: list[str], rules: list[str], known: list[str], ends: list[str]
) -> list[str]:
    a, b, c, d, e = w
    rule, before = rules[i], rules[i - 1] if i else "<"
    after = rules[i + 1] if i + 1 < len(rules) else ">"
    shape = shapes[i]
    last_shape = shapes[i - 1] if i else "<"
    next_shape = shapes[i + 1] if i + 1 < len(shapes) else ">"
    ahead = next((ends[j] for j in range(i, min(i + 6, len(ends))) if ends[j] != "-"), "-")
    return [
        "bias", "c=" + c, "b=" + b, "d=" + d, "a=" + a, "e=" + e,
        "bc=" + b + c, "cd=" + c + d, "ab=" + a + b, "de=" + d + e, "bcd=" + b + c + d, "cde=" + c + d + e,
        "abc=" + a + b + c,
        "s=" + shape, "s-=" + last_shape + shape, "s+=" + shape + next_shape, "s3=" + last_shape + shape + next_shape,
        "r=" + rule, "r-=" + before + rule, "r+=" + rule + after, "rc=" + rule + c, "rs=" + rule + shape + next_shape,
        "k=" + known[i], "kr=" + known[i] + rule, "k-=" + (known[i - 1] if i else "<") + known[i],
        "e=" + ends[i], "e-=" + (ends[i - 1] if i else "<"), "ah=" + ahead, "ahr=" + ahead + rule,
        "p=" + ("0" if i == 0 else "1" if i < 4 else "z" if i == len(rules) - 1 else "m"),
    ]  # fmt: skip


def _neighbours(rules: list[str]) -> list[list[str]]:
    """For each token what the rules read before and behind its own span, and how far inside the span it is."""
    runs: list[tuple[str, int, int]] = []
    for i, label in enumerate(rules):
        if runs and not label.startswith("B-") and label[2:] == runs[-1][0]:
            runs[-1] = (runs[-1][0], runs[-1][1], i + 1)
        else:
            runs.append((label[2:], i, i + 1))
    kinds = ["<", *[kind for kind, _, _ in runs], ">"]
    found: list[list[str]] = []
    for n, (kind, begin, end) in enumerate(runs):
        sides = [f"n-={kinds[n]}|{kind}", f"n+={kind}|{kinds[n + 2]}", f"n3={kinds[n]}|{kind}|{kinds[n + 2]}"]
        seen = "".join(sorted({k[:1] + k[-1:] for k in kinds[: n + 1]}))
        for i in range(begin, end):
            inside = f"in={kind}{min(i - begin, 6)}/{min(end - i, 6)}"
            found.append([*sides, inside, f"in+={inside}{kinds[n + 2]}", f"seen={seen}{kind}"])
    return found


def _word(word: str) -> str:
    """A token as a feature: digits by their number, so that 118 and 312 are alike."""
    if word[0].isdigit() and word.isascii():
        return f"#{min(len(word), 6)}"
    return word.lower()[:6]


def _shape(word: str) -> str:
    c = word[0]
    if c.isdigit() and c.isascii():
        return f"9{min(len(word), 5)}"
    if c.isascii() and c.isalpha():
        return "a"
    if c in _CHINESE_DIGITS:
        return "n"
    if c in _DIRECTIONS:
        return "o"
    return "h" if c >= "\u3400" else c


def _divisions(text: str, starts: list[int], lexicon: Lexicon) -> list[str]:
    """For each token the division name that covers it: level, whole or short, place in the name."""
    found = ["-"] * len(starts)
    covered = 0
    for i, start in enumerate(starts):
        if start < covered:
            continue
        hits = lexicon.divisions_at(text, start)
        if not hits:
            continue
        end, entries = hits[0]
        levels = "".join(sorted({str(e.level) + ("w" if e.whole else "s") for e in entries}))
        for j in range(i, len(starts)):
            if starts[j] >= end:
                break
            found[j] = levels + ("B" if j == i else "I")
        covered = end
    return found


def _suffixes(text: str, starts: list[int]) -> list[str]:
    """For each token the generic term that ends with it."""
    at = {start: i for i, start in enumerate(starts)}
    found = ["-"] * len(starts)
    for m in SUFFIX.finditer(text):
        i = at.get(m.end() - 1)
        if i is not None:
            found[i] = m.lastgroup or "-"
    return found


def rule_labels(starts: list[int], elements: tuple[Element, ...]) -> list[str]:
    """What the rules say of each token: ``B-road``, ``I-road`` or ``O``."""
    found = ["O"] * len(starts)
    for e in elements:
        for i, start in enumerate(starts):
            if e.start <= start < e.end:
                found[i] = ("B-" if start == e.start or found[i - 1][2:] != e.type else "I-") + e.type
    return found
