"""What stands before a name: divisions the writer stated, polite words, and what nothing explains."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from gazetteer.address.index.namekeys import ALIAS, INNER, NUMBER
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.keys import fold, stem

NOISE = frozenset(
    ["地址", "住址", "收货地址", "收货", "联系地址", "联系", "送到", "送至", "送", "寄到", "寄往", "寄至", "寄", "位于", "坐落于", "坐落", "在", "住", "家住", "现住", "现住址", "户籍", "户籍地址", "通讯地址", "通信地址", "注册地址", "经营地址", "办公地址", "办公", "单位地址", "详细地址", "详细", "具体地址", "配送地址", "收件地址", "收件", "收件人", "收货人", "联系人", "收货人地址", "电话", "联系电话", "手机", "手机号", "身份证", "身份证号", "身份证号码", "请送到", "请送", "请寄到", "麻烦送到", "到", "的", "为", "是", "去", "地点", "位置", "于", "中国", "我家", "我在", "快递", "配送"]
)  # fmt: skip
_MARKS = frozenset(",()-# ")
_LONGEST = 12


@dataclass(slots=True, eq=False)
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
    shortened: int = field(init=False)
    """How many divisions were written without their kind."""
    renamed: tuple[Stated, ...] = field(init=False)
    """The divisions that were stated by another name."""

    def __post_init__(self) -> None:
        self.shortened = sum([not s.full for s in self.stated])
        self.renamed = tuple([s for s in self.stated if s.alias is not None])


_UNEXPLAINED = 1 << 10
"""What a character that nothing explains counts, against 1 for a piece: no text that is looked at has as many pieces."""
_UNREACHED = 1 << 60


class Contexts:
    """Reads prefixes against one index; the same prefix is read once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._heads = _lengths_of_words(index)
        # Kept small: what lives long is walked through by every full collection, which holds up one answer.
        self.read = lru_cache(maxsize=10_000)(self._read)
        self.starts = lru_cache(maxsize=10_000)(self._starts)
        self.word = lru_cache(maxsize=50_000)(self._word)

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
        size, heads = len(prefix), self._heads
        # For every place: what the way there counts, where its last piece begins, the division that piece is.
        costs, came = [0] + [_UNREACHED] * size, [0] * (size + 1)
        through: list[Stated | None] = [None] * (size + 1)
        for begin, one in enumerate(prefix):
            cost = costs[begin]
            # Nearly nowhere does a word begin: not even asking for words there is half of the time.
            if prefix[begin : begin + 2] in heads:
                for end, words, division in self._words(prefix, begin):
                    if cost + words < costs[end]:
                        costs[end], came[end], through[end] = cost + words, begin, division
            end = begin + 1
            passed = cost + 1 if one in _MARKS else cost + _UNEXPLAINED + 1
            if passed <= costs[end]:
                costs[end], came[end], through[end] = passed, begin, None
            if one in NOISE and cost + 1 < costs[end]:
                costs[end], came[end], through[end] = cost + 1, begin, None
        return _unwind(prefix, costs, came, through)

    def _words(self, prefix: str, begin: int) -> list[tuple[int, int, Stated | None]]:
        """Words of two characters or more that begin at a place: their end, what they count, their division."""
        found: list[tuple[int, int, Stated | None]] = []
        for length in self._heads.get(prefix[begin : begin + 2], ()):
            if (end := begin + length) > len(prefix):
                break
            text = prefix[begin:end]
            if text in NOISE:
                found.append((end, 1, None))
            elif division := self.word(text):
                found.append((end, 1 if division.full else 2, division))
        return found

    def may_state(self, text: str) -> bool:
        """Whether a text could name a division at all."""
        return not self._heads.keys().isdisjoint([text[i : i + 2] for i in range(len(text) - 1)])

    def _starts(self, before: str) -> tuple[int, ...]:
        """Where a road's name may begin: as ``beginnings``, but not inside a division written in full."""
        reach, inside = self._reach(before)
        return tuple(sorted(p for p in reach - inside if len(before) - p >= 2))

    def beginnings(self, before: str) -> tuple[int, ...]:
        """Where a name may begin: at the start, after a mark, after a division or a polite word."""
        return tuple(sorted(p for p in self._reach(before)[0] if len(before) - p >= 2))

    def _reach(self, before: str) -> tuple[set[int], set[int]]:
        reach, inside, heads, last = {0}, set[int](), self._heads, len(before) - 1
        for begin, one in enumerate(before):
            mark = one in _MARKS
            if mark:
                reach.add(begin + 1)
            if begin not in reach:
                continue
            if mark or one in NOISE:
                reach.add(begin + 1)
            if before[begin : begin + 2] not in heads:
                continue
            for end, _, division in self._words(before, begin):
                reach.add(end)
                if division and division.full and end < last:
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


def _unwind(prefix: str, costs: list[int], came: list[int], through: list[Stated | None]) -> Context:
    stated: list[Stated] = []
    left: list[str] = []
    end = len(prefix)
    while end:
        begin, division = came[end], through[end]
        if division is not None:
            stated.append(division)
        elif costs[end] - costs[begin] >= _UNEXPLAINED:
            left.append(prefix[begin:end])
        end = begin
    return Context(tuple(reversed(stated)), "".join(reversed(left)))
