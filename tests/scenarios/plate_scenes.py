"""What the two scenarios of plates share: a small project over the sample district, people, a phone, photos."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import segno
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import text

from api.security.accounts import add_account
from gazetteer.plates import batches, hanging, orders
from gazetteer.plates.payload import payload
from geo.store.engine import act, session
from tests.pages.conftest import PATIENCE_MS, log_in
from tests.people import PASSWORD

OFFICER = {"officer"}
PHONE = {"width": 390, "height": 844}
HERE = {"longitude": 121.262, "latitude": 28.648, "accuracy": 6}


@dataclass(frozen=True)
class People:
    """Who takes part."""

    officer: str = "zhang"
    installer: str = "li"


def accounts() -> People:
    with session() as db:
        if not db.scalar(text("SELECT EXISTS (SELECT FROM access.account WHERE name = 'zhang')")):
            add_account(db, "zhang", PASSWORD, ["officer", "reviewer"], display_name="张三")
            add_account(db, "li", PASSWORD, ["township", "inspector"], display_name="李四")
    return People()


def doors(count: int) -> list[str]:
    """Doors on roads without a plate."""
    with session() as db:
        return list(db.scalars(
            text("SELECT a.code FROM register.address a WHERE a.handle_kind = 'road' AND a.bld = '' AND a.valid_to IS NULL "
                 "AND NOT EXISTS (SELECT FROM register.plate p WHERE p.address = a.code) ORDER BY a.code LIMIT :n"),
            {"n": count},
        ))  # fmt: skip


def ordered(count: int) -> list[str]:
    with session() as db:
        act(db, actor="zhang", action="plate.order")
        return [orders.order(db, door, "", "新编", actor="zhang") for door in doors(count)]


def hung(count: int) -> list[str]:
    """Plates that hang already."""
    codes = ordered(count)
    with session() as db:
        act(db, actor="zhang", action="plate.make")
        batch = batches.make(db, "甲厂", actor="zhang", roles=OFFICER)
        batches.receive(db, batch, {}, actor="zhang", roles=OFFICER)
        for code in codes:
            hanging.hang(
                db, code, actor="li", shown="李四", roles={"township"}, lon=121.26, lat=28.65, accuracy_m=5
            )
    return codes


def photo(colour: str = "steelblue") -> dict[str, object]:
    """A file as a phone's camera gives it, larger than may be sent."""
    out = io.BytesIO()
    Image.effect_noise((2600, 1900), 80).convert("RGB").save(out, "JPEG", quality=92)
    assert colour and out.tell() > 900_000
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def square(code: str) -> bytes:
    """The printed square as a picture, for a look at it."""
    out = io.BytesIO()
    segno.make(payload(code), error="m").save(out, kind="png", scale=6)
    return out.getvalue()


@contextmanager
def phone(browser: Browser, url: str, account: str = "") -> Iterator[tuple[BrowserContext, Page]]:
    """A phone with a place and a camera's permission, logged in where an account is named."""
    context = browser.new_context(
        base_url=url, locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True, geolocation=HERE,
        permissions=["geolocation"],
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    if account:
        log_in(context, account)
    try:
        yield context, context.new_page()
    finally:
        context.close()
