"""Which lines a caller may see: the bureau's officers all of them, a county its own, a team (联检人员) those it walks.

An inspector whose account was put on a team of a round sees the lines of such rounds alone, until he is taken off or the
round is archived; of a tri-point's third side, the lines of that side which the round touches. Every page and every
interface that shows a precise position asks here first.
"""

from __future__ import annotations

from typing import Final, Protocol

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.names import district_prefix
from geo.problems import NotAllowed, NotFound

OFFICE_ROLES: Final = frozenset({"officer", "reviewer", "auditor", "administrator"})
"""Who sees every line when the account names no division."""
_STEPS: Final = ((9, 12), (6, 9), (4, 6), (2, 4))
_LINES = text("""
    SELECT l.code FROM register.boundary_line l
    WHERE l.valid_to IS NULL AND (CAST(:prefix AS text) IS NULL OR EXISTS (
      SELECT FROM register.boundary_side s WHERE s.line = l.code AND s.division LIKE CAST(:prefix AS text) || '%'))
      AND (CAST(:walker AS text) IS NULL
        OR NOT EXISTS (SELECT FROM register.boundary_team t WHERE t.account = :walker)
        OR EXISTS (
          SELECT FROM register.boundary_team t JOIN register.boundary_round r ON r.code = t.round
          JOIN register."case" c ON c.machine = 'boundary_round' AND c.subject = r.code AND c.state <> 'archived'
          WHERE t.account = :walker AND t.retired_at IS NULL AND (r.line = l.code OR (
            NOT EXISTS (SELECT FROM register.boundary_side s WHERE s.line = r.line AND s.division = t.division)
            AND EXISTS (SELECT FROM register.boundary_task k
                        JOIN register.boundary_marker_line x ON x.marker = k.marker AND x.line = l.code
                        WHERE k.round = r.code AND k.retired_at IS NULL)))))
    ORDER BY l.code
""")

_TEAMS = text("""
    SELECT EXISTS (SELECT FROM register.boundary_team WHERE account = :account) AS any,
           EXISTS (SELECT FROM register.boundary_team
                   WHERE account = :account AND round = :round AND retired_at IS NULL) AS own
""")


class Seer(Protocol):
    """What is asked of a caller; ``api.security.caller.Caller`` is one."""

    @property
    def name(self) -> str:
        """The account."""

    @property
    def roles(self) -> frozenset[str]:
        """The kinds of the table of rights."""

    @property
    def division_code(self) -> str | None:
        """The division the account works for, if it is bound to one."""


def prefix_of(code: str) -> str:
    """The digits of a division code that name it: 331003000000 is 331003."""
    for start, end in _STEPS:
        if len(code) >= end and code[start:end].strip("0"):
            return code[:end]
    return code[:2]


def own_county(db: Session, caller: Seer) -> str:
    """The county that the caller speaks for: of his account, else the one whose register this is; empty in an empty register."""
    prefix = prefix_of(caller.division_code) if caller.division_code else district_prefix(db)
    return f"{prefix[:6]:0<12}" if len(prefix) >= 6 else ""


def scope(caller: Seer) -> str | None:
    """The prefix that a side of a line must have for this caller; None for every line, ``-`` for none."""
    if caller.division_code and caller.roles & (OFFICE_ROLES | {"inspector"}):
        return prefix_of(caller.division_code)
    return None if caller.roles & OFFICE_ROLES else "-"


def lines_for(db: Session, caller: Seer) -> list[str]:
    """Codes of the lines in force that the caller may see."""
    walker = None if caller.roles & OFFICE_ROLES else caller.name
    return list(db.scalars(_LINES, {"prefix": scope(caller), "walker": walker}))


def lines_within(db: Session, prefix: str) -> list[str]:
    """Codes of the lines with a side in the divisions that begin so; all of them for an empty beginning."""
    return list(db.scalars(_LINES, {"prefix": prefix or None, "walker": None}))


def may_see(db: Session, caller: Seer, line: str) -> bool:
    """Whether the caller may see this line, its markers and what was found there."""
    return line in lines_for(db, caller)


def may_see_marker(db: Session, caller: Seer, marker: str) -> bool:
    """Whether the marker stands on a line that the caller may see; a tri-point belongs to all of its lines."""
    return bool(_lines_of(db, marker) & set(lines_for(db, caller)))


def marker_within(db: Session, marker: str, prefix: str) -> bool:
    """Whether the marker stands on one of ``lines_within``."""
    return bool(_lines_of(db, marker) & set(lines_within(db, prefix)))


def walks(db: Session, caller: Seer, round_code: str) -> bool:
    """Whether the caller writes in this round: an account that is on a team only in the rounds of its teams."""
    found = db.execute(_TEAMS, {"account": caller.name, "round": round_code}).one()
    return bool(caller.roles & OFFICE_ROLES or found.own or not found.any)


def check_line(db: Session, caller: Seer, line: str) -> None:
    """Stop unless the caller may see the line; whoever may not is not told that it exists.

    Raises:
        NotFound: no such line, or not one of the caller's.
    """
    if not may_see(db, caller, line):
        raise NotFound(f"没有代码为“{line}”的界线，或不在您的辖区", "请核对代码；账号的辖区由系统管理员设定")


def check_marker(db: Session, caller: Seer, marker: str) -> None:
    """Stop unless the caller may see the marker.

    Raises:
        NotFound: no such marker, or on none of the caller's lines.
    """
    if not may_see_marker(db, caller, marker):
        raise NotFound(
            f"没有代码为“{marker}”的界桩，或不在您的辖区", "请核对代码；账号的辖区由系统管理员设定"
        )


def check_walks(db: Session, caller: Seer, round_code: str) -> None:
    """Stop unless the caller writes in this round.

    Raises:
        NotAllowed: his account is on the teams of other rounds alone.
    """
    if not walks(db, caller, round_code):
        raise NotAllowed("您不在这轮联检的人员里", "请联系牵头方添加人员")


def _lines_of(db: Session, marker: str) -> set[str]:
    found = db.scalars(
        text("SELECT line FROM register.boundary_marker_line WHERE marker = :marker"), {"marker": marker}
    )
    return set(found)
