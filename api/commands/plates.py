"""Commands for door plates: plates issue|faces|verify|import; batch|sheet|progress stand beside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands import plate_batches
from api.commands.output import Json, emit, tell

plates = typer.Typer(
    help="门牌：申领、牌面、验签、存量导入、批次、制作清单、进度。",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the group."""
    plate_batches.register(plates)
    app.add_typer(plates, name="plates")


@plates.command("issue")
def issue(
    addresses: Annotated[list[str], typer.Argument(help="地址编码，可以给几个", metavar="地址编码")],
    kind: Annotated[str, typer.Option(help="门牌种类，如 小门牌；不给则按地址取常用的")] = "",
    reason: Annotated[str, typer.Option(help="事由：新编 变更 换发 补发")] = "新编",
    as_json: Json = False,
) -> None:
    """为地址申领门牌，得到门牌码。"""
    from api.readiness import need_register
    from gazetteer.plates.orders import order
    from geo.store.engine import act, session

    need_register(tell)
    with session() as db:
        act(db, actor="system", action="plate.order")
        made = {one: order(db, one, kind, reason, actor="system") for one in addresses}  # type: ignore[arg-type]
    emit(made, as_json, [f"{address} → {code}" for address, code in made.items()])


@plates.command("faces")
def faces(
    codes: Annotated[list[str], typer.Argument(help="门牌码，可以给几个", metavar="门牌码")],
    out: Annotated[Path, typer.Option("-o", "--output", help="PDF 文件；.svg 只能给一块门牌")] = Path(
        "门牌.pdf"
    ),
    as_json: Json = False,
) -> None:
    """画出牌面，按实际尺寸，一块一页。"""
    from api.readiness import need_register
    from gazetteer.plates.codes import read_code
    from gazetteer.plates.face.layout import face_of
    from gazetteer.plates.face.pdf import pdf
    from gazetteer.plates.face.svg import svg
    from gazetteer.plates.face.words import words_of
    from geo.problems import BadInput
    from geo.store.engine import session

    need_register(tell)
    with session() as db:
        drawn = [face_of(words) for words in words_of(db, [read_code(code) or code for code in codes])]
    if out.suffix.lower() == ".svg":
        if len(drawn) != 1:
            raise BadInput("SVG 文件只能放一块门牌。", "只给一个门牌码，或改用 .pdf。")
        out.write_text(svg(drawn[0]), encoding="utf-8")
    else:
        out.write_bytes(pdf(drawn))
    emit({"file": str(out), "plates": len(drawn)}, as_json, [f"已写入 {out}，{len(drawn)} 块。"])


@plates.command("verify")
def verify(
    scanned: Annotated[str, typer.Argument(help="二维码里的网址，或“门牌码 签名”", metavar="二维码内容")],
    as_json: Json = False,
) -> int:
    """离线核对二维码的签名：有效为 0，不符为 1。不需要数据库。"""
    from gazetteer.plates.payload import taken_apart
    from gazetteer.plates.signing import verify as signed

    typed, _, signature = scanned.strip().partition(" ")
    code, inside = taken_apart(typed)
    good = bool(code) and signed(code or "", inside or signature.strip())
    emit(
        {"code": code, "valid": good}, as_json, [f"门牌码 {code or '无'}：签名{'有效' if good else '不符'}。"]
    )
    return 0 if good else 1


@plates.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV 或 XLSX，有 地址编码 或 标准地址 一列", metavar="文件")],
    source: Annotated[str, typer.Option(help="数据来源，写进每块门牌")] = "",
    partial: Annotated[bool, typer.Option("--partial", help="有问题的行除外，其余照常入库")] = False,
    as_json: Json = False,
) -> int:
    """装入存量门牌清单；要么全部，要么全不（--partial 除外）。"""
    from dataclasses import asdict

    from api.readiness import need_register
    from gazetteer.plates.importing import import_plates
    from geo.store.engine import session

    need_register(tell)
    with session(timeout_s=0) as db:
        report = import_plates(db, file, actor="system", source=source, partial=partial)
    shown = [f"  {finding.sentence()}" for finding in report.findings[:20]]
    emit(asdict(report), as_json, [report.sentence(), *shown])
    return 3 if report.findings else 0
