"""Office acts on cemeteries: places move, prices and land classes are superseded by dated rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.service.cemeteries.sites import CHANGES, LAND, site
from geo.problems import BadInput

_PRESENT_PRICE = text("""
    SELECT valid_from FROM register.cemetery_price WHERE facility = :code AND plot = :plot AND valid_to IS NULL FOR UPDATE
""")
_END_PRICE = text("""
    UPDATE register.cemetery_price SET valid_to = :day, updated_at = now()
    WHERE facility = :code AND plot = :plot AND valid_to IS NULL
""")
_UNDO = {"取消预留": "reserved", "迁出": "used"}


def move_places(
    db: Session, code: str, plot: str, change: str, places: int, *, on_day: date, note: str = ""
) -> None:
    """Book a movement of places (新建、使用、预留、取消预留、迁出、封闭).

    Raises:
        BadInput: unknown change, no places, a day to come, or more than there are.
        NotFound: no such cemetery.
    """
    db.execute(text("SELECT FROM register.cemetery WHERE facility = :code FOR UPDATE"), {"code": code})
    held = {p.plot: p for p in site(db, code, date.today()).plots}
    if change not in CHANGES or places < 1 or not plot.strip() or on_day > date.today():
        raise BadInput(
            "没有登记：变动种类、数量或日期不对。", "数量至少 1，日期不晚于今天。", code="cemetery.movement"
        )
    known = held.get(plot)
    if change != "新建" and known is None:
        raise BadInput(f"这里没有“{plot}”这种穴位。", "先登记新建，或选择已有的类型。", code="cemetery.plot")
    if known is not None:
        have = getattr(known, _UNDO.get(change, "free"))
        if change != "新建" and places > have:
            raise BadInput(
                f"数量 {places} 超过现有的 {have} 个。", "核对数量和穴位类型。", code="cemetery.too-many"
            )
    db.execute(
        text("INSERT INTO register.cemetery_movement (facility, plot, grave_area_m2, on_day, change, places, note, made_up) "
             "SELECT :code, :plot, :area, :day, :change, :places, :note, made_up FROM register.cemetery WHERE facility = :code"),
        {"code": code, "plot": plot.strip(), "area": known.grave_area_m2 if known else None, "day": on_day, "change": change,
         "places": places, "note": note},
    )  # fmt: skip


def set_price(
    db: Session, code: str, plot: str, price: Decimal, priced_by: str, *, on_day: date, document: str
) -> None:
    """A price from a day on; the one before ends that day. A price set by government needs its document.

    Raises:
        BadInput: a negative price, an unknown way of pricing, no document, or a day that is too early.
    """
    if price < 0 or priced_by not in ("政府定价", "政府指导价", "市场调节价") or not plot.strip():
        raise BadInput("价格没有登记：类型、金额或定价方式不对。", "核对后重新填写。", code="cemetery.price")
    if priced_by != "市场调节价" and not document.strip():
        raise BadInput(
            "政府定价和指导价必须写明定价文件。", "填写文件名和文号。", code="cemetery.price-document"
        )
    asked = {
        "code": code,
        "plot": plot.strip(),
        "day": on_day,
        "price": price,
        "by": priced_by,
        "document": document.strip(),
    }
    since = db.scalar(_PRESENT_PRICE, asked)
    if since and on_day <= since:
        raise BadInput(
            f"启用日期不晚于现行价格的启用日期 {since}。", "填写更晚的日期。", code="cemetery.price-date"
        )
    db.execute(_END_PRICE, asked)
    db.execute(
        text("INSERT INTO register.cemetery_price (facility, plot, price, priced_by, document, made_up, valid_from) "
             "SELECT :code, :plot, :price, :by, :document, made_up, :day FROM register.cemetery WHERE facility = :code"), asked,
    )  # fmt: skip


def set_land(db: Session, code: str, land_class: str, *, on_day: date, document: str) -> None:
    """The land class from a day on (园地调为林地); the one before ends that day and stays to be asked for.

    Raises:
        BadInput: unknown class, or a day not after the beginning of the present one.
    """
    if land_class not in LAND:
        raise BadInput("没有这种地类。", "从列表中选择。", code="cemetery.land")
    asked = {"code": code, "land": land_class, "day": on_day, "document": document}
    since = db.scalar(
        text(
            "SELECT max(valid_from) FROM register.cemetery_land WHERE facility = :code AND valid_to IS NULL"
        ),
        asked,
    )
    if since and on_day <= since:
        raise BadInput(
            f"启用日期不晚于现行地类的启用日期 {since}。", "填写更晚的日期。", code="cemetery.land-date"
        )
    db.execute(
        text("UPDATE register.cemetery_land SET valid_to = :day, updated_at = now() "
             "WHERE facility = :code AND valid_to IS NULL"), asked,
    )  # fmt: skip
    db.execute(
        text("INSERT INTO register.cemetery_land (facility, land_class, document, made_up, valid_from) "
             "SELECT :code, :land, :document, made_up, :day FROM register.cemetery WHERE facility = :code"), asked,
    )  # fmt: skip
