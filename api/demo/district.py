"""Load the sample district, unless it is there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from api.commands.output import say, steps
from geo.problems import BadInput
from geo.store.engine import session


def loaded() -> bool:
    """Whether the sample district is in the register already."""
    with session() as db:
        return bool(
            db.scalar(
                text("SELECT EXISTS (SELECT FROM register.address WHERE made_up) "
                     "AND EXISTS (SELECT FROM register.boundary_marker WHERE made_up)")
            )
        )  # fmt: skip


def load(folder: Path, doors: int) -> None:
    """Load the nation's divisions and the sample district by the importers, as a person's files would be.

    Args:
        folder: keeps the made files, to be looked at and to be imported by hand.
        doors: how many doors the district has.

    Raises:
        BadInput: a file was refused; the findings say why.
    """
    from boundary.sample_load import load_sample
    from gazetteer.plates import sample_load as plates
    from gazetteer.service.sample import load_details

    say(f"装入全国区划和示例区（{doors} 个门牌；道路和门牌的位置是虚构的）…")
    with steps() as tell:
        reports = load_sample(doors=doors, actor="system", folder=folder, progress=tell)
    for report in reports:
        say(report.sentence())
        if not report.written:
            raise BadInput(
                f"示例文件 {report.file} 没有入库。",
                "请把上面的内容交给维护人员。",
                findings=tuple(report.findings),
            )
    with session(timeout_s=0) as db:
        say(f"装入示例门牌 {plates.load_sample(db)} 块。")
    if load_details(folder=folder):
        say("装入示例助餐点、公墓和老年人口的明细，写出两份示例公墓台账。")
