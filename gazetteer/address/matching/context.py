"""What stands before a name: divisions the writer stated, polite words, and what nothing explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.address.index.namekeys import ALIAS, INNER, NUMBER
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.keys import fold, stem

NOISE = frozenset(
    ["地址", "住址", "收货地址", "收货", "联系地址", "联系", "送到", "送至", "送", "寄到", "寄往", "寄至", "寄", "位于", "坐落于", "坐落", "在", "住", "家住", "现住", "现住址", "户籍", "户籍地址", "通讯地址", "通信地址", "注册地址", "经营地址", "办公地址", "办公", "单位地址", "详细地址", "详细", "具体地址", "配送地址", "收件地址", "收件", "收件人", "收货人", "联系人", "收货人地址", "电话", "联系电话", "手机", "手机号", "身份证", "身份证号", "身份证号码", "请送到", "请送", "请寄到", "麻烦送到", "到", "的", "为", "是", "去", "地点", "位置", "于", "中国", "我家", "我在", "快递", "配送"]
)  # fmt: skip
_MARKS = frozenset(",()-# ")
_LONGEST = 12


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """A division that the text names: everything it may mean, and how it was written.

    Compared by identity: each word of an index is read once, and pairs with it are looked up often.
    """

    text: str
    options: tuple[int, ...]
    full: bool
    """True for 黄岩区, False for 黄岩 (which may also be the beginning of a name)."""
    alias: int | None = None


@dataclass(slots=True, eq=False)
class Context:
    """The reading of a prefix: divisions stated, characters that nothing explains. Shared, never changed."""

    stated: tuple[Stated, ...] = ()
    unexplained: str = ""

    @property
    def shortened(self) -> int:
        """How many divisions were written without their kind."""
        return sum(not s.full for s in self.stated)


Way = tuple[int, int, int, Stated | None]
"""How a place of a text is reached: characters unexplained so far, pieces, where the last piece begins, its division."""


class Contexts:
    """Reads prefixes against one index; the same prefix is read once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._heads = _lengths_of_words(index)
        self.read = lru_cache(maxsize=50_000)(self._read)
        self.starts = lru_cache(maxsize=50_000)(self._starts)
        self.word = lru_cache(maxsize=100_000)(self._word)

    def _word(self, text: str) -> Stated | None:
        """A piece of text as a division, or None."""
        found = self._index.find("v", text)
        if not found:
            return None
        full = tuple(t for t in found if t < INNER)
        # A county of old, kept with its last day, is said through what it became.
        if current := tuple(t for t in full if self._index.valid("div", t, None)):
            return Stated(text, current, True)
        if short := tuple(t & NUMBER for t in found if INNER <= t < ALIAS):
            return Stated(text, short, False)
        aliases = [t & NUMBER for t in found if t >= ALIAS]
        if not aliases:
            return Stated(text, full, True)
        whole = text[-1] in "省市区县旗镇乡道盟州村"
        return Stated(text, tuple(self._index.alias_target[a] for a in aliases), whole, aliases[0])

    def _read(self, prefix: str) -> Context:
        """The cheapest way to explain a prefix: fewest unexplained characters, then fewest pieces."""
        best: list[Way | None] = [(0, 0, 0, None)] + [None] * len(prefix)
        heads = self._heads
        for begin in range(len(prefix)):
            way = best[begin]
            assert way is not None  # noqa: S101 - every place is reached by one character at least
            cost, parts, _, _ = way
            # Nearly nowhere does a word begin: not even asking for words there is half of the time.
            words_here = self._words(prefix, begin) if prefix[begin : begin + 2] in heads else ()
            for end, words, division in words_here:
                known = best[end]
                if known is None or (cost, parts + words) < known[:2]:
                    best[end] = (cost, parts + words, begin, division)
            passed = (cost + (prefix[begin] not in _MARKS), parts + 1)
            known = best[begin + 1]
            if known is None or passed <= known[:2]:
                best[begin + 1] = (*passed, begin, None)
            if prefix[begin] in NOISE and (cost, parts + 1) < best[begin + 1][:2]:  # type: ignore[index]
                best[begin + 1] = (cost, parts + 1, begin, None)
        return _unwind(prefix, best)  # type: ignore[arg-type]

    def _words(self, prefix: str, begin: int) -> Iterator[tuple[int, int, Stated | None]]:
        """Words of two characters or more that begin at a place: their end, what they count, their division."""
        for length in self._heads.get(prefix[begin : begin + 2], ()):
            if (end := begin + length) > len(prefix):
                return
            text = prefix[begin:end]
            if text in NOISE:
                yield end, 1, None
            elif division := self.word(text):
                yield end, 1 if division.full else 2, division

    def may_state(self, text: str) -> bool:
        """Whether a text could name a division at all."""
        heads = self._heads
        return any(text[i : i + 2] in heads for i in range(len(text) - 1))

    def _starts(self, before: str) -> tuple[int, ...]:
        """Where a road's name may begin: as ``beginnings``, but not inside a division written in full."""
        reach, inside = self._reach(before)
        return tuple(sorted(p for p in reach - inside if len(before) - p >= 2))

    def beginnings(self, before: str) -> tuple[int, ...]:
        """Where a name may begin: at the start, after a mark, after a division or a polite word."""
        return tuple(sorted(p for p in self._reach(before)[0] if len(before) - p >= 2))

    def _reach(self, before: str) -> tuple[set[int], set[int]]:
        inside: set[int]
        reach, inside = {0}, set()
        for begin in range(len(before)):
            if begin not in reach and not (begin and before[begin - 1] in _MARKS):
                continue
            reach.add(begin)
            if before[begin] in _MARKS or before[begin] in NOISE:
                reach.add(begin + 1)
            for end, _, division in self._words(before, begin):
                reach.add(end)
                if division and division.full and end < len(before) - 1:
                    inside.update(range(begin, end))
        return reach, inside


def _lengths_of_words(index: Index) -> dict[str, tuple[int, ...]]:
    """How long the divisions, aliases and polite words are that begin with two characters: nothing else explains a text.

    Of a text, only pieces of these lengths are looked up: nearly all others would be in vain.
    """
    names = {fold(index.pool[n]) for n in index.div_name}
    names |= {fold(index.pool[index.alias_text[n]]) for n in index.aliases_of_divisions()}
    names |= {stem(name) for name in names}
    found: dict[str, set[int]] = {}
    for name in names | NOISE:
        if 2 <= len(name) <= _LONGEST:
            found.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(lengths)) for head, lengths in found.items()}


def _unwind(prefix: str, best: list[Way]) -> Context:
    stated: list[Stated] = []
    left: list[str] = []
    end = len(prefix)
    while end:
        begin, division = best[end][2], best[end][3]
        if division:
            stated.append(division)
        elif best[end][0] > best[begin][0]:
            left.append(prefix[begin:end])
        end = begin
    return Context(tuple(reversed(stated)), "".join(reversed(left)))
