"""All papers of a round in one click (成套文书): which they are, and the zip of Word files and PDF files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from boundary import rounds
from boundary.inspection import of_round
from boundary.papers.agreement import agreement
from boundary.papers.inspection_record import inspection_record
from boundary.papers.letter import letter
from boundary.papers.register_form import register_form
from boundary.papers.report import report
from geo.documents import Document, pdf, word
from geo.problems import NotFound
from geo.store.engine import session

KINDS: Final = {"report": "联合检查报告", "letter": "报送备案的报告", "agreement": "平安边界协议"}
"""The papers of a whole round, by the word in their address."""
Draw = Callable[[Session], Document]


def paper(db: Session, code: str, kind: str, *, on: date) -> Document:
    """One paper of a round.

    Raises:
        NotFound: no such round or kind of paper.
    """
    if kind == "report":
        return report(db, code)
    if kind == "letter":
        return letter(db, code, on=on)
    if kind == "agreement":
        return agreement(db, code)
    raise NotFound(f"没有“{kind[:20]}”这种文书", f"可用：{'、'.join(KINDS.values())}")


def papers_of(db: Session, code: str, *, on: date) -> list[tuple[str, Draw]]:
    """Name in the zip and drawing of report, letter, agreement, and every marker's record and new register form.

    Raises:
        NotFound: no round has this code.
    """
    found: list[tuple[str, Draw]] = [
        (f"{n}-{name}", partial(paper, code=code, kind=kind, on=on))
        for n, (kind, name) in enumerate(KINDS.items(), 1)
    ]
    records = {one.reading.marker: one for one in of_round(db, code)}
    for task in rounds.todo(db, code):
        shown = task.shown.replace("/", "-")
        if task.marker in records:
            found.append(
                (f"界桩联检记录表/{shown}", partial(inspection_record, inspection=records[task.marker]))
            )
        found.append((f"界桩登记表/{shown}", partial(register_form, code=task.marker)))
    return found


def write(papers: list[tuple[str, Draw]], target: Path, told: Callable[[int], None]) -> None:
    """Draw the papers one after the other into a zip; ``told`` learns after each how many there are."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for count, (name, draw) in enumerate(papers, start=1):
            # No transaction is held while pages are laid out, which takes a second each.
            with session(timeout_s=0) as db:
                document = draw(db)
            zipped.writestr(f"{name}.docx", word(document))
            zipped.writestr(f"{name}.pdf", pdf(document))
            told(count)
