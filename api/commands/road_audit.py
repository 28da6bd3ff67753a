"""``diming roads audit FILE``: the road audit over a map file, without the register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import Json, emit, steps, table


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="道路：排查路网文件里的名称问题。", no_args_is_help=True, rich_markup_mode=None)
    group.command("audit")(audit_file)
    app.add_typer(group, name="roads")


def audit_file(
    file: Annotated[Path, typer.Argument(help="道路文件：GeoJSON、GeoPackage、Shapefile")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="把排查结果写成 CSV、XLSX 或 GeoJSON")
    ] = None,
    as_json: Json = False,
) -> None:
    """排查一个路网文件：未命名道路、一路多名、一名多路、近似和同音名称。不读写登记库。"""
    import time

    from gazetteer.road_audit import KINDS, Rule, audit, counts
    from gazetteer.road_audit.from_file import segments_of

    started = time.monotonic()
    lines, rule = segments_of(file), Rule()
    with steps() as progress:
        found = audit(lines, rule, progress)
    seconds = round(time.monotonic() - started, 2)
    number = counts(found)
    if output is not None:
        _write(output, found)
    data = {"segments": len(lines), "seconds": seconds, "rule": rule.version, "counts": number,
            "findings": [{"kind": f.kind, "title": f.title, "evidence": f.evidence} for f in found]}  # fmt: skip
    emit(data, as_json, [f"路段 {len(lines)} 个，用时 {seconds} 秒，规则 {rule.version}。"])
    if not as_json:
        table(
            "排查结果",
            ("种类", "条数"),
            [(KINDS[kind], n) for kind, n in number.items() if kind != "unregistered"],
        )


def _write(output: Path, found: list) -> None:  # type: ignore[type-arg]
    import numpy as np

    from gazetteer.road_audit import KINDS
    from geo.files import write_table

    columns = {
        "种类": [KINDS[f.kind] for f in found], "对象": [f.title for f in found], "说明": [f.evidence for f in found],
        "处理建议": [f.remedy for f in found], "长度": [f.length_m for f in found], "区划": [f.township for f in found],
    }  # fmt: skip
    write_table(output, columns, geometry=np.array([f.geometry for f in found], dtype=object), crs="cgcs2000")
