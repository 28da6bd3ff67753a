"""Numbers of the papers that were issued (门牌证、地名证明); the paper itself is drawn from the register when it is asked for."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

PAPER_OF: Final = {"新编": "门牌证", "变更": "门牌证", "换发": "门牌证", "补发": "门牌证", "证明": "地名证明"}


def issue(db: Session, registration: str, kind: str, *, actor: str, on: date) -> str:
    """Number the paper of a case that ends with one; empty for 注销. A second time gives the same number."""
    paper = PAPER_OF.get(kind)
    if paper is None:
        return ""
    known = db.scalar(
        text("SELECT number FROM register.registration_paper WHERE registration = :r AND kind = :k"),
        {"r": registration, "k": paper},
    )
    if known:
        return str(known)
    letters = "MP" if paper == "门牌证" else "DM"
    return str(
        db.scalar(
            text("INSERT INTO register.registration_paper (number, registration, kind, issued_on, actor) "
                 "VALUES (:letters || to_char(CAST(:on AS date), 'YYYY') || lpad(nextval('register.paper_number')::text, 6, '0'), "
                 ":r, :k, :on, :actor) RETURNING number"),
            {"letters": letters, "on": on, "r": registration, "k": paper, "actor": actor},
        )
    )  # fmt: skip
