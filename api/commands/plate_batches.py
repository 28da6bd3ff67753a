"""Commands for making and counting plates: plates batch|sheet|progress."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.output import Json, emit, tell

_ROLES = frozenset({"officer"})


def register(plates: typer.Typer) -> None:
    """Add the commands to the group of plates."""
    plates.command("batch")(batch)
    plates.command("sheet")(sheet)
    plates.command("progress")(progress)


def batch(
    maker: Annotated[str, typer.Argument(help="制作单位", metavar="制作单位")],
    town: Annotated[str, typer.Option(help="只要一个镇街（12 位代码）")] = "",
    road: Annotated[str, typer.Option(help="只要一条道路：编码或名称")] = "",
    as_json: Json = False,
) -> None:
    """把待制作的门牌组成一批，得到批次号。"""
    from api.readiness import need_register
    from gazetteer.plates import batches
    from geo.store.engine import act, session

    need_register(tell)
    with session(timeout_s=0) as db:
        act(db, actor="system", action="plate.make")
        made = batches.get(db, batches.make(db, maker, actor="system", roles=_ROLES, town=town, road=road))
    told = {"batch": made.code, "maker": made.maker, "plates": made.ordered}
    emit(told, as_json, [f"批次 {made.code}：{made.maker}，{made.ordered} 块。"])


def sheet(
    code: Annotated[str, typer.Argument(help="批次号，例如 ZP2026-0001", metavar="批次号")],
    out: Annotated[
        Path | None, typer.Option("-o", "--output", help="文件：.csv .xlsx 为清单，.pdf 为实际尺寸的牌面")
    ] = None,
    grid: Annotated[bool, typer.Option("--grid", help="PDF 拼版：并排、带裁切线")] = False,
    as_json: Json = False,
) -> None:
    """写出一批门牌的制作清单或制作图。"""
    from api.readiness import need_register
    from gazetteer.plates import batches, records
    from gazetteer.plates.face.grid import sheets_pdf
    from gazetteer.plates.face.layout import face_of
    from gazetteer.plates.face.pdf import pdf
    from gazetteer.plates.face.words import words_of
    from geo.files import write_table
    from geo.problems import BadInput
    from geo.store.engine import session

    need_register(tell)
    target = out or Path(f"{code}-制作清单.csv")
    kind = target.suffix.lower()
    if kind not in (".csv", ".xlsx", ".pdf"):
        raise BadInput(
            f"不能写成“{kind or target.name}”。", "文件名以 .csv、.xlsx 或 .pdf 结尾。", code="plate.sheet"
        )
    with session(timeout_s=0) as db:
        known = batches.get(db, code)
        if kind == ".pdf":
            drawn = [face_of(words) for words in words_of(db, records.codes(db, batch=code))]
            target.write_bytes(sheets_pdf(drawn, code) if grid else pdf(drawn))
        else:
            write_table(target, batches.sheet(db, code), layer="制作清单",
                        notice="示例数据，不得用于制作。" if known.made_up else None)  # fmt: skip
        count = records.count(db, batch=code)
    emit({"file": str(target), "batch": code, "plates": count}, as_json, [f"已写入 {target}，{count} 块。"])


def progress(
    by: Annotated[
        str, typer.Option(help="按什么统计：town 镇街、maker 制作单位、road 路线、installer 安装人")
    ] = "town",
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="哪一天日终的数，例如 2026-10-31；不填为今天"),
    ] = None,
    as_json: Json = False,
) -> None:
    """门牌制作和安装的进度；过去某一天的数以后再查仍然相同。"""
    from datetime import date

    from api.readiness import need_register
    from gazetteer.plates import progress as counted
    from geo.problems import BadInput
    from geo.store.engine import session

    need_register(tell)
    if by not in counted.TITLES:
        raise BadInput(f"不能按“{by}”统计。", f"可选：{'、'.join(counted.TITLES)}。", code="plate.by")
    on = day.date() if day else date.today()
    with session(timeout_s=0) as db:
        lines = counted.lines(db, by, on)
    whole = [*lines, counted.total(lines)]
    told: dict[str, Any] = {"day": on.isoformat(), "by": by, "rule": counted.RULE, "lines": [
        {"key": line.key, "name": line.name, **line.counts, "total": line.total, "share": round(line.share, 4)}
        for line in whole]}  # fmt: skip
    shown = [
        f"{line.name}：{line.total} 块，已安装 {line.counts['hung']}（{line.share:.1%}）" for line in whole
    ]
    emit(told, as_json, [f"{on:%Y年%m月%d日}日终，按{counted.TITLES[by]}：", *shown])
