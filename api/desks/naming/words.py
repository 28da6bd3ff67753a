"""What the pages of naming call things."""

from __future__ import annotations

from typing import Final

from gazetteer.proposal.model import Kept

_GOOD: Final = frozenset({"approved", "filed", "announced", "signed", "opined"})
_BAD: Final = frozenset({"refused", "withdrawn", "ended"})
_WAITS: Final = frozenset({"submitted", "correcting", "reviewing"})
OFFICE_ACTS: Final = {
    "submit": "提交", "resubmit": "补正后提交", "accept": "受理", "correct": "通知补正", "return": "退回", "check": "校验并通过",
    "argue": "组织论证", "consult": "征求意见", "notice": "开始公示", "close": "公示期满", "opine": "出具意见",
    "approve": "登记批准", "refuse": "不予同意", "file": "备案", "announce": "公告", "sign": "不设标志，办结",
    "withdraw": "撤回", "end": "终止",
}  # fmt: skip
MAIN: Final = {
    "draft": "submit", "submitted": "accept", "correcting": "resubmit", "accepted": "check", "checked": "notice",
    "arguing": "consult", "consulting": "notice", "noticed": "close", "reviewing": "opine", "opined": "approve",
    "approved": "file", "filed": "announce",
}  # fmt: skip
"""The act that usually comes next."""
DONE: Final = {act: f"已办理：{label}。" for act, label in OFFICE_ACTS.items()}


def state_kind(state: str) -> str:
    """The colour of a state's badge."""
    if state in _GOOD:
        return "sure"
    if state in _BAD:
        return "none"
    return "check" if state in _WAITS else "likely"


def main_act(known: Kept, outcome: str) -> str:
    """The act that usually comes next; where the office approves itself, no opinion comes before."""
    act = MAIN.get(known.state, "")
    if act == "opine" and outcome == "批准":
        return "approve"
    if known.state == "checked" and known.draft.category == "E":
        return "opine"
    return act
