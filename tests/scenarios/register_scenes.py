"""What the scenarios of the register share: an officer who logs in, pages that answer."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from api.security.accounts import add_account
from geo.store.engine import session
from tests.pages.conftest import OpenPage
from tests.people import PASSWORD

Desk = Callable[..., Page]


def officer(name: str, shown: str) -> None:
    """An account of the place-name office."""
    with session() as db:
        add_account(db, name, PASSWORD, ["officer"], display_name=shown)


def at_desk(visit: OpenPage, account: str) -> Page:
    """A browser in which the officer has logged in."""
    return visit("/about", account=account, maps=False)


def said(page: Page, words: str) -> None:
    """The act's sentence stands on the page."""
    expect(page.locator("#said")).to_contain_text(words)
