"""The twelve scenarios run in the same browser before the same server as the pages' tests."""

from __future__ import annotations

import os

import pytest

from tests.pages.conftest import browser, chromium, playwright, server, visit

__all__ = ["browser", "chromium", "playwright", "server", "visit"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ours = [place for place, item in enumerate(items) if "tests/scenarios" in item.nodeid]
    for place in ours:
        items[place].add_marker(pytest.mark.browser)
    if os.environ.get("DIMING_SCREENS"):
        # For the pictures the scenarios run one after the other, the first first, whatever else shuffles tests.
        told = sorted(
            (items[place] for place in ours), key=lambda item: (item.path, item.reportinfo()[1] or 0)
        )
        for place, item in zip(ours, told, strict=True):
            items[place] = item
