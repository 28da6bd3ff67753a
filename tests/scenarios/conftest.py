"""The twelve scenarios run in the same browser before the same server as the pages' tests."""

from __future__ import annotations

import pytest

from tests.pages.conftest import browser, chromium, playwright, server, visit

__all__ = ["browser", "chromium", "playwright", "server", "visit"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/scenarios" in item.nodeid:
            item.add_marker(pytest.mark.browser)
