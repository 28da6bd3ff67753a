"""Repeated requests (``Idempotency-Key``): the same write sent twice is done once and answered twice alike.

The key is kept in the transaction of the act itself, so that there is never an act without its key or a key without
its act. Two requests at once with one key: the second waits for the first and then gets its answer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import orjson
from fastapi import Request, Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput, Conflict

HEADER: Final = "idempotency-key"
KEEP_HOURS: Final = 24
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Repeat:
    """One request's key; made by ``of``."""

    caller: str
    key: str
    digest: bytes

    def answered(self, db: Session) -> Response | None:
        """The answer that this request got before, or None: then the key is taken and the act is to be done.

        Raises:
            Conflict: the key was used for another request.
        """
        db.execute(
            text(
                "DELETE FROM access.idempotency_key WHERE created_at < now() - make_interval(hours => :hours)"
            ),
            {"hours": KEEP_HOURS},
        )
        names: dict[str, object] = {"caller": self.caller, "key": self.key, "digest": self.digest}
        fresh = db.execute(
            text("INSERT INTO access.idempotency_key (caller, key, request_hash) VALUES (:caller, :key, :digest) "
                 "ON CONFLICT DO NOTHING RETURNING true"),
            names,
        ).scalar()  # fmt: skip
        return None if fresh else self._earlier(db, names)

    def _earlier(self, db: Session, names: dict[str, object]) -> Response:
        row = db.execute(
            text("SELECT request_hash, status, headers, body FROM access.idempotency_key "
                 "WHERE caller = :caller AND key = :key"),
            names,
        ).one()  # fmt: skip
        if bytes(row.request_hash) != self.digest:
            raise Conflict(
                "这个 Idempotency-Key 已用于另一个请求。", "新的请求请换一个新的值。", code="key-reused"
            )
        return Response(bytes(row.body), row.status, {**row.headers, "idempotent-replayed": "true"})

    def remember(self, db: Session, response: Response) -> None:
        """Keep the answer for the next time."""
        kept = {
            k: v
            for k, v in response.headers.items()
            if k in ("location", "content-type", "etag", "retry-after")
        }
        db.execute(
            text("UPDATE access.idempotency_key SET status = :status, headers = CAST(:headers AS jsonb), "
                 "body = :body WHERE caller = :caller AND key = :key"),
            {"status": response.status_code, "headers": orjson.dumps(kept).decode(), "body": bytes(response.body),
             "caller": self.caller, "key": self.key},
        )  # fmt: skip


def of(request: Request, caller: str, body: bytes) -> Repeat | None:
    """The request's key, or None where it carries none.

    Raises:
        BadInput: the key is too long or holds characters that no header should.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST or not key.isprintable():
        raise BadInput(
            "Idempotency-Key 的写法不对。", f"请用 1 至 {LONGEST} 个可见字符。", code="bad-parameter"
        )
    asked = f"{request.method} {request.url.path}?{request.url.query}\n{request.headers.get('content-type', '')}\n"
    return Repeat(caller, key, hashlib.sha256(asked.encode() + body).digest())
