"""People who log in: what the tests of HTTP call them by."""

from __future__ import annotations

from collections.abc import Callable

import httpx

PASSWORD = "长一点的密码 xyz"
Come = Callable[[str], httpx.Client]
"""``come("li")`` logs li in and gives a client; ``come("")`` is anybody."""
