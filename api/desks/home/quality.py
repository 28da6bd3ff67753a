"""Quality of the register (登记质量): goals, how far, and the rows that still lack something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

_ROAD: Final = "FROM register.road WHERE valid_to IS NULL"
_PLACE: Final = "FROM register.place WHERE valid_to IS NULL AND state = '现行'"
_ROAD_ROWS: Final = (
    "SELECT code AS key, name AS title, coalesce((SELECT d.name FROM register.division d WHERE d.code = division), '') "
    "AS note, '/a/' || code AS href "
)
_PLACE_ROWS: Final = "SELECT code AS key, standard_name AS title, category AS note, '/a/' || code AS href "


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: its words, the share to reach in percent (a setting of the office), all rows and those that lack it."""

    code: str
    label: str
    goal: int
    everything: str
    lacking: str


GOALS: Final = (
    Goal("quality.located", "门牌有位置", 99, "SELECT count(*) FROM register.address WHERE valid_to IS NULL",
         "SELECT code AS key, standard_address AS title, '' AS note, '/a/' || code AS href FROM register.address a "
         "WHERE valid_to IS NULL AND NOT EXISTS (SELECT FROM register.address_point p WHERE p.address = a.code)"),
    Goal("quality.road-romanised", "道路有罗马字母拼写", 100, f"SELECT count(*) {_ROAD}",
         f"{_ROAD_ROWS} {_ROAD} AND romanisation = '' AND pinyin = ''"),
    Goal("quality.road-meaning", "道路有命名含义", 80, f"SELECT count(*) {_ROAD}",
         f"{_ROAD_ROWS} {_ROAD} AND meaning = ''"),
    Goal("quality.place-national", "地名有国家库编码", 100, f"SELECT count(*) {_PLACE}",
         f"{_PLACE_ROWS} {_PLACE} AND national_code = ''"),
    Goal("quality.place-origin", "地名有来历或含义", 80, f"SELECT count(*) {_PLACE}",
         f"{_PLACE_ROWS} {_PLACE} AND origin = '' AND meaning = ''"),
    Goal("quality.repaired", "整改名单已处理", 100,
         "SELECT count(*) FROM register.repair_row WHERE refused = ''",
         "SELECT batch || '-' || lpad(number::text, 8, '0') AS key, original AS title, '' AS note, "
         "'/desk/repairs/' || batch || '?row=' || number AS href FROM register.repair_row "
         "WHERE refused = '' AND outcome IS NULL"),
)  # fmt: skip
"""What the office wants of its register; the shares are the office's own."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one goal is: the share in percent, how many rows lack it, where they are listed."""

    label: str
    goal: int
    share: float
    lacking: int
    href: str

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.share >= self.goal


def reached(db: Session) -> list[Reached]:
    """Every goal that has rows at all."""
    found = []
    for goal in GOALS:
        everything = int(db.scalar(text(goal.everything)) or 0)
        if not everything:
            continue
        lacking = int(db.scalar(text(f"SELECT count(*) FROM ({goal.lacking}) r")) or 0)  # noqa: S608
        share = int(1000 * (everything - lacking) / everything) / 10
        found.append(Reached(goal.label, goal.goal, share, lacking, f"/desk/statistics/rows/{goal.code}"))
    return found
