"""The words on a plate (牌面文字), read from the registered address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.naming.reading import bare
from gazetteer.naming.romanise import romanise
from gazetteer.plates.kinds import Kind, profile
from geo.problems import NotFound

_SPLIT: Final = re.compile(r"^(.*?[0-9A-Za-z])(号|幢|单元|室|弄|栋|座)?(-\d+)?$")
_CATEGORY: Final = {"road": "E", "natvil": "C", "estate": "F"}
_ROWS = text("""
    SELECT p.code, p.kind, p.made_up, a.county, a.handle_kind, a.handle_name, a.estate_name,
           register.number_text(a.number, a.sub) AS number, register.inside_text(a.bld, '', '', '') AS bld,
           register.inside_text('', a.unit, '', '') AS unit, register.inside_text('', '', a.floor, a.room) AS room,
           a.standard_address, t.name AS town, coalesce(nullif(r.pinyin, ''), nullif(v.pinyin, ''), '') AS pinyin
    FROM register.plate p JOIN register.address a ON a.code = p.address
    LEFT JOIN register.division t ON t.code = a.town
    LEFT JOIN register.road r ON r.code = a.road AND a.handle_kind = 'road'
    LEFT JOIN register.place v ON v.code = CASE a.handle_kind WHEN 'natvil' THEN a.natvil WHEN 'estate' THEN a.estate END
    WHERE p.code = ANY (:codes)
""")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on one plate.

    Attributes:
        street: the smaller line: road, village, or estate and building.
        number: the large characters without their word.
        unit: the word behind the number: 号, 幢, 单元, 室; with a sub-number behind it (号-2).
        pinyin: the street in letters without tones; empty where there is nothing to spell.
        postcode: for kinds that have the band.
        mark: a word the kind asks for (临时).
        code: the plate's code.
        made_up: whether the address is sample data (示例数据).
    """

    code: str
    kind: Kind
    street: str
    number: str
    unit: str
    pinyin: str
    postcode: str
    mark: str
    made_up: bool
    standard_address: str


def words_of(db: Session, codes: Sequence[str]) -> list[Words]:
    """The words of these plates, in the order asked for.

    Raises:
        NotFound: one of them is not a plate.
    """
    found = {row["code"]: _words(dict(row)) for row in db.execute(_ROWS, {"codes": list(codes)}).mappings()}
    missing = [code for code in codes if code not in found]
    if missing:
        raise NotFound(f"没有门牌 {missing[0]}。", "请核对门牌码。", code="no-such-plate")
    return [found[code] for code in codes]


def _words(row: dict[str, Any]) -> Words:
    rules = profile(row["county"])
    kind = rules.kind(row["kind"])
    street, large = _lines(row)
    match = _SPLIT.match(large)
    number, unit = (match[1], (match[2] or "") + (match[3] or "")) if match else (large, "")
    return Words(row["code"], kind, street, number, unit, _pinyin(row), rules.postcode_of(row["county"]), kind.mark,
                 row["made_up"], row["standard_address"])  # fmt: skip


def _lines(row: dict[str, Any]) -> tuple[str, str]:
    """The small line and the large one: the last element of the address is what the plate is for."""
    # An estate that also stands as the handle is said once.
    name = row["handle_name"] or row["estate_name"]
    parts = [name, row["number"], row["bld"], row["unit"], row["room"]]
    said = [part for part in parts if part]
    return ("".join(said[:-1]), said[-1]) if len(said) > 1 else ("", said[0])


def _pinyin(row: dict[str, Any]) -> str:
    name = row["handle_name"] or row["estate_name"]
    if not any("\u4e00" <= char <= "\u9fff" for char in name):
        return ""
    # Signs may leave tones out (1984 rule); a confirmed spelling of the register goes before a computed one.
    said = bare(row["pinyin"]) or romanise(name, _CATEGORY.get(row["handle_kind"], "E")).plain
    return as_one_word(said) if row["handle_kind"] == "natvil" else said


def as_one_word(said: str) -> str:
    """A natural village's name as one word (1984 rule 3): Luo Tan is Luotan, Xi An is Xi'an."""
    first, *rest = said.split()
    return first + "".join(f"'{word.lower()}" if word[0] in "AOEaoe" else word.lower() for word in rest)
