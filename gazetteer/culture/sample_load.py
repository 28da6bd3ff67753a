"""A little made-up culture for the sample district (示例数据): protected names, their stories, planned names."""

from __future__ import annotations

from datetime import date
from typing import Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.culture import heritage, planned, stories
from gazetteer.register.impact import Kind
from geo.store.engine import act, session

ACTOR: Final = "示例"
_PLANNED: Final = (
    ("橘源路", "取橘乡之源"), ("澄碧路", "取澄江碧水"), ("瓷韵路", "取沙埠青瓷之韵"), ("柑黄路", "取黄岩蜜橘之色"), ("委羽南路", "取委羽山之名"),
    ("九峰东街", "取九峰山之名"),
)  # fmt: skip
_PLAN: Final = "示例地名方案（2025—2035）"
# What is listed: the kind of name and which of them, class, level, first year on record, the evidence, the story.
_LISTED: Final[tuple[tuple[Kind, str, str, int, str, str], ...]] = (
    ("place", "千年古镇", "省级", 976, "示例：宋代地理书列有此镇名。", "相传镇因溪得名，渡口的石阶至今还在，老人仍叫它旧街。"),
    ("place", "千年古村落", "市级", 998, "示例：族谱载宋初迁居。", "相传先祖沿江而上，见两山夹一水，便在此落脚，村名由此而来。"),
    ("place", "地方传统地名", "县级", 1736, "示例：旧志有载。", "相传得名很早，旧志里已经有它，街坊至今这样称呼。"),
    ("place", "近现代重要地名", "县级", 1927, "示例：当年报纸有报道。", "相传当年夜校设在村口祠堂，灯火通明，附近的人都来听课。"),
    ("place", "地方传统地名", "候选", 1841, "示例：碑刻可见。", "相传村口古樟下立过义渡碑，过江不取分文。"),
    ("road", "地方传统地名", "县级", 1736, "示例：旧城图有此街。", "相传街上百年间卖的都是橘子和竹器，赶集日挤得水泄不通。"),
    ("road", "地方传统地名", "候选", 1883, "示例：契约文书可见。", "相传巷里住过一位教书先生，巷名就从他家的匾额来。"),
)  # fmt: skip
_NAMES: Final = text("""
    SELECT code, standard_name AS name FROM register.place
    WHERE made_up AND state = '现行' AND category = 'C' AND :kind = 'place' AND valid_to IS NULL
    UNION ALL
    SELECT code, name FROM register.road WHERE made_up AND state = '现行' AND :kind = 'road' AND valid_to IS NULL
    ORDER BY code
""")
_UNNAMED: Final = text("""
    SELECT s.division, ST_AsBinary(s.geom) AS geom FROM register.road_segment s
    WHERE s.road IS NULL AND s.made_up AND s.valid_to IS NULL AND s.road_class IN ('主干道', '次干道')
    ORDER BY s.id LIMIT :n
""")


def load_sample_culture() -> int:
    """Put the sample's heritage, stories and planned names in, unless some are there; gives how many rows."""
    with session() as db:
        if db.scalar(text("SELECT EXISTS (SELECT FROM register.heritage WHERE made_up)")):
            return 0
        act(db, actor=ACTOR, action="culture.sample")
        made = _listed(db)
        lines = db.execute(_UNNAMED, {"n": len(_PLANNED)}).all()
        for (name, meaning), line in zip(_PLANNED, lines, strict=False):
            planned.add(db, name, "E", _PLAN, division=line.division or "", meaning=meaning, approved_on=date(2025, 3, 1),
                        geometry=shapely.from_wkb(bytes(line.geom)), made_up=True)  # fmt: skip
        return made + len(lines)


def _listed(db: Session) -> int:
    """Names put on the protection list, each with a story; all but the last story public."""
    waiting = {kind: iter(db.execute(_NAMES, {"kind": kind}).all()) for kind in ("place", "road")}
    made = 0
    for kind, which, level, since, evidence, told in _LISTED:
        row = next(waiting[kind], None)
        if row is None:
            continue
        heritage.add(db, kind, row.code, which, level, evidence=evidence, since_year=since, listed_on=date(2024, 6, 8),
                     document="示例地名〔2024〕1号", protection="示例：设置说明牌，不更名")  # fmt: skip
        story = stories.write(db, kind, row.code, f"{row.name}的来历（示例）",
                              f"示例故事，不是史实。{told}\n“{row.name}”这个名字就这样留了下来。", teller="示例讲述人")  # fmt: skip
        if made < len(_LISTED) - 1:
            stories.publish(db, story, "公开", version=1)
        made += 1
    return 2 * made
