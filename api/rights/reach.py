"""May this caller do this, and here (何人可在何处做何事)? One answer with its reasons, for doors and for people.

The table of rights decides what; the division of the account decides where. The database holds the second by itself
(``audit.check_reach``); asking here first gives the better sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from api.rights import RIGHTS
from api.security.roles import PUBLIC, ROLES, SYSTEM
from boundary.access import prefix_of
from geo.problems import NotAllowed

_WORDS: Final = {**ROLES, PUBLIC: "公众", SYSTEM: "系统"}


class Asks(Protocol):
    """What is asked of a caller; ``api.security.caller.Caller`` is one."""

    @property
    def roles(self) -> frozenset[str]:
        """The kinds of the table of rights."""

    @property
    def division_code(self) -> str | None:
        """The division that writes must lie in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether, and why: sentences for a person."""

    allowed: bool
    reasons: tuple[str, ...]


def reach_of(caller: Asks) -> str:
    """The beginning that division codes must have for this caller to write there; ``""`` for everywhere."""
    return prefix_of(caller.division_code) if caller.division_code else ""


def may(caller: Asks, act: tuple[str, str], division: str | None = None) -> Answer:
    """Whether the caller may do ``act`` (method, route), for a record of ``division`` (12 digits; None: not asked).

    >>> may(clerk, ("POST", "/desk/numbers/new"), "331004001000").allowed
    """
    entry = RIGHTS.get(act)
    if entry is None:
        return Answer(False, ("权限表里没有这项操作，没有列出的一律不准。",))
    by = sorted(_WORDS[r] for r in entry & caller.roles)
    who = "、".join(_WORDS[r] for r in (*ROLES, PUBLIC, SYSTEM) if r in entry)
    if not by:
        return Answer(False, (f"权限表只准：{who}。", f"这个账号的角色是：{_own(caller)}。"))
    reasons = [f"权限表准许：{who}。", f"这个账号是：{'、'.join(by)}。"]
    reach = reach_of(caller)
    if division and act[0] != "GET" and not division.startswith(reach):
        return Answer(
            False, (*reasons, f"但账号的辖区是 {caller.division_code}，记录在 {division}，不在辖区之内。")
        )
    if reach and act[0] != "GET":
        reasons.append(f"只限辖区 {caller.division_code} 之内的记录。")
    return Answer(True, tuple(reasons))


def need(caller: Asks, act: tuple[str, str], division: str | None = None) -> None:
    """Stop unless :func:`may` says yes.

    Raises:
        NotAllowed: with the last of the reasons.
    """
    answer = may(caller, act, division)
    if not answer.allowed:
        raise NotAllowed(answer.reasons[-1], "请由所属县（区）、镇街办理，或请安全管理员核对账号的角色和辖区")


def _own(caller: Asks) -> str:
    return "、".join(sorted(_WORDS[r] for r in caller.roles if r != PUBLIC)) or "没有角色"
