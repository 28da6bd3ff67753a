"""What the scenarios of the register share: an officer who logs in, pages that answer."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from api.security.accounts import add_account
from geo.store.engine import session
from tests.pages.conftest import DESK, OpenPage

PASSWORD = "长一点的密码 xyz"
Desk = Callable[..., Page]


def officer(name: str, shown: str) -> None:
    """An account of the place-name office."""
    with session() as db:
        add_account(db, name, PASSWORD, ["officer"], display_name=shown)


def at_desk(visit: OpenPage, account: str) -> Page:
    """A browser in which the officer has logged in."""
    page = visit("/login", size=DESK)
    page.fill("#account", account)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    return page


def said(page: Page, words: str) -> None:
    """The act's sentence stands on the page."""
    expect(page.locator("#said")).to_contain_text(words)
