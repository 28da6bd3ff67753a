"""The sample district with its boundary line and markers into the register."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from boundary.importing import import_file
from boundary.sample_rounds import load_lines, load_rounds
from gazetteer.register.importing import ImportReport
from gazetteer.register.sample_load import SOURCE
from gazetteer.register.sample_load import load_sample as load_register

ORDER = ("boundaries", "markers")


def load_sample(
    *, doors: int = 20_000, seed: int = 331003, actor: str = "", folder: Path | None = None, **more: Any
) -> list[ImportReport]:
    """Make the sample district and import all of it, boundary lines, markers and rounds too; a second time changes nothing.

    Args:
        doors: how many doors it has.
        seed: the same seed gives the same district.
        actor: who does it, for the audit.
        folder: keep the made files here.
        more: ``progress``, told each step.
    """
    with tempfile.TemporaryDirectory(prefix="diming-sample-") as temporary:
        files = folder or Path(temporary)
        reports = load_register(doors=doors, seed=seed, actor=actor, folder=files, **more)
        names = {path.stem: path for path in files.iterdir()}
        reports += [
            import_file(kind, names[kind], datum="cgcs2000", source=SOURCE, actor=actor, **more)
            for kind in ORDER
        ]
        reports += load_lines(folder, actor=actor)
        load_rounds(actor=actor or "system")
        return reports
