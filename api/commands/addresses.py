"""Commands for addresses: parse, geocode, reverse, train."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.output import Json, emit, progress, say

if TYPE_CHECKING:
    from geo.files import Table

Column = Annotated[str | None, typer.Option("--column", help="地址所在的列；不给时按列名识别")]
Datum = Annotated[str, typer.Option("--datum", help="输出坐标：wgs84、cgcs2000、gcj02、bd09 或 EPSG 代码")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("parse")(parse)
    app.command("geocode")(geocode)
    app.command("reverse")(reverse)
    app.command("train")(train)


def parse(
    file: Annotated[Path, typer.Argument(help="输入文件；- 为标准输入（CSV）")],
    output: Annotated[str, typer.Option("-o", "--output", help="输出 .jsonl；- 为标准输出")] = "-",
    column: Column = None,
    as_json: Json = False,
) -> None:
    """把每行地址拆成要素，指出不规范之处；每行输出一个 JSON。"""
    from api.commands.address_files import address_column, read_rows
    from api.commands.address_lines import write_parsed

    table = read_rows(file)
    texts = table.column(address_column(table, column))
    with progress("解析", len(texts)) as advance:
        defects = write_parsed(texts, output, advance)
    doubts = _tell_lost(table)
    summary = {"rows": len(texts), "with_defects": defects}
    if output != "-":
        emit(summary, as_json, [f"已解析 {len(texts)} 行，其中 {defects} 行有不规范之处，写入 {output}。"])
    if doubts:
        raise typer.Exit(3)


def geocode(
    file: Annotated[Path, typer.Argument(help="输入文件；- 为标准输入（CSV）")],
    output: Annotated[str, typer.Option("-o", "--output", help="输出文件，格式按扩展名；- 为标准输出")] = "-",
    column: Column = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按某日的登记状态查，如 2020-01-31")] = None,
    workers: Annotated[int, typer.Option("--workers", help="进程数；0 为每个核一个", min=0, max=256)] = 1,
    engine: Annotated[str, typer.Option("--engine", help="local 或 dask")] = "local",
    datum: Datum = "wgs84",
    index: Annotated[Path | None, typer.Option("--index", help="地址索引文件；不给时用登记的索引")] = None,
    as_json: Json = False,
) -> None:
    """把地址规范化并定位：原有的行和列照原样输出，后面加上结果。"""
    from api.commands.address_files import (
        added_columns,
        address_column,
        day,
        engine_of,
        index_file,
        journal_of,
        read_rows,
    )
    from gazetteer.address.answering.batch import geocode_rows
    from geo.files import write_table

    run, day_of, journal = engine_of(engine), day(as_of), journal_of(output)
    table = read_rows(file)
    texts = table.column(address_column(table, column))
    with journal as kept, _telling_how_to_go_on(kept):
        with progress("匹配", len(texts)) as advance:
            found = geocode_rows(
                index_file(index), texts, run, as_of=day_of, workers=workers, advance=advance, kept=kept
            )
        write_table(output, added_columns(table, found, datum))
        if kept:
            kept.finish()
    resumed = kept.resumed if kept else 0
    if resumed:
        say(f"接着上次中断处做完：上次已有 {resumed} 种写法的结果，没有重做。")
    doubts = _tell_lost(table)
    counts = {s: sum(o.status == s for o in found) for s in ("auto", "review", "none")}
    if output != "-":
        line = f"共 {len(found)} 行：可直接采用 {counts['auto']}，需人工核对 {counts['review']}，未找到 {counts['none']}。"
        emit({"rows": len(found), **counts, "resumed": resumed, "output": output}, as_json, [line])
    if doubts:
        raise typer.Exit(3)


def reverse(
    file: Annotated[Path, typer.Argument(help="输入文件；- 为标准输入（CSV）")],
    output: Annotated[str, typer.Option("-o", "--output", help="输出文件；- 为标准输出")] = "-",
    lon: Annotated[str | None, typer.Option("--lon", help="经度所在的列")] = None,
    lat: Annotated[str | None, typer.Option("--lat", help="纬度所在的列")] = None,
    datum: Annotated[
        str, typer.Option("--datum", help="输入坐标：wgs84、cgcs2000、gcj02、bd09 或 EPSG 代码")
    ] = "wgs84",
    index: Annotated[Path | None, typer.Option("--index", help="地址索引文件；不给时用登记的索引")] = None,
    as_json: Json = False,
) -> None:
    """每个坐标最近的地址、道路、村社和区划。"""
    from api.commands.address_files import index_file, nearby_columns, read_rows
    from geo.files import write_table

    table = read_rows(file)
    columns, findings = nearby_columns(table, index_file(index), lon, lat, datum)
    write_table(output, columns)
    doubts = _tell_lost(table)
    for finding in findings[:20]:
        say(finding.sentence())
    found = sum(bool(a) for a in columns["nearest_address"])
    if output != "-":
        emit(
            {"rows": len(table), "found": found, "refused": len(findings)}, as_json,
            [f"共 {len(table)} 行，{found} 行附近有登记的地址，{len(findings)} 行坐标无效。"],
        )  # fmt: skip
    if findings or doubts:
        raise typer.Exit(3)


@contextmanager
def _telling_how_to_go_on(kept: object) -> Iterator[None]:
    """Say to who pressed Ctrl-C that what is done is kept."""
    try:
        yield
    except KeyboardInterrupt:
        if kept:
            say("已做完的部分已保存，用同一命令再执行一次，会接着做。")
        raise


def _tell_lost(table: Table) -> bool:
    """Say what of the input does not come out as it went in; whether a row was concerned."""
    from api.commands.address_rows import lost

    found = lost(table)
    for finding in found[:20]:
        say(finding.sentence())
    if len(found) > 20:
        say(f"……还有 {len(found) - 20} 条")
    return any(finding.severity == "block" for finding in found)


def train(
    file: Annotated[Path, typer.Argument(help="已标注或已核实的地址，JSON Lines")],
    as_json: Json = False,
) -> None:
    """用本单位已核实的地址训练解析器的统计部分；模型与索引放在一起，不进程序包。"""
    from gazetteer.address.answering.engine import trained_model
    from gazetteer.address.training.train import train as fit_model
    from geo.settings import settings

    model = trained_model(settings().index_path)
    model.parent.mkdir(parents=True, exist_ok=True)
    made = fit_model(file, model)
    emit(
        {"model": str(made.path), "f1": made.f1, "rules_f1": made.rules_f1}, as_json,
        [f"已训练，模型写入 {made.path}。", f"留出部分的 F1：训练前 {made.rules_f1:.3f}，训练后 {made.f1:.3f}。"],
    )  # fmt: skip
