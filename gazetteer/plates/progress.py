"""How far it is (进度): plates by township, maker, route, installer on a day; what hangs and what is missing on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

By = Literal["town", "maker", "road", "installer"]
TITLES: Final[dict[By, str]] = {"town": "镇街", "maker": "制作单位", "road": "路线", "installer": "安装人"}
STATES: Final = ("ordered", "making", "arrived", "hung", "damaged", "missing")
RULE: Final = "按门牌办理记录逐块统计；已更换和已注销的不计。安装率 = 已安装 ÷（待制作至缺失各状态之和）。"

_KEYS: Final[dict[By, tuple[str, str]]] = {
    "town": ("coalesce(a.town, '')", "coalesce(t.name, '未写镇街')"),
    "maker": ("coalesce(b.maker, '')", "coalesce(b.maker, '未交付制作')"),
    "road": ("a.handle_name", "a.handle_name"),
    "installer": ("p.installed_by", "coalesce(nullif(p.installed_by, ''), '未安装')"),
}
_FROM: Final = """
    FROM register.plate_as_of(:day) p JOIN register.address a ON a.code = p.address
    LEFT JOIN register.division t ON t.code = a.town LEFT JOIN register.plate_batch b ON b.code = p.batch
    WHERE p.state NOT IN ('retired', 'replaced')
"""
_MAP = text("""
    SELECT jsonb_build_object('type', 'FeatureCollection', 'features', coalesce(jsonb_agg(jsonb_build_object(
      'type', 'Feature', 'geometry', ST_AsGeoJSON(f.geom, 6)::jsonb,
      'properties', jsonb_build_object('class', f.kind, 'label', f.name, 'id', f.code, 'href', f.href,
        'made_up', f.made_up))), '[]'::jsonb))::text
    FROM (
      SELECT a.code, a.made_up, coalesce('/desk/plates/' || p.code, '/a/' || a.code) AS href, q.geom, a.handle_name || register.number_text(a.number, a.sub) AS name,
             CASE WHEN c.state = 'hung' THEN 'hung' WHEN c.state IN ('damaged', 'missing') THEN 'wrong'
                  WHEN c.state IS NULL THEN 'none' ELSE 'coming' END AS kind
      FROM register.address a
      JOIN register.address_point q ON q.address = a.code AND q.kind = 'entrance'
      LEFT JOIN register.plate p ON p.address = a.code AND p.retired_at IS NULL
      LEFT JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code AND c.state <> 'retired'
      WHERE a.valid_to IS NULL AND a.principal IS NULL AND c.state IS DISTINCT FROM 'replaced'
        AND (:town = '' OR a.town = :town) AND (:road = '' OR a.handle_name = :road)
      ORDER BY a.code LIMIT :most
    ) f
""")


@dataclass(frozen=True, slots=True)
class Line:
    """One township, maker, route or installer with its counts by state."""

    key: str
    name: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All plates in force."""
        return sum(self.counts.values())

    @property
    def share(self) -> float:
        """Share that hangs, 0 to 1."""
        return self.counts["hung"] / self.total if self.total else 0.0


def lines(db: Session, by: By, day: date) -> list[Line]:
    """The counts at the end of a day; asked for again later, the same day gives the same figures."""
    key, name = _KEYS[by]
    counted = ", ".join(f"count(*) FILTER (WHERE p.state = '{state}') AS {state}" for state in STATES)
    sql = f"SELECT {key} AS key, {name} AS name, {counted} {_FROM} GROUP BY 1, 2 ORDER BY count(*) DESC, 2"
    found = db.execute(text(sql), {"day": day}).mappings()
    return [Line(row["key"], row["name"], {state: row[state] for state in STATES}) for row in found]


def total(found: Sequence[Line]) -> Line:
    """All lines as one."""
    return Line("", "合计", {state: sum(line.counts[state] for line in found) for state in STATES})


def on_map(db: Session, *, town: str = "", road: str = "", most: int = 6000) -> str:
    """Doors as GeoJSON text, each with what hangs there: ``hung``, ``coming``, ``wrong``, ``none``."""
    return str(db.scalar(_MAP, {"town": town, "road": road, "most": most}))


def without_plate(db: Session) -> Sequence[RowMapping]:
    """Doors in force without any plate (有号无牌), by township: code, name, count."""
    sql = text("""
        SELECT coalesce(a.town, '') AS town, coalesce(t.name, '未写镇街') AS name, count(*) AS count
        FROM register.address a LEFT JOIN register.division t ON t.code = a.town
        WHERE a.valid_to IS NULL AND a.principal IS NULL
          AND NOT EXISTS (SELECT FROM register.plate p WHERE p.address = a.code AND p.retired_at IS NULL)
        GROUP BY 1, 2 ORDER BY 3 DESC, 2
    """)
    return list(db.execute(sql).mappings())
