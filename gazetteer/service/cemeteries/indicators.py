"""Land-saving burial (节地生态): how many villages are served, what share of burials; and the year's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.figures import Figure

ECO = ("树葬", "花坛葬", "草坪葬", "壁葬", "深埋", "海葬", "骨灰堂")
_VILLAGES = text("""
    SELECT count(*) AS every, count(*) FILTER (WHERE EXISTS (
      SELECT FROM register.cemetery_village v JOIN register.cemetery c ON c.facility = v.facility
      WHERE v.division = d.code AND c.eco AND register.is_in_force(v.valid_from, v.valid_to, :on_day))) AS served
    FROM register.division d WHERE d.level = 5 AND left(d.code, 6) = :prefix AND register.is_in_force(d.valid_from, d.valid_to, :on_day)
""")
_BURIALS = text("""
    SELECT coalesce(sum(burials), 0) AS every, coalesce(sum(burials) FILTER (WHERE method = ANY(:eco)), 0) AS eco
    FROM register.burial_count WHERE year = :year
""")


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its formula in numbers; ``value`` is None where nothing was counted."""

    label: str
    value: float | None
    formula: str

    @property
    def words(self) -> str:
        """72.4%, or 没有数据."""
        return "没有数据" if self.value is None else f"{self.value:.1%}"


def eco_shares(db: Session, on_day: date, year: int, prefix: str) -> list[Share]:
    """节地生态安葬行政村覆盖率 on a day, and 节地生态安葬率 of a year."""
    v = db.execute(_VILLAGES, {"on_day": on_day, "prefix": prefix}).one()
    b = db.execute(_BURIALS, {"year": year, "eco": list(ECO)}).one()
    return [
        Share("节地生态安葬村社覆盖率", v.served / v.every if v.every else None,
              f"有节地生态点服务的村社 {v.served} 个 ÷ 全部 {v.every} 个"),
        Share(f"{year} 年节地生态安葬率", float(b.eco / b.every) if b.every else None,
              f"节地生态安葬 {b.eco} 例 ÷ 全部 {b.every} 例"),
    ]  # fmt: skip


def figures(db: Session, year: int) -> list[Figure]:
    """The year's figures of cemeteries, each with the page that lists its rows."""
    last = min(date(year, 12, 31), date.today())
    count = db.scalar(
        text("SELECT count(*) FROM register.cemetery c JOIN register.facility f ON f.code = c.facility "
             "WHERE register.is_in_force(f.valid_from, f.valid_to, :last)"), {"last": last},
    )  # fmt: skip
    free = db.scalar(
        text("SELECT coalesce(sum(free), 0) FROM register.cemetery_places(:last)"), {"last": last}
    )
    open_ = db.scalar(
        text(
            "SELECT count(*) FROM register.cemetery_check WHERE found = '存在问题' AND on_day BETWEEN :first AND :last"
        ),
        {"first": date(year, 1, 1), "last": last},
    )
    return [
        Figure("cemeteries.sites", "公墓和安葬点", int(count or 0), "处", "/desk/cemeteries", "截止日在册的各类公墓和安葬点。", last),
        Figure("cemeteries.free", "可用穴位", int(free or 0), "个", "/desk/cemeteries", "截止日按变动登记累计的空余穴位。", last),
        Figure("cemeteries.problems", "自查发现问题", int(open_ or 0), "项", "/desk/cemeteries/checks?found=存在问题",
               "检查日期在本年、结论为存在问题的自查项。", last),
    ]  # fmt: skip
