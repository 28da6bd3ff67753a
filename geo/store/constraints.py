"""Turn what the database refuses into Problems a person understands.

The database holds the rules (unique, foreign key, check); every part that makes a table adds a sentence for
its constraints with ``explain``. What has no sentence of its own gets one by the kind of refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import psycopg
from psycopg import errors
from sqlalchemy import exc

from geo.problems import BadInput, Conflict, NotAllowed, Problem, TooMuch, Unavailable

_sentences: dict[str, tuple[str, str]] = {}

BUSY: Final = "数据库暂时不可用"
LATER: Final = "请稍后再试；一直如此，请管理员执行 diming doctor"


def explain(sentences: Mapping[str, tuple[str, str]]) -> None:
    """Say what a constraint means: ``{"uq_place_code": ("这个代码已经用过", "换一个代码")}``."""
    _sentences.update(sentences)


def explained() -> frozenset[str]:
    """The names of the constraints that have a sentence of their own."""
    return frozenset(_sentences)


def problem_of(error: BaseException) -> Problem | None:
    """The Problem behind a database error, or None when it is a mistake of ours (SQL, types) to be seen as one."""
    if isinstance(error, exc.TimeoutError):
        return Unavailable("数据库连接都在忙", LATER)
    original = error.orig if isinstance(error, exc.DBAPIError) else error
    if not isinstance(original, psycopg.Error):
        return None
    return _by_constraint(original) or _by_kind(original)


def may_be_retried(error: BaseException) -> bool:
    """Whether the same transaction, run again, may succeed: a serialization failure or a deadlock."""
    original = error.orig if isinstance(error, exc.DBAPIError) else error
    return isinstance(original, errors.SerializationFailure | errors.DeadlockDetected)


def _by_constraint(error: psycopg.Error) -> Problem | None:
    name = error.diag.constraint_name
    # A row policy has no name to give; this is the place in the server that refuses what it does not let in.
    if error.diag.source_function == "ExecWithCheckOptions":
        name = "reach_division"
    if not name or name not in _sentences:
        return None
    sentence, remedy = _sentences[name]
    kind: type[Problem] = BadInput
    if isinstance(error, errors.UniqueViolation | errors.ExclusionViolation):
        kind = Conflict
    elif isinstance(error, errors.InsufficientPrivilege):
        kind = NotAllowed
    return kind(sentence, remedy, code=name.replace("_", "-"))


def _by_kind(error: psycopg.Error) -> Problem | None:
    for kinds, problem, sentence, remedy in _KINDS:
        if isinstance(error, kinds):
            shown = sentence.format(
                constraint=error.diag.constraint_name or "", column=error.diag.column_name or ""
            )
            return problem(shown, remedy)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return Unavailable(BUSY, LATER)
    # psycopg itself refuses a null byte before anything reaches the server; such an error has no state.
    if isinstance(error, psycopg.DataError):
        return BadInput("内容里有数据库不能保存的字符或数值", "去掉空字节（NUL），检查数值范围后重试")
    return None


_KINDS: Final[tuple[tuple[tuple[type[psycopg.Error], ...], type[Problem], str, str], ...]] = (
    ((errors.UniqueViolation, errors.ExclusionViolation), Conflict, "已经有相同的记录（{constraint}）",
     "查一查已有的记录，不要重复登记"),
    ((errors.ForeignKeyViolation,), Conflict, "引用的记录不存在，或者还被别的记录引用（{constraint}）",
     "先登记被引用的记录"),
    ((errors.NotNullViolation,), BadInput, "缺少必填的内容（{column}）", "补上后重试"),
    ((errors.CheckViolation,), BadInput, "内容不合规定（{constraint}）", "改正后重试"),
    ((errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable), Conflict,
     "别人正在修改同一条记录", "请再试一次"),
    ((errors.QueryCanceled,), TooMuch, "查询用时太长，已停止", "缩小范围后重试"),
    ((errors.InsufficientPrivilege,), NotAllowed, "数据库角色没有这项权限", "请管理员执行 diming doctor 查看角色"),
    ((errors.ReadOnlySqlTransaction,), Unavailable, "数据库现在只能读", LATER),
    ((errors.TooManyConnections, errors.DiskFull, errors.OutOfMemory), Unavailable, BUSY, LATER),
)  # fmt: skip
