"""Commands for the register: import, export, index build|info, sample make|load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.output import Json, emit, say, steps, tell
from geo.problems import BadInput

index = typer.Typer(help="地址索引：建立、查看。", no_args_is_help=True, rich_markup_mode=None)
sample = typer.Typer(help="示例区：生成文件、装入登记册。", no_args_is_help=True, rich_markup_mode=None)

KindName = Annotated[
    str,
    typer.Argument(
        help="divisions places roads addresses facilities aliases boundaries markers", metavar="种类"
    ),
]
Datum = Annotated[str | None, typer.Option(help="坐标系：wgs84 cgcs2000 gcj02 bd09，或 EPSG 代码")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_)
    app.command("export")(export)
    app.add_typer(index, name="index")
    app.add_typer(sample, name="sample")


def import_(
    kind: KindName,
    file: Annotated[Path, typer.Argument(help="CSV、XLSX、GeoJSON、GPKG、SHP；- 为标准输入", metavar="文件")],
    datum: Datum = None,
    column: Annotated[list[str] | None, typer.Option("--map", help="字段=列名，可以给几个")] = None,
    constant: Annotated[
        list[str] | None,
        typer.Option("--set", help="字段=值，用于没有写这一项的行，如 county=黄岩区；可以给几个"),
    ] = None,
    source: Annotated[str, typer.Option(help="数据来源，写进每一行")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
    partial: Annotated[bool, typer.Option("--partial", help="有问题的行除外，其余照常入库")] = False,
    trust_datum: Annotated[
        bool, typer.Option("--trust-datum", help="文件名或列名说的是另一种坐标系时，确认以 --datum 为准")
    ] = False,
    as_json: Json = False,
) -> int:
    """把文件装入登记册；要么全部，要么全不（--partial 除外）。"""
    from api.readiness import need_register
    from boundary.importing import import_file

    need_register(tell)
    with steps() as moved:
        report = import_file(
            kind, file, datum=datum, mapping=_pairs("--map", column or [], "number=门牌号"),
            constants=_pairs("--set", constant or [], "county=黄岩区"), source=source, dry_run=dry_run,
            partial=partial, actor="system", trust_datum=trust_datum, progress=moved,
        )  # fmt: skip
    lines = [
        f"格式 {report.format}{'，编码 ' + report.encoding if report.encoding else ''}",
        report.sentence(),
    ]
    if report.columns:
        lines.insert(1, "列：" + "、".join(f"{field}←{head}" for field, head in report.columns.items()))
    shown = [f for f in report.findings if f.severity != "inform"]
    lines += [f"  {finding.sentence()}" for finding in shown[:20]]
    if len(shown) > 20:
        lines.append(f"  ……还有 {len(shown) - 20} 条")
    if report.refused_file:
        lines.append(f"被拒绝的行在 {report.refused_file}")
    if report.written:
        lines.append("地址索引会在下一次查询前自动更新；想现在更新，请执行 diming index build。")
    emit(report.as_json(), as_json, lines)
    return report.exit_code


def export(
    kind: KindName,
    file: Annotated[Path, typer.Argument(help="CSV、XLSX、GeoJSON、GPKG、SHP；- 为标准输出", metavar="文件")],
    datum: Annotated[str, typer.Option(help="坐标系：wgs84 cgcs2000 gcj02 bd09，或 EPSG 代码")] = "cgcs2000",
    as_of: Annotated[str | None, typer.Option("--as-of", help="某一天的状态，如 2020-01-01")] = None,
    as_json: Json = False,
) -> None:
    """把登记册的一类数据写成文件；示例数据会注明。"""
    from api.readiness import need_register
    from boundary.exporting import export_file

    need_register(tell)
    report = export_file(kind, file, datum=datum, as_of=_day(as_of))
    if str(file) == "-":
        say(report.sentence())
        return
    emit(report.as_json(), as_json, [report.sentence()])


@index.command("build")
def index_build(as_json: Json = False) -> None:
    """由登记册建立地址索引；旧索引用到新索引写完为止。"""
    import time

    from api.readiness import need_register
    from gazetteer.register.index_source import write_index
    from geo.settings import settings
    from geo.store.engine import session

    need_register(tell)
    started = time.monotonic()
    with session(timeout_s=0) as db:
        info = write_index(db, settings().index_path)
    seconds = round(time.monotonic() - started, 2)
    data = {
        "path": info.path,
        "size_bytes": info.size_bytes,
        "counts": dict(info.counts),
        "meta": dict(info.meta),
    }
    emit(data | {"seconds": seconds}, as_json, [
        f"索引已建立：{info.path}，{info.size_bytes / 1e6:.1f} MB，用时 {seconds} 秒", _counts(info.counts)
    ])  # fmt: skip


@index.command("info")
def index_info(as_json: Json = False) -> None:
    """索引的大小、内容，是否比登记册旧。"""
    from gazetteer.register.index_source import freshness
    from geo.settings import settings
    from geo.store.engine import session

    with session() as db:
        found = freshness(db, settings().index_path, thorough=True)
    info = found.info
    data = {
        "path": info.path, "size_bytes": info.size_bytes, "counts": dict(info.counts), "meta": dict(info.meta),
        "fresh": found.is_fresh, "register_version": found.register_version, "files": found.files,
        "damaged": list(found.damaged),
    }  # fmt: skip
    state = "与登记册一致" if found.is_fresh else "比登记册旧，请执行 diming index build"
    emit(data, as_json, [
        f"{info.path}，{info.size_bytes / 1e6:.1f} MB，建于 {info.meta.get('built_at', '?')}，{state}",
        _counts(info.counts),
        *([f"分区县存放，另有 {found.files - 1} 个区县文件"] if found.files > 1 else []),
        *found.damaged,
    ])  # fmt: skip


@sample.command("make")
def sample_make(
    folder: Annotated[Path, typer.Argument(help="写到这个文件夹", metavar="文件夹")],
    doors: Annotated[int, typer.Option(help="门牌数")] = 20_000,
    seed: Annotated[int, typer.Option(help="随机种子")] = 331003,
    as_json: Json = False,
) -> None:
    """生成示例区的文件；同样的参数得到同样的文件。"""
    from gazetteer.sample import make

    paths = make(folder, doors=doors, seed=seed)
    emit({k: str(v) for k, v in paths.items()}, as_json, [f"{k}：{v}" for k, v in paths.items()])


@sample.command("load")
def sample_load(
    doors: Annotated[int, typer.Option(help="门牌数")] = 20_000,
    seed: Annotated[int, typer.Option(help="随机种子")] = 331003,
    as_json: Json = False,
) -> None:
    """把全国区划和示例区装入登记册。"""
    from api.readiness import need_register
    from boundary.sample_load import load_sample

    need_register(tell)
    with steps() as moved:
        reports = load_sample(doors=doors, seed=seed, actor="system", progress=moved)
    emit([r.as_json() for r in reports], as_json, [r.sentence() for r in reports])


@sample.command("cases")
def sample_cases(
    folder: Annotated[
        Path | None, typer.Argument(help="示例文件所在文件夹；默认为数据目录下的 sample", metavar="文件夹")
    ] = None,
) -> None:
    """给已装入的示例区添上各业务的示例办件；已有的不再添。"""
    from api.demo import cases
    from api.readiness import fresh_index, need_register
    from geo.settings import settings

    need_register(tell)
    files = folder or settings().home / "sample"
    cases.load(lambda words: say(f"装入{words}。"), files)
    fresh_index(tell)
    if (files / "nonstandard.csv").exists() and (rows := cases.repairs(files / "nonstandard.csv")):
        say(f"装入示例整改名单 1 份，{rows} 行。")


def _counts(counts: Any) -> str:
    words = {"divisions": "区划", "handles": "道路、村、小区和地名", "doors": "门牌", "aliases": "别名"}
    return "、".join(f"{words.get(name, name)} {count}" for name, count in counts.items())


def _pairs(option: str, pairs: list[str], example: str) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, equals, header = pair.partition("=")
        if not (name and equals and header):
            what = "列名" if option == "--map" else "值"
            raise BadInput(f"{option} {pair} 不是“字段={what}”的形式。", f"例如 {option} {example}。")
        found[name] = header
    return found


def _day(given: str | None) -> Any:
    from gazetteer.register.importing.cells import read_date

    try:
        return read_date(given) if given else None
    except ValueError as error:
        raise BadInput(f"--as-of {error}。", "写成 2020-01-01 的形式。") from None
