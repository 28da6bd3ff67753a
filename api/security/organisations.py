"""Organisations (单位): whose people the accounts belong to, and in which division they write."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotFound
from geo.store.constraints import explain

explain({
    "uq_organisation_name": ("已经有同名的单位", "换一个名称"),
    "ck_organisation_name": ("单位名称要 2 到 60 个字", "改正后重试"),
    "ck_organisation_division": ("区划代码不对", "写 12 位数字，或者留空表示全区"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation; ``division_code`` is None for the whole district, ``accounts`` how many belong to it."""

    name: str
    division_code: str | None
    division: str
    accounts: int


def list_organisations(db: Session) -> list[Organisation]:
    """Every organisation in use, by its division and name."""
    rows = db.execute(
        text("SELECT o.name, o.division_code, coalesce(d.name, '') AS division, "
             "(SELECT count(*) FROM access.account a WHERE a.organisation_id = o.id AND a.disabled_at IS NULL) AS n "
             "FROM access.organisation o LEFT JOIN register.division d ON d.code = o.division_code "
             "WHERE o.retired_at IS NULL ORDER BY o.division_code NULLS FIRST, o.name")
    )  # fmt: skip
    return [Organisation(r.name, r.division_code, r.division, r.n) for r in rows]


def add_organisation(db: Session, name: str, division_code: str) -> None:
    """Add one.

    Raises:
        BadInput: the name or the code does not keep its rule.
        Conflict: the name is taken.
        NotFound: the register knows no division of this code.
    """
    known = db.scalar(
        text("SELECT EXISTS (SELECT FROM register.division WHERE code = :code)"), {"code": division_code}
    )
    if division_code and not known:
        raise NotFound(f"没有代码为“{division_code}”的区划", "在区划清单里查 12 位代码")
    db.execute(
        text("INSERT INTO access.organisation (name, division_code) VALUES (:name, :division)"),
        {"name": name.strip(), "division": division_code or None},
    )
