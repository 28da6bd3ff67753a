"""Readings: of characters, of words that are read otherwise than their characters, of divisions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from gazetteer.base.making.files import read_csv, read_json

# Reading of a character in place names of this region where the general table gives only the common one.
_PLACE_READINGS = {"弄": "lòng", "台": "tái", "厦": "shà", "堡": "bǎo", "畲": "shē", "行": "háng", "埔": "pǔ"}


def plain(said: str) -> str:
    """Reading without tones; ü is kept as v: ``lǜ`` → ``lv``."""
    parts = unicodedata.normalize("NFD", said)
    kept = "".join(c for c in parts if c == "\u0308" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept).replace("ü", "v").replace("ê", "e")


class Reader:
    """Reads names aloud: stated readings of divisions first, then words, then single characters."""

    def __init__(self, source: Path) -> None:
        names = source / "names"
        self.characters = _characters(names)
        self.words = _words(names)
        self._stated = {
            (row["ext_id"], row["name"]): row["pinyin"]
            for row in read_csv(names / "ok_data_level4.csv")
            if row["pinyin"]
        }

    def say(self, name: str, code: str = "") -> str:
        """Toneless syllables of a name, parted by spaces; characters without a reading stay as they are."""
        stated = self._stated.get((code, name))
        if stated and len(stated.split()) == len(name):
            return stated.replace("ü", "v")
        return " ".join(plain(one) for one in self.marked(name))

    def marked(self, name: str) -> list[str]:
        """Syllables with tone marks, longest known word first."""
        said: list[str] = []
        at = 0
        while at < len(name):
            for end in range(min(len(name), at + 6), at + 1, -1):
                if name[at:end] in self.words:
                    said += self.words[name[at:end]]
                    at = end
                    break
            else:
                said.append(self.characters.get(name[at], (0, [name[at]]))[1][0])
                at += 1
        return said


def _characters(names: Path) -> dict[str, tuple[int, list[str]]]:
    """Level and readings of the standard characters; the file keeps the order of the official table."""
    several = read_json(names / "tongyong_pinyin.duo.json")
    found: dict[str, tuple[int, list[str]]] = {}
    for number, row in enumerate(read_csv(names / "tongyong_characters.csv"), start=1):
        char, usual = row["汉字"], row["拼音"]
        level = 1 if number <= 3500 else 2 if number <= 6500 else 3
        first = _PLACE_READINGS.get(char, usual)
        found[char] = (level, list(dict.fromkeys([first, usual, *several.get(char, [])])))
    return found


def _words(names: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in ("phrase_pinyin.txt", "phrase_overwrite.txt"):
        for line in (names / name).read_text(encoding="utf-8").splitlines():
            word, colon, said = line.split("#")[0].partition(":")
            if colon and len(said.split()) == len(word.strip()):
                found[word.strip()] = said.split()
    return found


def place_words(reader: Reader, division_names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Words worth keeping: parts of division names or short words ending in a generic term, read unlike their
    characters."""
    pieces = {
        name[i:j] for name in division_names for i in range(len(name)) for j in range(i + 2, len(name) + 1)
    }
    for word, said in sorted(reader.words.items()):
        if word in pieces or (
            len(word) <= 4 and word[-1] in "路街巷弄道村镇乡县市区山江河湖桥岛湾港寺庙塘溪洞沟坝岭"
        ):
            alone = [reader.characters.get(char, (0, [""]))[1][0] for char in word]
            if alone != said:
                yield word, " ".join(said)
