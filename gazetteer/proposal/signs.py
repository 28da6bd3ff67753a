"""地名标志, the last step of a name: each sign a row from its order over its making to the day it stands.

A case ends by itself (标志已设置) with the last sign that was ordered for it. Photos are attachments of the sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import segments, steps, store
from gazetteer.proposal.model import Kept
from geo.problems import BadInput, Conflict, NotFound

OWNER: Final = "name_sign"
"""Owner of the photos among the attachments."""
STATES: Final = {"ordered": "已下单", "made": "已制作", "set": "已设置", "removed": "已撤除"}
STEPS: Final[dict[str, str]] = {"made": "已制作", "set": "已设置", "removed": "撤除"}
MOST: Final = 100
"""Signs in one order."""
_KINDS: Final = {
    "A": "自然地理实体标志",
    "B": "行政区域标志",
    "C": "居民点标志",
    "E": "街路巷标志",
    "F": "住宅区、楼宇标志",
}
_STATE: Final = """CASE WHEN s.removed_on IS NOT NULL THEN 'removed' WHEN s.set_on IS NOT NULL THEN 'set'
    WHEN s.made_on IS NOT NULL THEN 'made' ELSE 'ordered' END"""
_SELECT: Final = f"""
    SELECT s.code, s.proposal, p.name, p.pinyin, s.kind, s.spot, s.maker, s.ordered_on, s.made_on, s.set_on, s.removed_on,
           s.reason, {_STATE} AS state, ST_X(s.geom) AS lon, ST_Y(s.geom) AS lat, s.version, s.made_up, t.name AS town,
           (SELECT count(*) FROM register.attachment f
            WHERE f.owner = '{OWNER}' AND f.subject = s.code AND f.retired_at IS NULL) AS photos
    FROM register.name_sign s JOIN register.proposal p ON p.code = s.proposal
    LEFT JOIN register.division t ON t.code = rpad(left(p.division, 9), 12, '0')
"""  # noqa: S608 - constants
_CONDITIONS: Final = {
    "proposal": "s.proposal = :proposal",
    "state": f"{_STATE} = :state",
    "open": "s.set_on IS NULL AND s.removed_on IS NULL",
    "town": "p.division LIKE left(:town, 9) || '%'",
    "q": "(p.name LIKE '%' || :q || '%' OR s.spot LIKE '%' || :q || '%' OR s.code = upper(:q))",
    "set_year": "extract(year FROM s.set_on) = :set_year",
    "photo": """(EXISTS (SELECT FROM register.attachment f WHERE f.owner = 'name_sign' AND f.subject = s.code
                AND f.retired_at IS NULL)) = (:photo = 'yes')""",
}
_INSERT: Final = text("""
    INSERT INTO register.name_sign (proposal, kind, spot, geom, maker, ordered_on, made_by, made_up)
    VALUES (:proposal, :kind, :spot, CASE WHEN CAST(:lon AS float8) IS NOT NULL THEN
            ST_SetSRID(ST_MakePoint(CAST(:lon AS float8), CAST(:lat AS float8)), 4490) END, :maker, :on, :actor, :made_up)
    RETURNING code
""")
_SET: Final = {
    "made": "made_on = :on",
    "set": "made_on = coalesce(made_on, :on), set_on = :on",
    "removed": "removed_on = :on, reason = :reason",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sign is to stand, in words and where known in degrees (CGCS2000)."""

    words: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: what it shows is the name and its pinyin; ``state`` is a key of :data:`STATES`."""

    code: str
    proposal: str
    name: str
    pinyin: str
    kind: str
    spot: str
    maker: str
    ordered_on: date
    made_on: date | None
    set_on: date | None
    removed_on: date | None
    reason: str
    state: str
    lon: float | None
    lat: float | None
    version: int
    made_up: bool
    town: str | None
    photos: int

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]

    @property
    def last_on(self) -> date:
        """The day of what was done last."""
        return self.removed_on or self.set_on or self.made_on or self.ordered_on


@dataclass(frozen=True, slots=True)
class Filter:
    """Which signs a list shows; empty parts do not narrow."""

    proposal: str = ""
    state: str = ""
    open: str = ""
    town: str = ""
    q: str = ""
    set_year: int = 0
    photo: str = ""
    """``yes`` with a photo, ``no`` without one."""


def spots(db: Session, known: Kept) -> list[Spot]:
    """Where signs of the name usually stand: both ends of a road, else the place itself; a proposal to be changed."""
    shape, name = known.draft.geometry, known.draft.name
    if shape is None:
        return [Spot(f"{name}入口")]
    if known.draft.category != "E" or "LineString" not in shape.geom_type:
        point = shape.representative_point()
        return [Spot(f"{name}主入口" if known.draft.category == "F" else name, point.x, point.y)]
    return _road_ends(db, known, shape)


def order(
    db: Session, code: str, wanted: Sequence[Spot], *, officer: steps.Officer, on: date, maker: str = ""
) -> list[str]:
    """Order the signs of an announced name, one a spot, and give their codes.

    Raises:
        BadInput: no spot is given, one has no words or is too long, there are too many, or the day lies ahead.
        Conflict: the name is not announced, or is a cancelled one.
    """
    steps.not_future(on)
    known = store.find(db, code)
    if known.state not in ("announced", "signed") or known.draft.act == "销名":
        raise Conflict("名称公告以后才制作标志。", "先办理公告。", code="sign.early")
    if not wanted or len(wanted) > MOST:
        raise BadInput(
            f"要设置的位置有 {len(wanted)} 处。", f"填写 1 到 {MOST} 处，每行一处。", code="sign.spots"
        )
    if long := [spot.words for spot in wanted if not 1 <= len(spot.words.strip()) <= 200]:
        raise BadInput(f"位置“{long[0][:20]}”是空的或太长。", "每处写不超过 200 个字。", code="sign.spot")
    kind = _KINDS.get(known.draft.category, "其他地名标志")
    given = {"proposal": code, "kind": kind, "maker": maker.strip(), "on": on, "actor": officer.name,
             "made_up": known.draft.made_up}  # fmt: skip
    return [str(db.execute(_INSERT, {**given, "spot": spot.words.strip(), "lon": spot.lon, "lat": spot.lat}).scalar_one())
            for spot in wanted]  # fmt: skip


def move(
    db: Session, code: str, step: str, *, officer: steps.Officer, on: date, version: int, reason: str = ""
) -> Sign:
    """Note that a sign was made, stands, or was taken down; the last one that stands ends the case.

    Raises:
        BadInput: no such step, no reason for taking it down, or a day before that of the step before.
        Conflict: somebody was faster, or the step was taken already.
    """
    sign = find(db, code)
    _demand_step(sign, step, on, reason)
    done = db.execute(
        text(f"UPDATE register.name_sign SET {_SET[step]}, version = version + 1, updated_at = now() "  # noqa: S608
             "WHERE code = :code AND version = :version"),
        {"on": on, "code": code, "version": version} | ({"reason": reason.strip()} if step == "removed" else {}),
    )  # fmt: skip
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Conflict("这块标志已被别人登记过。", "刷新后重新办理。", code="version")
    if (
        step == "set"
        and store.find(db, sign.proposal).state == "announced"
        and not steps.signs_of(db, sign.proposal)[0]
    ):
        steps.sign(db, sign.proposal, officer=officer, on=on, note="标志全部设置")
    return find(db, code)


def find(db: Session, code: str) -> Sign:
    """One sign.

    Raises:
        NotFound: there is none of that code.
    """
    row = db.execute(text(f"{_SELECT} WHERE s.code = :code"), {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有编号为 {code} 的标志。", "请核对编号。")
    return Sign(**row._mapping)


def listed(db: Session, wanted: Filter, *, at: int = 1, size: int = store.PAGE) -> list[Sign]:
    """A page of signs, those that still have to be set first, the oldest order first."""
    sql = f"""{_SELECT} {_where(wanted)} ORDER BY s.set_on IS NOT NULL OR s.removed_on IS NOT NULL, s.ordered_on, s.code
              LIMIT :size OFFSET :skip"""
    rows = db.execute(text(sql), {**asdict(wanted), "size": size, "skip": (at - 1) * size})
    return [Sign(**row._mapping) for row in rows]


def count(db: Session, wanted: Filter) -> int:
    """How many signs a filter shows."""
    sql = f"SELECT count(*) FROM register.name_sign s JOIN register.proposal p ON p.code = s.proposal {_where(wanted)}"  # noqa: S608
    return int(db.scalar(text(sql), asdict(wanted)) or 0)


def _where(wanted: Filter) -> str:
    parts = [sql for name, sql in _CONDITIONS.items() if getattr(wanted, name)]
    return f"WHERE {' AND '.join(parts)}" if parts else ""


def _demand_step(sign: Sign, step: str, on: date, reason: str) -> None:
    steps.not_future(on)
    if step not in STEPS:
        raise BadInput("没有这一步。", "选择已制作、已设置或撤除。", code="sign.step")
    if (step == "made" and sign.state != "ordered") or (step == "set" and sign.state not in ("ordered", "made")) or (
        sign.state == "removed"
    ):  # fmt: skip
        raise Conflict(f"这块标志{sign.state_label}。", "刷新后重新办理。", code="sign.state")
    if on < sign.last_on:
        raise BadInput(
            f"日期 {on} 早于{sign.state_label}的日期 {sign.last_on}。", "改正日期。", code="sign.date"
        )
    if step == "removed" and not reason.strip():
        raise BadInput("没有写明撤除的原因。", "写明原因，例如“位置调整”。", code="sign.reason")


def _road_ends(db: Session, known: Kept, line: BaseGeometry) -> list[Spot]:
    draft = known.draft
    words = (draft.start_text or "起点", draft.end_text or "止点")
    made: list[Spot] = []
    for said, point in zip(words, segments.end_points(line), strict=True):
        # 永宁路 is a crossing with it; 东端 is only a side.
        spot = f"{draft.name}与{said}路口" if said[-1:] in "路街道巷弄" else f"{draft.name}{said}"
        made.append(Spot(spot, point.x, point.y))
    return made
