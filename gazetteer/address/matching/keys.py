"""Keys under which a name is found again: as written, by sound, with one character wrong, without its generic term.

A key is a 64-bit hash of a kind letter and a text, so that every kind lives in one sorted array.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from functools import lru_cache

from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from gazetteer.address.words.text import normalise

GENERICS = (
    "公路", "大道", "大街", "胡同", "大路", "老街", "新街", "支路", "支弄", "路", "街", "道", "巷", "弄", "里", "线", "坊", "径",
)  # fmt: skip
"""Generic terms of roads (通名), longest first."""
_READINGS_A_CHARACTER = 2
_VARIANTS_A_NAME = 6
_DROP = re.compile(r"[,\-()# ]+")


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """A name for comparison: simplified characters, half width, lower case, no spaces or punctuation."""
    return _DROP.sub("", normalise(name).clean).casefold()


def key64(kind: str, text: str) -> int:
    """The key of a kind (one letter) and a text; stable between machines and versions."""
    digest = hashlib.blake2b(f"{kind}{text}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


@lru_cache(maxsize=30_000)
def readings(char: str) -> tuple[str, ...]:
    """Toneless pinyin syllables of one character, the commonest first; the character itself when it has none."""
    return tuple(dict.fromkeys(map(without_tone, marked_readings(char)))) or (char,)


def marked_readings(char: str) -> list[str]:
    """Pinyin syllables of one character with their tones, the commonest first; none when it has none."""
    marked = PINYIN_DICT.get(ord(char))
    return marked.split(",") if marked else []


@lru_cache(maxsize=4096)
def without_tone(reading: str) -> str:
    """A syllable without its tone; there are some fourteen hundred with one."""
    return str(to_normal(reading, v_to_u=False))


def first_reading(char: str) -> str:
    """The commonest toneless syllable of a character."""
    return readings(char)[0]


def sounds(name: str) -> tuple[str, ...]:
    """Toneless pinyin of a name, polyphones (多音字) in at most six variants."""
    options = [readings(c)[:_READINGS_A_CHARACTER] for c in name]
    return tuple("'".join(p) for p in itertools.islice(itertools.product(*options), _VARIANTS_A_NAME))


_BLUR = (
    (re.compile("(?<![a-z])(z|c|s)h"), r"\1"),
    (re.compile("(?<=[aei])ng"), "n"),
    (re.compile("(?<![a-z])n"), "l"),
)


@lru_cache(maxsize=50_000)
def blur(sound: str) -> str:
    """A sound without the distinctions that southern speakers drop: zh/z, ch/c, sh/s, ng/n, n/l."""
    for pattern, replacement in _BLUR:
        sound = pattern.sub(replacement, sound)
    return sound


def deletions(name: str) -> set[str]:
    """The name with each single character left out: two names one error apart share one of these."""
    return {name[:i] + name[i + 1 :] for i in range(len(name))} if len(name) > 2 else set()


def core(name: str) -> str:
    """The specific term (专名) of a road: 横街 of 横街路; the name itself when nothing would be left."""
    for generic in GENERICS:
        if name.endswith(generic) and len(name) - len(generic) >= 2:
            return name[: -len(generic)]
    return name


_LEVELS = (
    "特别行政区", "自治区", "自治州", "自治县", "街道办事处", "街道", "地区", "新区", "矿区", "林区",
    "省", "市", "盟", "区", "县", "旗", "镇", "乡", "居委会", "村委会", "社区", "村",
)  # fmt: skip


def stem(division: str) -> str:
    """A division without its kind: 黄岩 of 黄岩区, 浦东 of 浦东新区; the name itself when one character would be left."""
    for suffix in _LEVELS:
        if division.endswith(suffix) and len(division) - len(suffix) >= 2:
            return division[: -len(suffix)]
    return division
