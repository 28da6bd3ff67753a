"""Spot checks (抽查): a seeded sample of the plates that hang, by maker and township, and what it says of all."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from geo.problems import BadInput, Conflict, NotFound
from geo.store.acts import copy_rows

Z95: Final = 1.959964
"""Two-sided 95 % of the normal distribution."""

_POPULATION = text("""
    SELECT p.code, coalesce(b.maker, '未登记制作单位') AS maker, coalesce(t.name, '未写镇街') AS town
    FROM register.plate_as_of(:day) p JOIN register.address a ON a.code = p.address
    LEFT JOIN register.plate_batch b ON b.code = p.batch LEFT JOIN register.division t ON t.code = a.town
    WHERE p.state = 'hung' ORDER BY p.code
""")
_INSERT = text("""
    INSERT INTO register.plate_check (title, rate, seed, day, population, made_up, actor)
    VALUES (:title, :rate, :seed, :day, :population, :made_up, :actor) RETURNING id
""")
_ITEMS = text("""
    SELECT i.plate, i.maker, i.town, i.passed, i.fault, i.actor, i.at, a.standard_address
    FROM register.plate_check_item i JOIN register.plate p ON p.code = i.plate
    JOIN register.address a ON a.code = p.address
    WHERE i."check" = :check ORDER BY i.town, a.handle_name, a.number_order, i.plate
""")
_JUDGE = text("""
    UPDATE register.plate_check_item SET passed = :passed, fault = :fault, actor = :actor, at = now()
    WHERE "check" = :check AND plate = :plate
""")


@dataclass(frozen=True, slots=True)
class Check:
    """One check; with day, rate and seed anybody can draw the same sample again."""

    id: int
    title: str
    rate: float
    seed: int
    day: date
    population: int
    drawn: int
    judged: int
    passed: int
    made_up: bool
    actor: str

    @property
    def share(self) -> float | None:
        """Share that passed of what was judged, None before anything was."""
        return self.passed / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % confidence interval of the share in all plates (Wilson; the sample is in proportion to its strata)."""
        return wilson(self.passed, self.judged) if self.judged else None


def sample(strata: Mapping[tuple[str, str], Sequence[str]], rate: float, seed: int) -> list[str]:
    """Draw codes from strata (maker, township): in proportion, at least one of each, the same for the same seed.

    The total is the rate of all, rounded up, unless there are more strata than that.
    """
    whole = sum(len(codes) for codes in strata.values())
    shares = {key: len(codes) * rate for key, codes in strata.items() if codes}
    wanted = {key: max(1, math.floor(share)) for key, share in shares.items()}
    # The largest remainders get what rounding down left over.
    rest = math.ceil(whole * rate) - sum(wanted.values())
    for key in sorted(shares, key=lambda k: (-(shares[k] % 1), k))[: max(0, rest)]:
        wanted[key] = min(wanted[key] + 1, len(strata[key]))
    chance = random.Random(seed)  # noqa: S311 - a sample to be drawn again, not a secret
    drawn: list[str] = []
    for key in sorted(wanted):
        drawn += chance.sample(sorted(strata[key]), wanted[key])
    return drawn


def wilson(passed: int, judged: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): right also for small samples and shares near one."""
    p, n, zz = passed / judged, judged, Z95 * Z95
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = Z95 * math.sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def draw(db: Session, *, rate: float, seed: int, actor: str, title: str = "", day: date | None = None) -> int:
    """Draw a check of the plates that hung on a day; gives its id.

    Raises:
        BadInput: nothing hangs, or a rate that is no share.
    """
    if not 0 < rate <= 1:
        raise BadInput("抽查比例应大于 0、不超过 100%。", "例如 2%。", code="plate.rate")
    on = day or date.today()
    rows = db.execute(_POPULATION, {"day": on}).all()
    if not rows:
        raise BadInput("还没有已安装的门牌。", "安装后再抽查。", code="plate.none-hung")
    strata: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        strata[(row.maker, row.town)].append(row.code)
    places = {row.code: (row.maker, row.town) for row in rows}
    drawn = sample(strata, rate, seed)
    made_up = bool(
        db.scalar(text("SELECT bool_or(made_up) FROM register.plate WHERE code = ANY (:c)"), {"c": drawn})
    )
    made = db.scalar(_INSERT, {"title": title or f"{on.year}年{on.month}月抽查", "rate": rate, "seed": seed, "day": on,
                               "population": len(rows), "made_up": made_up, "actor": actor})  # fmt: skip
    copy_rows(db, "register.plate_check_item", ("check", "plate", "maker", "town"),
              ((made, code, *places[code]) for code in drawn))  # fmt: skip
    return int(made or 0)


def judge(db: Session, check: int, plate: str, *, passed: bool, actor: str, fault: str = "") -> None:
    """Write down what was found at one plate of the sample; a second word takes the place of the first.

    Raises:
        NotFound: the plate is not in this sample.
        BadInput: it failed and nothing is said about why.
    """
    if not passed and not fault.strip():
        raise BadInput("不合格的门牌要写明问题。", "例如：二维码扫不出、安装不牢。", code="plate.check-fault")
    values = {"check": check, "plate": plate, "passed": passed, "fault": "" if passed else fault.strip()[:200],
              "actor": actor}  # fmt: skip
    if db.execute(text(f"{_JUDGE.text} RETURNING plate"), values).one_or_none() is None:
        raise NotFound("这块门牌不在这次抽查里。", "请核对门牌码。")


def get(db: Session, check: int) -> Check:
    """One check with its counts.

    Raises:
        NotFound: no such check.
    """
    found = [one for one in newest(db) if one.id == check]
    if not found:
        raise NotFound("没有这次抽查。", "回到抽查清单重新选择。")
    return found[0]


def newest(db: Session) -> list[Check]:
    """Every check, the newest first."""
    sql = text("""
        SELECT c.id, c.title, CAST(c.rate AS float8) AS rate, c.seed, c.day, c.population, count(i.plate) AS drawn,
               count(i.passed) AS judged, count(*) FILTER (WHERE i.passed) AS passed, c.made_up, c.actor
        FROM register.plate_check c LEFT JOIN register.plate_check_item i ON i."check" = c.id
        GROUP BY c.id ORDER BY c.id DESC
    """)
    return [Check(**row) for row in db.execute(sql).mappings()]


def items(db: Session, check: int) -> Sequence[RowMapping]:
    """The plates of a sample in the order one walks them."""
    return list(db.execute(_ITEMS, {"check": check}).mappings())


def by_stratum(db: Session, check: int) -> Sequence[RowMapping]:
    """Drawn, judged and passed for each maker and township."""
    sql = text("""
        SELECT maker, town, count(*) AS drawn, count(passed) AS judged, count(*) FILTER (WHERE passed) AS passed
        FROM register.plate_check_item WHERE "check" = :check GROUP BY maker, town ORDER BY maker, town
    """)
    return list(db.execute(sql, {"check": check}).mappings())


def again(db: Session, check: int) -> bool:
    """Whether the stored sample is what its day, rate and seed give: the figure reproduces.

    Raises:
        Conflict: the check is gone.
    """
    known = get(db, check)
    strata: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in db.execute(_POPULATION, {"day": known.day}):
        strata[(row.maker, row.town)].append(row.code)
    if not strata:
        raise Conflict("那一天没有已安装的门牌。", "核对抽查日期。")
    return sorted(sample(strata, known.rate, known.seed)) == sorted(row["plate"] for row in items(db, check))
