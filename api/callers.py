"""Who is asking: the public, an account in one of its roles, or a program with a key."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

KINDS = (
    "public", "key", "officer", "reviewer", "township", "counter", "inspector", "analyst", "administrator", "auditor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caller:
    """One caller: the kinds of the rights table that apply, the name for the page and the audit."""

    kinds: frozenset[str]
    name: str = ""
    form_token: str = ""
    """What a form must give back, so that no other site can send it (CSRF)."""


PUBLIC = Caller(frozenset({"public"}))


def caller_of(request: Request) -> Caller:
    """The caller of a request."""
    return PUBLIC
