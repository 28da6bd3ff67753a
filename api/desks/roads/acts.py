"""Acts on findings: run the audit, start proposals for unnamed roads as a batch, say that something is no problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from api.desks.done import done
from api.desks.officer import Officer, officer_of
from api.desks.roads.lists import Code
from gazetteer.proposal import batch
from gazetteer.road_audit import findings, storing
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/roads")
Token = Annotated[str, Form(max_length=200)]
HOME = "/desk/roads"


@router.post("/run")
def run(request: Request, token: Token = "") -> Response:
    """Audit the whole network; seconds, so it is done at once."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="road_audit.run", request_id=officer.request_id)
        made = storing.run(db, actor=officer.name)
    return done(
        HOME, f"已排查 {made.segments} 个路段，用时 {made.seconds} 秒，共 {sum(made.counts.values())} 条。"
    )


@router.post("/start")
def start(request: Request, keys: Annotated[list[str] | None, Form()] = None, token: Token = "") -> Response:
    """Start the proposals of the ticked unnamed roads as one batch."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="proposal.start", request_id=officer.request_id)
        return _start(db, (keys or [])[:500], officer)


@router.post("/start-town")
def start_town(
    request: Request, township: Annotated[str, Form(max_length=12)] = "", token: Token = ""
) -> Response:
    """Start the proposals of every open unnamed road of a township; of all townships when none is given."""
    officer = officer_of(request, token)
    with session(timeout_s=0) as db:
        act(db, actor=officer.name, action="proposal.start", request_id=officer.request_id)
        return _start(db, findings.open_unnamed(db, township), officer)


@router.post("/{code}/state")
def state(
    request: Request, code: Code, to: Annotated[str, Form(max_length=10)], version: Annotated[int, Form()],
    reason: Annotated[str, Form(max_length=500)] = "", token: Token = "",
) -> Response:  # fmt: skip
    """Say that a finding is no problem, settled, or open again."""
    officer = officer_of(request, token)
    steps = {"不是问题": findings.dismiss, "已解决": findings.settle}
    with session() as db:
        act(db, actor=officer.name, action="road_finding.state", request_id=officer.request_id)
        if to == "待处理":
            findings.reopen(db, code, version=version)
        elif to in steps:
            steps[to](db, code, reason, version=version)
        else:
            raise BadInput(f"没有“{to}”这种状态。", "请用页面上的按钮。", code="bad-parameter")
    return done(f"{HOME}/{code}", f"已改为“{to}”。")


def _start(db: Session, codes: Sequence[str], officer: Officer) -> Response:
    """Start the batch and go where it is worked on."""
    made = findings.initiate(db, codes, actor=officer.name, start=batch.start)
    return done(f"/desk/naming/batches/{batch.of(db, made[0])}", f"已为 {len(made)} 条道路发起命名。")
