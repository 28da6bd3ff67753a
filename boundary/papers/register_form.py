"""The register form of a marker (界桩登记表), as it stands after the round: the fields of the counties' marker systems."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.orm import Session

from boundary.checks.grid import projected
from boundary.forms import DEVICE, FURTHER
from boundary.inspection import Inspection, of_marker
from boundary.papers.maps import marker_sketch, picture
from boundary.papers.photos import photo_blocks
from boundary.papers.words import degrees, metres, turned
from boundary.parties import sides_of_marker
from boundary.register import Marker, lines, marker
from geo.cases import attachments
from geo.documents import Block, Document, Facts, Heading, Note, Signature, Signatures, Table

OWNER: Final = "marker"
"""``owner`` of the attachments of a marker's record."""


def register_form(db: Session, code: str) -> Document:
    """The form of one marker: facts, coordinates, three reference objects, sketch, photos, places to sign; internal.

    Raises:
        NotFound: no marker in force has this code.
    """
    known, sides = marker(db, code), sides_of_marker(db, code)
    newest = next(iter(of_marker(db, code)), None)
    blocks: list[Block] = [
        _facts(known, newest), Heading("一、坐标"), _position(known), Heading("二、方位物"), _objects(known),
        Heading("三、所在地和登记"), _registered(known, sides), *_device(known),
        Heading("四、变更情况和附件"),
        Facts([("变更历史", known.changes), ("附件", _files(db, code)), ("其他信息", _rest(known))], columns=1),
        *_sketched(db, known), Heading("六、签字"), Signatures(_technicians(sides)), Signatures(_surveyors(sides)),
        Note("内部资料，含界桩精确坐标，请按规定保管。"), *_pictures(db, newest),
    ]  # fmt: skip
    return Document(f"{known.shown}界桩登记表", blocks, made_up=known.made_up, seal=False)


def _facts(known: Marker, newest: Inspection | None) -> Facts:
    return Facts([
        ("界桩编号", known.number), ("界桩代码", known.code), ("界桩名称", known.name),
        ("空间数据标识码", known.spatial_id), ("界桩等级", known.level), ("界桩类型", known.type_text),
        ("界桩类型2", "物联网界桩" if known.networked else "非物联网界桩"), ("界桩材质", known.material),
        ("数据类型", known.data_type), ("所在界线", known.line_names), ("界线标志区划代码", known.sign_codes),
        ("是否公开", "是" if known.is_public else "否"),
        ("界桩状态", newest.reading.state if newest else known.state),
        ("是否托管", "是" if known.entrusted else "否"), ("托管单位", known.custodian), ("位置描述", known.location),
    ])  # fmt: skip


def _registered(known: Marker, sides: dict[str, str]) -> Table:
    """One row a side: 行政区, 所在地, 技术负责, 登记时间, as the form numbers them 1 to 3."""
    said, names = known.attributes, list(sides.values())
    rows = [
        (letter, _said(said, f"行政区{n}") or name, _said(said, f"所在地{n}"), _said(said, f"技术负责{n}"),
         _said(said, f"登记时间{n}"))
        for n, (letter, name) in enumerate(zip("ABC", names, strict=False), start=1)
    ]  # fmt: skip
    return Table(("方", "行政区", "所在地", "技术负责", "登记时间"), rows, widths=(0.4, 1.2, 2.4, 1.2, 1.4))


def _device(known: Marker) -> list[Block]:
    """What a networked marker reports by itself."""
    if not known.networked:
        return []
    return [Heading("物联网设备", 2), Facts([(name, _said(known.attributes, name)) for name in DEVICE])]


def _files(db: Session, code: str) -> str:
    return "；".join(one.name for one in attachments.of(db, OWNER, code))


def _rest(known: Marker) -> str:
    """What the register's file told beyond the form's own fields."""
    return "；".join(
        f"{name}：{value}" for name, value in known.attributes.items() if name not in FURTHER and value
    )


def _said(attributes: dict[str, Any], name: str) -> str:
    return str(attributes.get(name) or "")


def _sketched(db: Session, known: Marker) -> list[Block]:
    drawn = marker_sketch(known, lines(db, known.lines), "示例数据" if known.made_up else "内部资料")
    return [Heading("五、位置略图"), picture(drawn, "界桩位置略图")] if drawn else []


def _technicians(sides: dict[str, str]) -> list[Signature]:
    return [
        Signature(f"{letter} 方（{name}）技术人员")
        for letter, name in zip("ABC", sides.values(), strict=False)
    ]


def _surveyors(sides: dict[str, str]) -> list[Signature]:
    return [
        Signature(f"{letter} 方（{name}）勘界办人员")
        for letter, name in zip("ABC", sides.values(), strict=False)
    ]


def _pictures(db: Session, newest: Inspection | None) -> list[Block]:
    if newest is None or not newest.photos:
        return []
    return [Heading("附：照片"), *photo_blocks(db, newest, width_mm=100.0, most=4)]


def _position(known: Marker) -> Facts:
    north, east, grid = known.north, known.east, "CGCS2000"
    if (north is None or east is None) and known.point is not None:
        east, north = projected(known.point)
        grid = f"CGCS2000，3 度带，中央经线 {3 * round(known.point.x / 3)}°，由经纬度换算"
    return Facts([
        ("经度", degrees(known.lon)), ("纬度", degrees(known.lat)), ("纵坐标 X", metres(north, 3)),
        ("横坐标 Y", metres(east, 3)), ("高程", metres(known.height, 1)), ("坐标系", grid),
    ])  # fmt: skip


def _objects(known: Marker) -> Table:
    return Table(
        ("序号", "方位物名称", "坐标方位角", "距离"),
        [(f"{o.serial}", o.name, turned(o.azimuth), metres(o.distance)) for o in known.references],
        widths=(0.6, 2, 1.4, 1.4), numbers=frozenset({2, 3}),
    )  # fmt: skip
