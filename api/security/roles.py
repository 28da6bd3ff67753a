"""The kinds of caller (角色) that the table of rights speaks of."""

from __future__ import annotations

from typing import Final

ROLES: Final[dict[str, str]] = {
    "officer": "地名科",
    "reviewer": "审核",
    "township": "镇街",
    "counter": "窗口",
    "inspector": "外业检查",
    "analyst": "统计分析",
    "administrator": "系统管理员",
    "security": "安全管理员",
    "auditor": "审计员",
}
"""What an account may be; the Chinese name is what screens show."""

APART: Final = frozenset({"administrator", "security", "auditor"})
"""三员: nobody holds two of them."""

PUBLIC: Final = "public"
SYSTEM: Final = "system"
KINDS: Final = (PUBLIC, *ROLES, SYSTEM)
"""Every kind of caller: nobody known, the roles, and the program's own command line and jobs."""

SCOPES: Final[dict[str, str]] = {
    "read": "查询",
    "batch": "批量查询",
    "write": "登记",
    "feed": "变更订阅",
    "plates": "门牌清单",
}
"""What an API key may be for."""
