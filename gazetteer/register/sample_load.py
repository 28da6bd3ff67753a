"""The nation's divisions and the sample district into the register, through the same importers as any file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from gazetteer.register.base_data import load_base
from gazetteer.register.importing import ImportReport, import_file
from gazetteer.register.importing.load import Progress
from gazetteer.sample import make
from geo.store.engine import session

ORDER = ("divisions", "places", "roads", "addresses", "aliases", "facilities")
SOURCE = "示例区"


def load_sample(
    *,
    doors: int = 20_000,
    seed: int = 331003,
    actor: str = "",
    folder: Path | None = None,
    progress: Progress = lambda step, done, total: None,
) -> list[ImportReport]:
    """Make the sample district and import it; a second time changes nothing.

    Args:
        doors: how many doors it has.
        seed: the same seed gives the same district.
        actor: who does it, for the audit.
        folder: keep the made files here.
        progress: told each step.
    """  # fmt: skip
    progress("装入全国区划", 0, 0)
    with session(timeout_s=0) as db:
        load_base(db, actor=actor)
    with tempfile.TemporaryDirectory(prefix="diming-sample-") as temporary:
        progress("生成示例区", 0, 0)
        paths = make(folder or temporary, doors=doors, seed=seed)
        return [
            import_file(kind, paths[kind], datum="cgcs2000", source=SOURCE, actor=actor, progress=progress)
            for kind in ORDER
        ]
