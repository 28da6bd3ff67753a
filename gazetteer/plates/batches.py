"""Production (制作): plates that wait, put together for a maker by township or road; sheets; what came and what was wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from gazetteer.plates import records
from gazetteer.plates.face.words import words_of
from gazetteer.plates.payload import payload
from geo.cases.states import current, move, move_all
from geo.problems import BadInput, Conflict, NotFound
from geo.store.sight import whole

MOST: Final = 5000
"""Plates of one batch."""

_NUMBER = text("SELECT count(*) + 1 FROM register.plate_batch WHERE code LIKE :prefix || '%'")
_INSERT = text("""
    INSERT INTO register.plate_batch (code, maker, title, town, road, ordered, made_up, sent_on, actor, note)
    VALUES (:code, :maker, :title, :town, :road, :ordered, :made_up, :sent_on, :actor, :note)
""")
_WAITING = text("""
    SELECT p.code FROM register.plate p
    JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code AND c.state = 'ordered'
    JOIN register.address a ON a.code = p.address
    WHERE (:town = '' OR a.town = :town) AND (:road = '' OR a.road = :road OR a.handle_name = :road)
    ORDER BY a.handle_name, a.number_order, a.standard_address, p.code LIMIT :most FOR UPDATE OF p
""")
_MADE_UP = text("SELECT EXISTS (SELECT FROM register.plate WHERE code = ANY (:codes) AND made_up)")
_ROAD = text("SELECT code FROM register.road WHERE code = :road")
_SELECT: Final = """
    SELECT b.code, b.maker, b.title, b.sent_on, b.received_on, b.ordered, b.made_up, b.note, b.actor,
           count(p.code) FILTER (WHERE c.state = 'making') AS making,
           count(p.code) FILTER (WHERE c.state = 'arrived') AS arrived,
           count(p.code) FILTER (WHERE c.state IN ('hung', 'damaged', 'missing', 'replaced')) AS hung,
           (SELECT count(*) FROM register.plate_fault f WHERE f.batch = b.code) AS faults
    FROM register.plate_batch b
    LEFT JOIN register.plate p ON p.batch = b.code
    LEFT JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch with its counts; ``faults`` are all that were ever found in it, also those made again since."""

    code: str
    maker: str
    title: str
    sent_on: date
    received_on: date | None
    ordered: int
    made_up: bool
    note: str
    actor: str
    making: int
    arrived: int
    hung: int
    faults: int

    @property
    def state_label(self) -> str:
        """Where it stands: 制作中, 部分到货, 已到货."""
        if self.making == 0:
            return "已到货"
        return "部分到货" if self.arrived + self.hung else "制作中"


@dataclass(frozen=True, slots=True)
class Received:
    """What a delivery brought: good plates, plates with faults."""

    good: int
    faulty: int


def make(
    db: Session, maker: str, *, actor: str, roles: Collection[str], town: str = "", road: str = "", note: str = ""
) -> str:  # fmt: skip
    """Put the waiting plates of a township or road together for a maker; gives the batch's code.

    ``road`` is a road's code, or the name of a road, natural village or estate.

    Raises:
        BadInput: no maker, or nothing waits there.
        NotAllowed: none of the roles may.
    """
    name = maker.strip()
    if not 0 < len(name) <= 60:
        raise BadInput("没有写制作单位。", "填写制作单位的名称，至多 60 字。", code="plate.maker")
    codes = list(db.scalars(_WAITING, {"town": town, "road": road, "most": MOST}))
    if not codes:
        raise BadInput(
            "这个范围里没有待制作的门牌。", "换一个镇街或道路，或先申领门牌。", code="plate.nothing-waits"
        )
    made_up = bool(db.scalar(_MADE_UP, {"codes": codes}))
    code = _next_code(db)
    db.execute(
        text("INSERT INTO register.plate_maker (name) VALUES (:n) ON CONFLICT DO NOTHING"), {"n": name}
    )
    db.execute(_INSERT, {"code": code, "maker": name, "title": _title(db, town, road), "town": town or None,
                         "road": db.scalar(_ROAD, {"road": road}), "ordered": len(codes), "made_up": made_up, "sent_on": date.today(),
                         "actor": actor, "note": note})  # fmt: skip
    move_all(db, "plate", codes, "make", actor=actor, roles=roles, note=f"{code} {name}")
    db.execute(
        text("UPDATE register.plate SET batch = :batch WHERE code = ANY (:codes)"),
        {"batch": code, "codes": codes},
    )
    return code


def receive(
    db: Session, batch: str, faults: Mapping[str, str], *, actor: str, roles: Collection[str],
    came: Collection[str] | None = None,
) -> Received:  # fmt: skip
    """Take a delivery in: good plates have arrived, faulty ones go back to be made again.

    Args:
        db: the unit of work.
        batch: the batch's code.
        faults: plate code -> what is wrong with it.
        actor: the account's name.
        roles: of the caller.
        came: the codes that were in the boxes; None for all that were still out.

    Raises:
        NotFound: no such batch.
        BadInput: a code that is not of this batch, or not still out.
    """
    known = get(db, batch)
    out = records.codes(db, batch=batch, state="making")
    still_out = set(out)
    strange = [code for code in (*faults, *(came or ())) if code not in still_out]
    if strange:
        raise BadInput(
            f"{strange[0]} 不在批次 {batch} 的待收门牌里。",
            "核对门牌码，或先看它的记录。",
            code="plate.not-in-batch",
        )
    said = None if came is None else {*came, *faults}
    brought = [code for code in out if said is None or code in said]
    if not brought:
        raise Conflict(f"批次 {batch} 没有待收的门牌。", "刷新页面，看最新状态。", code="plate.received")
    good = [code for code in brought if code not in faults]
    move_all(db, "plate", good, "receive", actor=actor, roles=roles, note=batch)
    for code in faults:
        _fault(db, known.code, code, faults[code], actor=actor, roles=roles)
    if len(brought) == len(out):
        db.execute(
            text("UPDATE register.plate_batch SET received_on = current_date WHERE code = :code"),
            {"code": batch},
        )
    return Received(len(brought) - len(faults), len(faults))


def get(db: Session, code: str) -> Batch:
    """One batch.

    Raises:
        NotFound: no such batch.
    """
    row = (
        db.execute(text(f"{_SELECT} WHERE b.code = :code GROUP BY b.code"), {"code": code}).mappings().first()
    )
    if row is None:
        raise NotFound(f"没有批次 {code}。", "请核对批次号。")
    return Batch(**row)


def newest(db: Session, limit: int = 200) -> list[Batch]:
    """Batches, the newest first."""
    sql = f"{_SELECT} GROUP BY b.code ORDER BY b.sent_on DESC, b.code DESC LIMIT :limit"
    return [Batch(**row) for row in db.execute(text(sql), {"limit": limit}).mappings()]


def faults_of(db: Session, batch: str) -> Sequence[RowMapping]:
    """What was wrong with plates of a batch, the newest first."""
    sql = text(
        "SELECT plate, fault, actor, found_at FROM register.plate_fault WHERE batch = :b ORDER BY id DESC"
    )
    return list(db.execute(sql, {"b": batch}).mappings())


def sheet(db: Session, batch: str) -> dict[str, list[object]]:
    """The maker's list (制作清单): one row a plate, in the order of the route, with everything that is printed."""
    get(db, batch)
    rows = words_of(db, records.codes(db, batch=batch))
    return {
        "序号": [number for number, _ in enumerate(rows, 1)],
        "门牌码": [w.code for w in rows],
        "种类": [w.kind.name for w in rows],
        "规格（毫米）": [f"{w.kind.size[0]:g}×{w.kind.size[1]:g}" for w in rows],
        "街路名": [w.street for w in rows],
        "号码": [w.number + w.unit for w in rows],
        "拼音": [w.pinyin for w in rows],
        "邮政编码": [w.postcode for w in rows],
        "二维码边长（毫米）": [w.kind.qr for w in rows],
        "二维码内容": [payload(w.code) for w in rows],
        "标准地址": [w.standard_address for w in rows],
    }


def waiting(db: Session) -> Sequence[RowMapping]:
    """What waits to be made, by township: code, name, count, for the form."""
    sql = text("""
        SELECT coalesce(a.town, '') AS town, coalesce(t.name, '（未写镇街）') AS name, count(*) AS count
        FROM register."case" c JOIN register.plate p ON p.code = c.subject JOIN register.address a ON a.code = p.address
        LEFT JOIN register.division t ON t.code = a.town
        WHERE c.machine = 'plate' AND c.state = 'ordered' GROUP BY 1, 2 ORDER BY 3 DESC, 2
    """)
    return list(db.execute(sql).mappings())


def waiting_roads(db: Session, limit: int = 1000) -> list[str]:
    """Names of the roads, natural villages and estates where plates wait to be made, the most waiting first."""
    sql = text("""
        SELECT a.handle_name FROM register."case" c
        JOIN register.plate p ON p.code = c.subject JOIN register.address a ON a.code = p.address
        WHERE c.machine = 'plate' AND c.state = 'ordered' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT :limit
    """)
    return list(db.scalars(sql, {"limit": limit}))


def makers(db: Session) -> list[str]:
    """Every maker, by name."""
    return list(db.scalars(text("SELECT name FROM register.plate_maker ORDER BY name")))


def _fault(db: Session, batch: str, code: str, fault: str, *, actor: str, roles: Collection[str]) -> None:
    said = fault.strip()[:200] or "未说明"
    db.execute(
        text("INSERT INTO register.plate_fault (plate, batch, fault, actor) VALUES (:p, :b, :f, :a)"),
        {"p": code, "b": batch, "f": said, "a": actor},
    )
    if current(db, "plate", code) == "making":
        move(db, "plate", code, "remake", actor=actor, roles=roles, note=said)
        # It leaves this batch: the next one that is put together takes it along.
        db.execute(text("UPDATE register.plate SET batch = NULL WHERE code = :code"), {"code": code})


def _next_code(db: Session) -> str:
    prefix = f"ZP{date.today().year}-"
    db.execute(text("SELECT pg_advisory_xact_lock(hashtext('plate-batch'))"))
    with whole(db):
        return f"{prefix}{db.scalar(_NUMBER, {'prefix': prefix}):04d}"


def _title(db: Session, town: str, road: str) -> str:
    names = [db.scalar(text("SELECT name FROM register.division WHERE code = :c"), {"c": town}) if town else None,
             db.scalar(text("SELECT name FROM register.road WHERE code = :c"), {"c": road}) or road if road else None]  # fmt: skip
    return " ".join(name for name in names if name) or "全区"
