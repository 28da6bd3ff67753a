"""The register form of a marker (界桩登记表), as it stands after the round."""

from __future__ import annotations

from sqlalchemy.orm import Session

from boundary.checks.grid import projected
from boundary.inspection import Inspection, of_marker
from boundary.papers.maps import marker_sketch, picture
from boundary.papers.photos import photo_blocks
from boundary.papers.words import degrees, metres, signed, turned
from boundary.parties import sides_of_marker
from boundary.register import Marker, lines, marker
from geo.documents import Block, Document, Facts, Heading, Note, Signatures, Table


def register_form(db: Session, code: str) -> Document:
    """The form of one marker: facts, coordinates, three reference objects, sketch, photos, places to sign; internal.

    Raises:
        NotFound: no marker in force has this code.
    """
    known = marker(db, code)
    newest = next(iter(of_marker(db, code)), None)
    note = "示例数据" if known.made_up else ""
    drawn = marker_sketch(known, lines(db, known.lines), note)
    sketched: list[Block] = [Heading("四、位置略图"), picture(drawn, "界桩位置略图")] if drawn else []
    pictures: list[Block] = (
        [Heading("附：照片"), *photo_blocks(db, newest, most=4)] if newest and newest.photos else []
    )
    blocks: list[Block] = [
        _facts(known, newest), Heading("一、坐标"), _position(known), Heading("二、方位物"), _objects(known),
        Heading("三、变更情况"), Facts([("变更历史", known.changes)], columns=1), *sketched,
        Signatures(signed(None, sides_of_marker(db, code))),
        Note("内部资料，含界桩精确坐标，请按规定保管。"), *pictures,
    ]  # fmt: skip
    return Document(f"{known.shown}界桩登记表", blocks, made_up=known.made_up)


def _facts(known: Marker, newest: Inspection | None) -> Facts:
    return Facts([
        ("界桩编号", known.number), ("界桩代码", known.code), ("界桩名称", known.name), ("界桩等级", known.level),
        ("界桩类型", known.type_text), ("界桩材质", known.material), ("所在界线", known.line_names),
        ("界桩状态", newest.reading.state if newest else known.state), ("托管单位", known.custodian),
        ("是否公开", "是" if known.is_public else "否"), ("位置说明", known.location),
    ])  # fmt: skip


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
