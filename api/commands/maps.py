"""Commands for maps: tiles export, tiles package, map NAME FILE, paper KIND DIVISION FILE."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import Json, emit, steps, tell

tiles = typer.Typer(help="地图：导出全区瓦片和公开图层。", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the group and the command."""
    app.add_typer(tiles, name="tiles")
    app.command("map")(take_away)
    app.command("paper")(paper)


@tiles.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="写到哪里，如 全区.pmtiles", metavar="文件")],
    layers: Annotated[str, typer.Option(help="图层，用逗号隔开")] = "base,places,meals,cemeteries,boundaries",
    zoom: Annotated[int, typer.Option(help="最深级别，6 到 17；每深一级约大三倍")] = 15,
    as_json: Json = False,
) -> None:
    """把全区的矢量瓦片写成一个 PMTiles 文件，离线也能看。"""
    from api.readiness import need_register
    from api.surroundings import of_data
    from geo.store.engine import session
    from tiles.archive import write_archive

    need_register(tell)
    around = of_data()
    said = " · ".join(filter(None, (f"{around.district}地名地址", around.updated, around.review_number,
                                    "示例数据" if around.made_up else "")))  # fmt: skip
    names = [name.strip() for name in layers.split(",") if name.strip()]
    with steps() as progress, session(timeout_s=0) as db:
        made = write_archive(db, file, names, deepest=zoom, attribution=said,
                             progress=lambda done, total: progress("画瓦片", done, total))  # fmt: skip
    told = {"file": str(file), "tiles": made.tiles, "bytes": made.size_bytes, "zooms": made.zooms}
    emit(told, as_json, [f"已写入 {file}：{made.tiles} 块瓦片，{made.size_bytes / 1e6:.1f} MB。"])


@tiles.command("package")
def package(
    file: Annotated[Path, typer.Argument(help="写到哪里，如 公开图层.gpkg", metavar="文件")],
    as_json: Json = False,
) -> None:
    """把所有公开图层写成一个 GeoPackage。"""
    from api.readiness import need_register
    from geo.store.engine import session
    from tiles.published import write_package

    need_register(tell)
    with session(timeout_s=0) as db:
        rows = write_package(db, file)
    emit(rows, as_json, [f"已写入 {file}。", *(f"  {layer}：{count}" for layer, count in rows.items())])


def take_away(
    name: Annotated[
        str,
        typer.Argument(help="meals 助餐 cemeteries 公墓 inspection 联检 naming 道路名称排查", metavar="地图"),
    ],
    file: Annotated[Path, typer.Argument(help="写到哪里，如 助餐点.html", metavar="文件")],
    as_json: Json = False,
) -> None:
    """画一张带走的地图：一个 HTML 文件，不联网也能打开。界桩位置取整。"""
    from api.desks.maps.sheets import sheet
    from api.readiness import need_register
    from api.security.caller import NOBODY
    from geo.store.engine import session

    need_register(tell)
    with session() as db:
        title, html = sheet(db, name, NOBODY)
    file.write_text(html, encoding="utf-8")
    emit(
        {"file": str(file), "title": title, "bytes": len(html.encode())},
        as_json,
        [f"已写入 {file}：{title}。"],
    )


def paper(
    kind: Annotated[
        str, typer.Argument(help="district 行政区划图 town 镇街地图 roads 路名图", metavar="图种")
    ],
    division: Annotated[str, typer.Argument(help="12 位区划代码，如 331003001000", metavar="区划")],
    file: Annotated[Path, typer.Argument(help="写到哪里，如 路名图.pdf", metavar="文件")],
    size: Annotated[str, typer.Option(help="A4、A3、A2、A1、A0")] = "A3",
    scale: Annotated[int, typer.Option(help="比例尺分母；0 为自动")] = 0,
    public: Annotated[bool, typer.Option(help="公开发布；没有审图号时拒绝")] = False,
    as_json: Json = False,
) -> None:
    """画一张印制图纸：矢量 PDF，真实比例尺，带索引格和地名索引。"""
    from api.desks.maps.papers import drawn_sheet
    from api.readiness import need_register
    from geo.store.engine import session
    from tiles.paper import pdf

    need_register(tell)
    with session(timeout_s=0) as db:
        drawn = drawn_sheet(db, kind, division, size, scale=scale or None, public=public)
    file.write_bytes(pdf(drawn))
    told = {"file": str(file), "title": drawn.title, "scale": drawn.scale, "names": len(drawn.names)}
    emit(
        told,
        as_json,
        [f"已写入 {file}：{drawn.title}，{size}，1:{drawn.scale:,}，索引 {len(drawn.entries)} 条。"],
    )
