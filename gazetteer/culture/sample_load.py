"""A little made-up culture for the sample district (示例数据): a protected name, a story, two planned names."""

from __future__ import annotations

from typing import Final

import shapely
from sqlalchemy import text

from gazetteer.culture import heritage, planned, stories
from geo.store.engine import act, session

ACTOR: Final = "示例"
_PLANNED: Final = (("橘源路", "取橘乡之源"), ("澄碧路", "取澄江碧水"))
_NAMES: Final = text("""
    (SELECT 'place' AS kind, code, standard_name AS name FROM register.place
     WHERE made_up AND state = '现行' AND category = 'C' ORDER BY code LIMIT 1)
    UNION ALL
    (SELECT 'road', code, name FROM register.road WHERE made_up AND state = '现行' ORDER BY code LIMIT 1)
""")
_UNNAMED: Final = text("""
    SELECT s.division, ST_AsBinary(s.geom) AS geom FROM register.road_segment s
    WHERE s.road IS NULL AND s.made_up AND s.valid_to IS NULL AND s.road_class IN ('主干道', '次干道')
    ORDER BY s.id LIMIT :n
""")


def load_sample_culture() -> int:
    """Put the sample's heritage, story and planned names in, unless some are there; gives how many rows."""
    with session() as db:
        if db.scalar(text("SELECT EXISTS (SELECT FROM register.heritage WHERE made_up)")):
            return 0
        act(db, actor=ACTOR, action="culture.sample")
        names = db.execute(_NAMES).all()
        for row in names:
            heritage.add(db, row.kind, row.code, "地方传统地名", "县级", evidence="示例：旧志有载", since_year=1736,
                         document="示例地名〔2024〕1号", protection="示例：设置说明牌，不更名")  # fmt: skip
            story = stories.write(db, row.kind, row.code, f"{row.name}的来历（示例）",
                                  f"示例故事，不是史实。相传{row.name}得名很早，旧志里已经有它。\n街坊至今这样称呼它。",
                                  teller="示例讲述人")  # fmt: skip
            stories.publish(db, story, "公开", version=1)
        lines = db.execute(_UNNAMED, {"n": len(_PLANNED)}).all()
        for (name, meaning), line in zip(_PLANNED, lines, strict=False):
            planned.add(db, name, "E", "示例地名方案（2025—2035）", division=line.division or "", meaning=meaning,
                        geometry=shapely.from_wkb(bytes(line.geom)), made_up=True)  # fmt: skip
        return 2 * len(names) + len(lines)
