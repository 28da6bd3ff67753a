"""Load the base divisions and the sample district, unless they are there; build the index when it is behind."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from api.commands.output import progress, say
from geo.problems import BadInput, NotFound
from geo.settings import settings
from geo.store.engine import session

# The order in which kinds may refer to one another.
KINDS = ("divisions", "places", "roads", "addresses", "aliases", "facilities")
SOURCE = "示例区"
DATUM = "cgcs2000"


def loaded() -> bool:
    """Whether the sample district is in the register already."""
    with session() as db:
        return bool(db.scalar(text("SELECT EXISTS (SELECT FROM register.address WHERE made_up)")))


def load_base() -> None:
    """Load the nation's divisions that ship, so that addresses of any place can be loaded."""
    from gazetteer.register import base_data

    with session(timeout_s=0) as db:
        counts = base_data.load_base(db, actor="system")
    say(f"载入全国区划 {counts.divisions} 个，沿革 {counts.successions} 条，旧称和简称 {counts.aliases} 个。")


def load_sample(folder: Path, doors: int) -> None:
    """Make the sample district's files and import them as a person would.

    Raises:
        BadInput: a file was refused; the report's findings say why.
    """
    from gazetteer.register.importing import import_file
    from gazetteer.sample import make

    say(f"生成示例区（{doors} 个门牌，道路和门牌位置是虚构的）…")
    paths = make(folder, doors=doors)
    for kind in KINDS:
        with progress(f"导入 {kind}") as advance:
            report = import_file(
                kind, paths[kind], datum=DATUM, source=SOURCE, actor="system", progress=lambda *_: advance(0)
            )
        say(report.sentence())
        if not report.written:
            raise BadInput(
                f"示例文件 {paths[kind].name} 没有入库", "请报告这个问题", findings=tuple(report.findings)
            )


def build_index() -> None:
    """Build the address index when there is none, it is of another version, or the register has changed since."""
    from gazetteer.register.index_source import write_index

    path = settings().index_path
    if _fresh(path):
        return
    with session(timeout_s=0) as db:
        info = write_index(db, path)
    say(f"已建立地址索引：{info.size_bytes / 1e6:.1f} MB。")


def _fresh(path: Path) -> bool:
    from gazetteer.register.index_source import freshness

    try:
        with session() as db:
            return freshness(db, path).is_fresh
    except (NotFound, BadInput):
        return False
