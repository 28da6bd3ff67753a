"""What an application for a house number says (门牌申请), and the words of the trade."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

MACHINE: Final = "registration"
CLOCK: Final = "decide"
KINDS: Final = ("新编", "变更", "换发", "补发", "注销", "证明")
NEW_NUMBER: Final = frozenset({"新编", "变更"})
"""Kinds that give a number."""
WITH_ADDRESS: Final = frozenset({"变更", "换发", "补发", "注销", "证明"})
"""Kinds that are about an address of the register."""
HINTS: Final = {
    "新编": "还没有门牌的房屋编一个新号",
    "变更": "已有门牌改为另一个号，旧号指向新号",
    "换发": "号不变，旧牌换新牌",
    "补发": "号不变，遗失或损毁的牌补制",
    "注销": "房屋灭失或门封闭，号停用",
    "证明": "出具地名（地址）证明：几个地址指向同一不动产",
}
SIZES: Final = ("小门牌", "中门牌", "大门牌")


@dataclass(frozen=True, slots=True)
class Person:
    """Who applies. Personal data: shown at the desk only."""

    kind: str = "个人"
    name: str = ""
    id_number: str = ""
    phone: str = ""
    title_number: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """One application.

    Attributes:
        kind: 新编 变更 换发 补发 注销 证明.
        person: the applicant.
        channel: 窗口 网上 批量 接口.
        address: code of the address it is about (all but 新编).
        handle: code of road, natural village or estate (新编, 变更).
        number, sub, bld, unit, room: the number to be given.
        lon, lat: the entrance, CGCS2000 degrees.
        successor: 注销: code of the address that takes the place of the ended one.
        same_as: 证明: other wordings of the same property.
        use_reserved: 启用预留号, with its reason in ``note``.
        seconds: how long the form was open.
    """

    kind: str
    person: Person = Person()
    channel: str = "窗口"
    address: str = ""
    handle: str = ""
    number: str = ""
    sub: str = ""
    bld: str = ""
    unit: str = ""
    room: str = ""
    lon: float | None = None
    lat: float | None = None
    temporary: bool = False
    use_reserved: bool = False
    plate_size: str = "小门牌"
    postcode: str = ""
    former: str = ""
    successor: str = ""
    same_as: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    note: str = ""
    seconds: int | None = None

    def with_number(self, number: str, sub: str) -> Application:
        """The same application with another number."""
        return replace(self, number=number, sub=sub)


@dataclass(frozen=True, slots=True)
class Material:
    """One paper that may have to be shown."""

    key: str
    name: str
    kinds: frozenset[str]
    required: bool


@cache
def materials() -> tuple[Material, ...]:
    """Every material of the list that ships."""
    raw = (files("gazetteer.registration") / "materials.toml").read_text(encoding="utf-8")
    told = tomllib.loads(raw)["material"]
    return tuple(Material(m["key"], m["name"], frozenset(m["kinds"]), bool(m["required"])) for m in told)


def needed(kind: str) -> tuple[Material, ...]:
    """The materials that a kind asks for, the required ones first."""
    return tuple(sorted((m for m in materials() if kind in m.kinds), key=lambda m: not m.required))
