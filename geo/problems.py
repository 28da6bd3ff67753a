"""The one tree of problems that the project raises on purpose, and what each means at every door.

    Problem
    ├── BadInput        something given is wrong: row, field and remedy are said     422, exit 2
    │   └── BadFile     a file cannot be used, the command itself was right          422, exit 1
    ├── NotFound        no such record                                               404, exit 1
    ├── NotAllowed      the caller lacks a right                                     403, exit 1
    ├── NotLoggedIn     who is asking is not known                                   401, exit 1
    ├── Conflict        somebody was faster, or the record is in another state       409, exit 1
    ├── TooMuch         over a limit: size, time                                     413, exit 1
    │   └── TooOften    over a limit of rate; later it will do                       429, exit 1
    └── Unavailable     the database or a part of the machine is away                503, exit 1

The domain raises; only ``api.answers`` and ``api.cli`` translate. Every problem carries one Chinese
sentence that says what happened and one that says what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed about one place of an input (检查结果): a row, a field, a record.

    Attributes:
        code: stable, machine-readable, for example ``datum.shifted``.
        severity: ``block`` refuses, ``warn`` asks for a reason, ``inform`` only tells.
        where: 第 37 行 · 门牌号, or empty for the whole input.
        evidence: what was seen, in Chinese.
        remedy: what to do, in Chinese.
        row: 1-based row number of the data as a person counts it (the header is row 1), if any.
    """

    code: str
    severity: str
    where: str
    evidence: str
    remedy: str
    row: int | None = None

    def sentence(self) -> str:
        """The finding as one line for a person."""
        place = f"{self.where}：" if self.where else ""
        return f"{place}{self.evidence}。{self.remedy}。".replace("。。", "。")


class Problem(Exception):  # noqa: N818 - "problem" is the term of RFC 9457
    """Something that a person can understand and act on; never a bug."""

    status: ClassVar[int] = 400
    exit_code: ClassVar[int] = 1
    code: str = "problem"

    def __init__(
        self, sentence: str, remedy: str = "", *, code: str | None = None, findings: tuple[Finding, ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.findings = findings
        if code:
            self.code = code


class BadInput(Problem):
    """Something given is wrong: a file, a field, a parameter."""

    status = 422
    exit_code = 2
    code = "bad-input"


class BadFile(BadInput):
    """A file cannot be used or was refused: the command was right and failed, so it is no wrong usage."""

    exit_code = 1


class NotFound(Problem):
    """No such record."""

    status = 404
    code = "not-found"


class NotAllowed(Problem):
    """The caller is known but lacks the right."""

    status = 403
    code = "not-allowed"


class NotLoggedIn(Problem):
    """The act needs a known caller."""

    status = 401
    code = "not-logged-in"


class Conflict(Problem):
    """Somebody was faster, or the record is not in the state the act needs."""

    status = 409
    code = "conflict"


class TooMuch(Problem):
    """Over a limit that protects everybody: size or time."""

    status = 413
    code = "too-much"


class TooOften(TooMuch):
    """Over a limit of rate; the same later is right."""

    status = 429
    code = "too-often"


class Unavailable(Problem):
    """A part of the machine is away for the moment; trying again later is right."""

    status = 503
    code = "unavailable"
