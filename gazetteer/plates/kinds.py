"""Kinds and sizes of plates (门牌种类与规格), as data with source and certainty; never constants in code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from geo.problems import BadInput

Band = Literal["street", "number", "postcode"]
_PROFILES: Final = files("gazetteer.plates") / "profiles"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of plate; lengths in millimetres, width before height.

    Attributes:
        size: the board itself.
        face: the printed field on it.
        qr: side of the QR symbol without its quiet zone.
        bands: share of the face's height for street, number and, on large plates, postcode.
        mark: a word that every plate of the kind shows (临时).
        certainty: S read in a source, L usual, G set here and to be confirmed.
    """

    name: str
    size: tuple[float, float]
    face: tuple[float, float]
    qr: float
    bands: Mapping[Band, int]
    source: str
    certainty: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a jurisdiction has set about its plates (规格与时限)."""

    name: str
    postcodes: Mapping[str, str]
    kinds: Mapping[str, Kind]
    repair_days: int
    repair_source: str
    check_rate: float
    check_source: str

    def postcode_of(self, county: str) -> str:
        """The postcode that plates of a county show; empty where none was set."""
        return self.postcodes.get(county[:6], "")

    def kind(self, name: str) -> Kind:
        """The kind with this name.

        Raises:
            BadInput: there is no such kind.
        """
        if name not in self.kinds:
            raise BadInput(
                f"没有“{name}”这种门牌。", f"可用的种类：{'、'.join(self.kinds)}。", code="plate.kind"
            )
        return self.kinds[name]


def profile(division: str = "", on: date | None = None) -> Profile:
    """The profile of a division in force on a day: its own file, else its city's, province's, the nation's."""
    wanted = on or date.today()
    for code in (division[:6], division[:4] + "00", division[:2] + "0000", "000000"):
        days = [day for known, day in _shipped() if known == code and day <= wanted.isoformat()]
        if days:
            return _read(f"{code}@{max(days)}")
    return _read("@".join(min(_shipped())))


def kind_for(handle_kind: str, *, bld: str = "", unit: str = "", room: str = "", number: str = "") -> str:
    """The usual kind for an address by what its last element is; the office may choose another."""
    if room:
        return "户牌"
    if unit:
        return "单元牌"
    if bld or number.endswith("幢"):
        return "楼牌"
    return "农村门牌" if handle_kind == "natvil" else "小门牌"


@cache
def _shipped() -> tuple[tuple[str, str], ...]:
    names = (
        entry.name.removesuffix(".toml") for entry in _PROFILES.iterdir() if entry.name.endswith(".toml")
    )
    return tuple((name.partition("@")[0], name.partition("@")[2]) for name in sorted(names))


@cache
def _read(name: str) -> Profile:
    given = tomllib.loads((_PROFILES / f"{name}.toml").read_text(encoding="utf-8"))
    kinds = {key: _kind(key, value) for key, value in given["kinds"].items()}
    repair, check = given["repair"], given["check"]
    return Profile(
        name, given["postcodes"], kinds, repair["days"], repair["source"], check["rate"], check["source"]
    )


def _kind(name: str, given: dict[str, Any]) -> Kind:
    (width, height), (face_width, face_height) = given["size"], given["face"]
    return Kind(name, (width, height), (face_width, face_height), given["qr"], given["bands"], given["source"],
                given["certainty"], given.get("mark", ""))  # fmt: skip
