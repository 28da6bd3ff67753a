"""Batches of addresses: ``POST /v1/geocode/batch``, then ``/v1/jobs/{id}`` and its result."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from api import repeats
from api.batch import intake, result, store, work
from api.batch.intake import Intake
from api.parameters import Datum
from api.security.caller import Caller, check_csrf, identify
from api.wrapping import LARGE_BODIES
from geo.problems import BadInput, Conflict, NotAllowed
from geo.store.engine import session
from geo.store.jobs import defer

router = APIRouter(prefix="/v1", tags=["批量"])


async def body_of(request: Request) -> tuple[bytes, str]:
    """The posted file and its kind: the body itself, or the first file of a form."""
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        return await request.body(), kind
    async with request.form(max_files=1, max_part_size=LARGE_BODIES["/v1/geocode/batch"]) as form:
        for part in form.values():
            if not isinstance(part, str):
                return await part.read(), part.content_type or ""
    raise BadInput("表单里没有文件。", "请把文件放在表单的一个文件域里。", code="file.empty")


Body = Annotated[tuple[bytes, str], Depends(body_of)]


@router.post(
    "/geocode/batch", status_code=202, summary="批量：文件 → 任务", response_class=Response,
    openapi_extra={"requestBody": {"required": True, "content": {
        kind: {"schema": {"type": "string"}} for kind in ("text/csv", "application/x-ndjson")}}},
)  # fmt: skip
def submit(
    request: Request,
    body: Body,
    column: Annotated[
        str | None, Query(max_length=200, description="地址所在的列；不给时按列名识别。")
    ] = None,
    datum: Annotated[Datum, Query(description="结果的坐标系。")] = "wgs84",
    as_of: Annotated[date | None, Query(description="按哪一天的区划和路名理解。")] = None,
) -> Response:
    """CSV 或 JSON 行；202 与 ``Location: /v1/jobs/{id}``。结果与逐条查询相同，行数、行序、原有的列都不变。"""
    caller = _caller(request)
    raw, kind = body
    repeat = repeats.of(request, caller.name, raw)
    given = intake.read(raw, kind, column)
    with session() as db:
        earlier = repeat.answered(db) if repeat else None
        if earlier is not None:
            return earlier
        response = _accepted(db, _owner(caller), given, datum, as_of)
        if repeat:
            repeat.remember(db, response)
    return response


def _accepted(db: Session, owner: str, given: Intake, datum: str, as_of: date | None) -> Response:
    made = store.make(db, owner, given, datum, as_of)
    store.note(db, made, job=defer(db, work.NAME, batch=str(made)))
    path = f"/v1/jobs/{made}"
    body = {
        "id": str(made),
        "state": "waiting",
        "rows": len(given.rows),
        "job": path,
        "result": f"{path}/result",
    }
    return _json(body, 202, {"location": path, "retry-after": "1"})


@router.get("/jobs/{job}", summary="任务进度", response_class=Response)
def look(request: Request, job: uuid.UUID) -> Response:
    """``state``：waiting 等待，running 进行中，done 完成，failed 失败；``rate`` 为每秒行数。"""
    with session() as db:
        batch = store.find(db, job, _owner(identify(request)))
    headers = {} if batch.state in ("done", "failed") else {"retry-after": "1"}
    return _json(_told(batch), 200, {**headers, "cache-control": "no-store"})


@router.get("/jobs/{job}/result", summary="任务结果，与提交的格式相同", response_class=Response)
def fetch(request: Request, job: uuid.UUID) -> Response:
    """Every row and column as it came, the columns of ``diming geocode`` after them."""
    with session() as db:
        batch = store.find(db, job, _owner(identify(request)))
    if batch.state != "done":
        raise Conflict(
            f"任务还没有完成，已做 {batch.rows_done} 行，共 {batch.row_count} 行。", "请稍后再取。",
            code="job-not-done",
        )  # fmt: skip
    disposition = f'attachment; filename="{job}.{batch.form}"'
    headers = {"content-disposition": disposition, "cache-control": "no-store"}
    return StreamingResponse(result.pieces(batch), headers=headers, media_type=result.MEDIA[batch.form])


@router.delete("/jobs/{job}", status_code=204, summary="停止并删除任务", response_class=Response)
def forget(request: Request, job: uuid.UUID) -> Response:
    """The job stops after the rows it is at; what was given and found is deleted."""
    caller = _caller(request)
    with session() as db:
        store.find(db, job, _owner(caller))
        store.remove(db, job)
    return Response(status_code=204)


def _caller(request: Request) -> Caller:
    """Who writes: a login's form token is checked, a key must be one for batches."""
    caller = identify(request)
    check_csrf(request)
    if caller.kind == "key" and "batch" not in caller.scopes:
        raise NotAllowed("这个密钥不能用于批量查询。", "请管理员发放含 batch 权限的密钥。", code="key-scope")
    return caller


def _owner(caller: Caller) -> str:
    """Whose a job is; what an unknown caller sends is seen by whoever knows the job's number, which nobody can guess."""
    return caller.name if caller.known else ""


def _told(batch: store.Batch) -> dict[str, Any]:
    rate = batch.rows_done / batch.elapsed_s if batch.elapsed_s > 0 else 0.0
    left = (batch.row_count - batch.rows_done) / rate if rate and batch.state == "running" else None
    body = {
        "id": str(batch.id), "state": batch.state, "rows": batch.row_count, "rows_done": batch.rows_done,
        "rate": round(rate, 1), "seconds_left": None if left is None else round(left, 1), "format": batch.form,
        "column": batch.address_field, "datum": batch.datum, "as_of": batch.as_of,
        "created_at": batch.created_at, "started_at": batch.started_at, "finished_at": batch.finished_at,
        "problem": batch.problem,
    }  # fmt: skip
    if batch.state == "done":
        body["result"] = f"/v1/jobs/{batch.id}/result"
    return body


def _json(body: dict[str, Any], status: int, headers: dict[str, str]) -> Response:
    return Response(orjson.dumps(body), status, headers, "application/json; charset=utf-8")
