"""Take an import of markers back (撤销导入): what it changed is as before, what it added is retired; nothing is deleted."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.checks import Tolerances
from boundary.importing.differing import Row, versions
from boundary.importing.run import import_file, steps
from boundary.kinds import MARKER
from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.run import Steps
from geo.problems import Conflict
from geo.store.engine import act, session

_RETIRE: Final = text("""
    UPDATE register.boundary_marker SET valid_to = greatest(current_date, valid_from), version = version + 1
    WHERE code = ANY (:codes)
""")


def take_back(
    before: list[Row], added: Collection[str], after: Mapping[str, int], *, actor: str, tolerances: Tolerances
) -> None:
    """Put markers back to the rows ``before`` and retire those that were ``added``, in one act.

    Places on lines that the import gave to a marker stay, since such places are never taken away.

    Args:
        after: the markers' versions right after the import.

    Raises:
        Conflict: a marker was changed since.
    """
    if not before:
        with session() as db:
            act(db, actor=actor, action="import.markers.undo")
            _retire(db, added, after)
        return
    with tempfile.TemporaryDirectory(prefix="diming-undo-") as folder:
        file = Path(folder) / "撤销导入.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(before[0]))
            writer.writeheader()
            writer.writerows(before)
        import_file("markers", file, datum="cgcs2000", actor=actor, trust_datum=True,
                    steps=_steps(added, after, tolerances))  # fmt: skip


def _steps(added: Collection[str], after: Mapping[str, int], tolerances: Tolerances) -> dict[str, Steps]:
    made = steps(tolerances)
    plain = made[MARKER.name]

    def write(load: Load) -> Counts:
        _retire(load.session, added, after)
        return plain.write(load)

    return made | {MARKER.name: replace(plain, write=write)}


def _retire(db: Session, added: Collection[str], after: Mapping[str, int]) -> None:
    now = versions(db, after)
    changed = sorted(code for code, version in after.items() if now.get(code) != version)
    if changed:
        raise Conflict(
            f"导入之后又改过 {len(changed)} 颗界桩：{'、'.join(changed[:5])}", "不能整批撤销，请逐颗改正"
        )
    db.execute(_RETIRE, {"codes": list(added)})
