"""An officer at the desk over the sample district with its meal points and cemeteries in full."""

from __future__ import annotations

from playwright.sync_api import Page

from api.security.accounts import add_account
from gazetteer.service.sample import load_details
from geo.store.engine import session

PASSWORD = "长一点的密码 xyz"


def prepare() -> None:
    """The made-up details and the officer 张三."""
    load_details()
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")


def log_in(page: Page) -> Page:
    """Log in on the page that is open."""
    page.fill("#account", "zhang")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    return page
