"""A few made-up proposals in several states for the sample district (示例数据), made by the same acts as real ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import batch, checking, deciding, entering, signs, steps, store, voices
from gazetteer.proposal.model import MACHINE, Draft
from geo.cases import attachments
from geo.store.engine import act, session

ACTOR: Final = "示例"
_OFFICER: Final = steps.Officer(ACTOR, frozenset({"officer", "reviewer"}))
_EXPERTS: Final = (("示例专家甲", "示例大学人文学院", "地方史"), ("示例专家乙", "示例测绘院", "地名与制图"),
                   ("示例专家丙", "示例方志办公室", "方志"))  # fmt: skip
_ESTATES: Final = (
    ("橘韵家园", "取橘乡韵味之意", "announced"), ("云澜雅苑", "云映波澜", "noticed"), ("书院名邸", "旧有书院于此", "reviewing"),
    ("天下第一城", "气势宏大", "accepted"), ("桂香苑", "院植桂树", "submitted"), ("橘灯公寓", "橘灯照夜", "draft"),
)  # fmt: skip
_SPOTS: Final = text("""
    SELECT DISTINCT ON (d.code) d.code AS division, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat
    FROM register.place p JOIN register.division d ON d.code = rpad(left(p.division, 9), 12, '0')
    WHERE p.category = 'C' AND p.made_up AND p.geom IS NOT NULL AND d.level = 4 ORDER BY d.code, p.code
""")
_UNNAMED: Final = text("""
    SELECT id FROM (SELECT DISTINCT ON (division) division, id FROM register.road_segment
                    WHERE road IS NULL AND made_up AND valid_to IS NULL AND road_class = '巷弄' ORDER BY division, id) s
    ORDER BY division LIMIT :n
""")


def load_sample_proposals(*, lanes: int = 6) -> int:
    """Put the sample proposals in, unless some are there, and give how many."""
    with session(timeout_s=0) as db:
        if db.scalar(text("SELECT EXISTS (SELECT FROM register.proposal WHERE made_up)")):
            return 0
        act(db, actor=ACTOR, action="proposal.sample")
        for name, organisation, field in _EXPERTS:
            voices.add_expert(db, name, organisation, field, made_up=True)
        places = spots(db)
        for (name, meaning, state), spot in zip(_ESTATES, places, strict=False):
            _estate(db, name, meaning, state, spot)
        ids = list(db.scalars(_UNNAMED, {"n": lanes}))
        started = (
            batch.start(db, [[one] for one in ids], actor=ACTOR, title="示例：道路排查批量命名")
            if ids
            else []
        )
        return len(places[: len(_ESTATES)]) + len(started)


def spots(db: Session) -> list[Any]:
    """Where the sample's estates may stand: one spot (division, lon, lat) a township."""
    return list(db.execute(_SPOTS).all())


def _estate(db: Session, name: str, meaning: str, state: str, spot: Any) -> None:
    code = make_estate(db, name, meaning, spot)
    _advance(db, code, state, store.today())


def make_estate(db: Session, name: str, meaning: str, spot: Any, *, channel: str = "窗口") -> str:
    """A made-up application for the name of an estate with its papers, still a draft; gives its code."""
    area = shapely.box(spot.lon, spot.lat, spot.lon + 0.0013, spot.lat + 0.0011)
    draft = Draft(
        "F", spot.division, feature="building" if name.endswith("公寓") else "estate", name=name, geometry=area,
        land_area_m2=15000.0, floor_area_m2=32000.0, storeys=17, green_rate=0.36, meaning=meaning, reason="新建住宅小区（示例）",
        location="示例用地，四至见图", usage="住宅", applicant="示例置业有限公司", contact="示例联系人", phone="00000000000",
        made_up=True,
    )  # fmt: skip
    code = store.make(db, draft, actor=ACTOR, channel=channel)
    checking.keep(db, store.find(db, code), day=store.today())
    for kind in ("application", "map", "permit"):
        attachments.put(db, MACHINE, code, kind, f"示例-{kind}.pdf", b"%PDF-1.4\n% sample\n", actor=ACTOR)
    return code


def _advance(db: Session, code: str, state: str, today: date) -> None:
    """Walk a case to a state, its days laid back so that the clocks show something."""
    ago = 4 if state in ("noticed", "accepted") else 21
    days = [today - timedelta(n) for n in (ago + 2, ago + 1, ago)]
    path = ("submitted", "accepted", "noticed", "reviewing", "announced")
    if state not in path:
        return
    goal = path.index(state)
    steps.simple(db, code, "submit", officer=_OFFICER, on=days[0])
    if goal >= 1:
        steps.accept(db, code, officer=_OFFICER, on=days[1])
    if goal >= 2:
        steps.check(db, code, officer=_OFFICER, on=days[1])
        name, organisation, _ = _EXPERTS[0]
        voices.add(db, code, "expert", "含义健康，易读易记。", actor=ACTOR, name=name, organisation=organisation,
                   verdict="同意", given_on=days[1])  # fmt: skip
        steps.notice(db, code, officer=_OFFICER, on=days[2])
    if goal >= 3:
        steps.close(db, code, officer=_OFFICER, on=days[2] + timedelta(8))
    if goal >= 4:
        _finish(db, code, days[2] + timedelta(9))


def _finish(db: Session, code: str, on: date) -> None:
    deciding.opine(db, [code], officer=_OFFICER, on=on)
    deciding.approve(db, [code], f"示例建地名〔{on.year}〕1号", officer=_OFFICER, on=on + timedelta(2))
    steps.file(db, code, f"示例备{on.year}-1", officer=_OFFICER, on=on + timedelta(5))
    announced = on + timedelta(7)
    entering.announce(db, code, f"示例公告{on.year}年第1号", officer=_OFFICER, on=announced)
    spots = [signs.Spot(f"{side}出入口") for side in ("南侧", "北侧")]
    first, _ = signs.order(db, code, spots, officer=_OFFICER, on=announced, maker="示例标牌厂")
    signs.move(db, first, "made", officer=_OFFICER, on=announced, version=1)
