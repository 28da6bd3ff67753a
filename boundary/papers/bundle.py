"""All papers of a round in one click (成套文书): a zip of Word files for editing and PDF files for print."""

from __future__ import annotations

import io
import zipfile
from datetime import date
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

KINDS: Final = {"report": "联合检查报告", "letter": "报送备案的报告", "agreement": "平安边界协议"}
"""The papers of a whole round, by the word in their address."""


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


def bundle(db: Session, code: str, *, on: date) -> bytes:
    """Report, letter, agreement, and every marker's record and new register form, as one zip.

    Raises:
        NotFound: no round has this code.
    """
    papers = [
        (f"{n}-{name}", paper(db, code, kind, on=on)) for n, (kind, name) in enumerate(KINDS.items(), start=1)
    ]
    records = {one.reading.marker: one for one in of_round(db, code)}
    for task in rounds.todo(db, code):
        if task.marker in records:
            papers.append((f"界桩联检记录表/{task.shown}", inspection_record(db, records[task.marker])))
        papers.append((f"界桩登记表/{task.shown}", register_form(db, task.marker)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, document in papers:
            zipped.writestr(f"{name}.docx", word(document))
            zipped.writestr(f"{name}.pdf", pdf(document))
    return out.getvalue()
