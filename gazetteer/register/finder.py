"""Find the divisions that a file names: province, city, county, township, village, by name or by code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

_BODY = re.compile(r"(?:社区)?(?:居民委员会|村民委员会|居委会|村委会)$")
_TOWN = re.compile(r"(?:街道|镇|乡)$")
_VILLAGE = re.compile(r"(?:村|社区)$")
_CODE = re.compile(r"(?:\d{6}|\d{9}|\d{12})$")

_TOWNS = text("""
    SELECT rpad(left(code, 6), 12, '0') AS county,
           bool_or(EXISTS (SELECT FROM register.address a WHERE a.county = rpad(left(d.code, 6), 12, '0'))) AS held
    FROM register.division d
    WHERE level = 4 AND valid_to IS NULL AND (name = :town OR short = :town)
    GROUP BY 1
""")


@dataclass(frozen=True, slots=True)
class Located:
    """The divisions of one row: codes and names, from county to village; empty where the row names none."""

    county: str = ""
    town: str = ""
    comm: str = ""
    county_name: str = ""
    town_name: str = ""
    comm_name: str = ""

    @property
    def smallest(self) -> str:
        """Code of the smallest division named."""
        return self.comm or self.town or self.county


class Unknown(LookupError):  # noqa: N818 - said, not raised to the caller of the import
    """A division that a row names is not in the register; ``field`` says at which level."""

    def __init__(self, field: str, evidence: str) -> None:
        super().__init__(evidence)
        self.field = field
        self.evidence = evidence


def _depth(code: str) -> int:
    """How far down a division lies: 0 province, 1 city, 2 county."""
    return 2 if code[4:6] != "00" else 1 if code[2:4] != "00" else 0


def plain_village(name: str) -> str:
    """A village's name without the committee that governs it: 百花社区居委会 -> 百花社区, 塔山村委会 -> 塔山村."""
    cut = _BODY.sub("", name)
    if cut == name:
        return name
    if "社区" in name and not cut.endswith("社区"):
        return cut + "社区"
    if name[len(cut)] == "村" and not (cut.endswith("村") and len(cut) > 2):
        return cut + "村"
    return cut or name


def _village_forms(name: str) -> set[str]:
    """What a village is called: 墙洋村村委会 governs 墙洋村, and some lists say 墙洋村村."""
    cut = _BODY.sub("", name)
    return (
        {plain_village(name), cut + "村"} if cut != name and name[len(cut)] == "村" else {plain_village(name)}
    )


class DivisionFinder:
    """Looks divisions up in a snapshot of the register; counties of the nation are read at once, villages on demand."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[str, str] = {}
        self._parent: dict[str, str] = {}
        self._counties: dict[str, list[str]] = defaultdict(list)
        self._below: dict[str, dict[str, list[str]]] = {}
        self._alone: dict[tuple[str, str], tuple[str, str]] = {}
        self._known: dict[tuple[str, ...], Located | Unknown] = {}
        for code, name, short, _, parent in self._rows("level <= 3", ""):
            self._remember(code, name, parent)
            for said in {name, short} - {""}:
                self._counties[said].append(code)

    def locate(self, prov: str, city: str, county: str, town: str, comm: str) -> Located:
        """The divisions meant; each may be a name, a short name or a code of 6, 9 or 12 digits.

        Raises:
            Unknown: one of them is not in the register or means several.
        """
        key = (prov, city, county, town, comm)
        found = self._known.get(key)
        if found is None:
            try:
                found = self._locate(*key)
            except Unknown as unknown:
                found = unknown
            self._known[key] = found
        if isinstance(found, Unknown):
            raise found
        return found

    def at(self, code: str) -> Located:
        """The divisions of a code of 6, 9 or 12 digits.

        Raises:
            Unknown: no such code in force.
        """
        whole = code.ljust(12, "0")
        county, town = whole[:6].ljust(12, "0"), whole[:9].ljust(12, "0")
        return self.locate("", "", county, town if town != county else "", whole if whole != town else "")

    def name_of(self, code: str) -> str:
        """Name of a division that was met."""
        return self._names.get(code, code)

    def county_of_town(self, prov: str, town: str) -> tuple[str, str]:
        """Code of the only county that a township's name can mean, and why; empty where it may be several.

        A name that stands once in the nation means that one; else the one in a county whose addresses the register
        holds already, if that is only one.
        """
        key = (prov, town)
        if key not in self._alone:
            self._alone[key] = self._only_county(prov, town)
        return self._alone[key]

    def _only_county(self, prov: str, town: str) -> tuple[str, str]:
        if _CODE.match(town):
            return "", ""
        found = [(r.county, r.held) for r in self._session.execute(_TOWNS, {"town": town})]
        agreed = [(county, held) for county, held in found if self._agrees(county, prov)]
        if len(agreed) == 1:
            return agreed[0][0], f"全国只有一个“{town}”"
        home = [county for county, held in agreed if held]
        return (home[0], f"已有地址的区县里只有一个“{town}”") if len(home) == 1 else ("", "")

    def named_in(self, address: str) -> tuple[str, str, str, str, str] | None:
        """Province, city, county, township and village that an address begins with; None if it names no county."""
        said: list[str] = []
        rest = address
        while len(said) < 3 and (name := self._longest(rest, self._counties)):
            said.append(name)
            rest = rest[len(name) :]
        if not said:
            return None
        above = ["", "", *said][-3:]
        try:
            county = self.locate(above[0], above[1], above[2], "", "").county
        except Unknown:
            return above[0], above[1], above[2], "", ""
        town, comm = self.named_below(county, rest)
        return above[0], above[1], above[2], town, comm

    def named_below(self, county: str, rest: str) -> tuple[str, str]:
        """Township and village, by their whole names, that the rest of an address begins with."""
        below = self._children(county)
        town = self._longest(rest, below, _TOWN)
        comm = self._longest(rest[len(town) :], below, _VILLAGE)
        return town, comm

    @staticmethod
    def _longest(rest: str, known: Mapping[str, object], ending: re.Pattern[str] | None = None) -> str:
        for end in range(min(len(rest), 15), 1, -1):
            name = rest[:end]
            if name in known and (ending is None or ending.search(name)):
                return name
        return ""

    def _locate(self, prov: str, city: str, county: str, town: str, comm: str) -> Located:
        at_county = self._county(prov, city, county or self._county_code_of(town, comm) or city)
        at_town = self._inside(at_county, town, "town") if town else ""
        at_comm = self._inside(at_town or at_county, comm, "comm") if comm else ""
        if at_comm and not at_town:
            at_town = self._parent.get(at_comm, "")
        name = self._names.get
        return Located(
            at_county,
            at_town,
            at_comm,
            name(at_county, ""),
            name(at_town, ""),
            plain_village(name(at_comm, "")),
        )

    @staticmethod
    def _county_code_of(town: str, comm: str) -> str:
        return next((said[:6] for said in (town, comm) if _CODE.match(said)), "")

    def _county(self, prov: str, city: str, county: str) -> str:
        if not county:
            raise Unknown("county", "没有写区县")
        if _CODE.match(county):
            if (code := county.ljust(12, "0")) in self._names:
                return code
            raise Unknown("county", f"登记册里没有区划代码 {county}")
        found = [c for c in self._counties.get(county, []) if self._agrees(c, prov) and self._agrees(c, city)]
        # A county wins over a city of its name (吉林市), a city over a province: doors stand in the smallest.
        deepest = max(map(_depth, found), default=0)
        narrow = [c for c in found if _depth(c) == deepest]
        if len(set(narrow)) == 1:
            return narrow[0]
        if not narrow:
            raise Unknown("county", f"登记册里没有“{prov}{city if city != county else ''}{county}”")
        raise Unknown("county", f"“{county}”在全国有 {len(set(narrow))} 处，文件没有写明省市")

    def _agrees(self, code: str, above: str) -> bool:
        if not above:
            return True
        while code:
            name = self._names.get(code, "")
            if name == above or (name and name[:-1] == above) or code.startswith(above):
                return True
            code = self._parent.get(code, "")
        return False

    def _inside(self, parent: str, said: str, field: str) -> str:
        below = self._children(parent)
        if _CODE.match(said):
            found = below.get(said.ljust(12, "0"), [])
        else:
            found = below.get(said) or below.get(plain_village(said)) or []
        if len(found) == 1:
            return found[0]
        where = self._names.get(parent, parent)
        if not found:
            raise Unknown(field, f"{where}没有“{said}”")
        raise Unknown(field, f"{where}有 {len(found)} 个“{said}”")

    def _children(self, parent: str) -> dict[str, list[str]]:
        """Everything below a division by every name it answers to; townships win over villages of their name."""
        if parent in self._below:
            return self._below[parent]
        digits = parent.rstrip("0") if parent.endswith("000000") else parent[:9]
        prefix = parent[: 6 if parent.endswith("000000") else 9] if digits else ""
        levels: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for code, name, short, level, above in self._rows("level >= 4 AND code LIKE :prefix", f"{prefix}%"):
            self._remember(code, name, above)
            for said in {name, short, code, *_village_forms(name)} - {""}:
                levels[said].append((level, code))
        best = {
            said: [code for level, code in found if level == min(found)[0]] for said, found in levels.items()
        }
        self._below[parent] = best
        return best

    def _remember(self, code: str, name: str, parent: str | None) -> None:
        self._names[code] = name
        self._parent[code] = parent or ""

    def _rows(self, where: str, prefix: str) -> list[tuple[str, str, str, int, str | None]]:
        # ``where`` is one of two fixed texts of this module, never input.
        query = text(
            f"SELECT code, name, short, level, parent FROM register.division "  # noqa: S608
            f"WHERE {where} AND valid_to IS NULL"
        )
        rows = self._session.execute(query, {"prefix": prefix} if prefix else {})
        return [(r.code, r.name, r.short, r.level, r.parent) for r in rows]
