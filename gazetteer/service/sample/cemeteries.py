"""Made-up details of the cemeteries: places by type, prices, land, approvals, villages served, the self-check."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

ROUND = "2024"
_CEMETERY = text("""
    INSERT INTO register.cemetery (facility, category, area, builder, operator, management_fee, term_years, green_rate, parking,
      fire_safety, eco, upkeep, source, made_up, valid_from)
    SELECT code, CAST(:category AS text), ST_SetSRID(ST_Multi(ST_Buffer(geom::geography, :radius)::geometry), 4490), :builder, :operator, :fee, 20,
      :green, :parking, :fire, :eco, :upkeep, '示例数据', true, '2016-01-01' FROM register.facility WHERE code = :code
""")
_MOVED = text("""
    INSERT INTO register.cemetery_movement (facility, plot, grave_area_m2, on_day, change, places, made_up)
    VALUES (:code, :plot, :area, :day, :change, :places, true)
""")
_PRICE = text("""
    INSERT INTO register.cemetery_price (facility, plot, price, priced_by, document, made_up, valid_from)
    VALUES (:code, :plot, :price, :by, :document, true, '2022-01-01')
""")
_LAND = text("""
    INSERT INTO register.cemetery_land (facility, land_class, area_m2, document, made_up, valid_from, valid_to)
    VALUES (:code, :land, :area, :document, true, :since, :until)
""")
_APPROVAL = text("""
    INSERT INTO register.cemetery_approval (facility, kind, stage, number, on_day, made_up)
    VALUES (:code, :kind, :stage, :number, :day, true)
""")
_VILLAGE = text("""
    INSERT INTO register.cemetery_village (facility, division, valid_from, made_up)
    SELECT :code, v.code, '2016-01-01', true FROM register.division v
    WHERE v.level = 5 AND left(v.code, 9) = left(CAST(:division AS text), 9) AND v.valid_to IS NULL
    ORDER BY abs(v.code::bigint - CAST(:division AS bigint)), v.code LIMIT :count
""")
_CHECK = text("""
    INSERT INTO register.cemetery_check (facility, round, item, found, note, on_day, made_up)
    VALUES (:code, :round, :item, :found, :note, '2024-09-30', true)
""")
_BURIALS = text("""
    INSERT INTO register.burial_count (division, year, method, burials, source, made_up)
    SELECT code, 2024, :method, :burials, '示例数据', true FROM register.division WHERE code = '331003000000'
""")
_LIMITS = {"单穴": 0.7, "双穴": 1.0, "格位": 0.25, "树葬穴": 0.3}


def add_cemeteries(db: Session, seed: int) -> None:
    """Everything a cemetery's record holds, for each made-up one of the register."""
    rng = np.random.default_rng([seed, 53])
    found = db.execute(
        text("SELECT code, category, division, capacity, attributes FROM register.facility "
             "WHERE kind = 'cemetery' AND made_up AND valid_to IS NULL ORDER BY code")
    ).all()  # fmt: skip
    for serial, row in enumerate(found):
        _one(db, serial, row, rng)
    counts = {
        "墓穴": 1180,
        "骨灰堂": 640,
        "树葬": 1020,
        "花坛葬": 560,
        "草坪葬": 480,
        "壁葬": 340,
        "海葬": 28,
    }
    db.execute(_BURIALS, [{"method": method, "burials": burials} for method, burials in counts.items()])


def _one(db: Session, serial: int, row: Any, rng: np.random.Generator) -> None:
    code, eco = row.code, row.category in ("节地生态点", "骨灰堂")
    trade = row.category == "经营性公墓"
    db.execute(_CEMETERY, {
        "code": code, "category": row.category, "radius": float(rng.integers(30, 120)), "builder": "示例建设单位",
        "operator": "示例公墓服务公司" if trade else "示例村股份经济合作社", "fee": "按政府定价" if not trade else "按合同",
        "green": round(float(rng.uniform(0.3, 0.85)), 2), "parking": int(rng.integers(0, 80)),
        "fire": "有消防水源和灭火器" if serial % 3 else "未核", "eco": eco, "upkeep": ("有专人维护", "村代管", "未核")[serial % 3],
    })  # fmt: skip
    _places(db, row, rng)
    document = f"示例发改价〔2022〕{serial + 1}号"
    single = int(rng.integers(20, 300))
    for plot in _plots(row.category):
        # A double grave costs more than a single one.
        price = round(single * (1.6 if plot == "双穴" else 1.0)) * 100.0
        db.execute(_PRICE, {"code": code, "plot": plot, "price": price, "by": "市场调节价" if trade else "政府定价",
                            "document": "" if serial % 6 == 5 else document})  # fmt: skip
    _papers(db, serial, code)
    db.execute(_VILLAGE, {"code": code, "division": row.division, "count": 1 + serial % 5})
    items = [
        {
            "code": code,
            "round": ROUND,
            "item": item,
            "found": "存在问题" if (serial + item * 3) % 11 == 0 else "符合",
            "note": "",
        }
        for item in range(1, 8)
    ]
    db.execute(_CHECK, items)


def _plots(category: str) -> tuple[str, ...]:
    if category == "骨灰堂":
        return ("格位",)
    return ("树葬穴",) if category == "节地生态点" else ("单穴", "双穴")


def _places(db: Session, row: Any, rng: np.random.Generator) -> None:
    total = int(row.attributes.get("穴位总数") or row.capacity or 100)
    used = min(int(row.attributes.get("已用穴位") or 0), total)
    plots = _plots(row.category)
    for plot in plots:
        base = {"code": row.code, "plot": plot, "area": _LIMITS[plot]}
        whole, taken = total // len(plots), used // len(plots)
        kept = min(int(rng.integers(0, 20)), whole - taken)
        steps = [(date(2016, 5, 1), "新建", whole), (date(2023, 12, 31), "使用", taken * 4 // 5),
                 (date(2025, 6, 30), "使用", taken - taken * 4 // 5), (date(2025, 6, 30), "预留", kept)]  # fmt: skip
        moved = [base | {"day": day, "change": change, "places": n} for day, change, n in steps if n > 0]
        if moved:
            db.execute(_MOVED, moved)


def _papers(db: Session, serial: int, code: str) -> None:
    """Land class with its dates (园地 that became 林地), and the papers with their stages."""
    base = {
        "code": code,
        "area": 2000.0 + 300 * serial,
        "document": f"示例林地许〔2020〕{serial + 1}号",
        "until": None,
    }
    if serial % 4 == 1:
        db.execute(
            _LAND,
            base | {"land": "园地", "since": date(2016, 1, 1), "until": date(2020, 6, 1), "document": ""},
        )
        db.execute(_LAND, base | {"land": "林地", "since": date(2020, 6, 1)})
    elif serial % 7 != 3:
        db.execute(
            _LAND, base | {"land": ("林地", "建设用地", "其他")[serial % 3], "since": date(2016, 1, 1)}
        )
    for kind, stage in (
        ("民政", "已批准" if serial % 3 else "历史遗留"),
        ("林地", ("已批准", "审批中", "已申请")[serial % 3]),
    ):
        number = f"示例{kind}〔2020〕{serial + 1}号" if stage == "已批准" else ""
        day = date(2020, 6, 1) if stage == "已批准" else None
        db.execute(_APPROVAL, {"code": code, "kind": kind, "stage": stage, "number": number, "day": day})
