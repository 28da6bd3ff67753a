"""The rail of the workbench (工作台导航): which entries there are, and which of them a caller is shown.

An entry is shown when the table of rights lets the caller open at least one of its pages; a page that is not there
yet, or that the caller may not open, is left out. A room adds a page by a line here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from api.rights import RIGHTS


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the menu: the word and the address, which is also its entry in the table of rights."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the rail with its submenu; the first page that the caller may open is where it leads."""

    label: str
    room: str
    pages: tuple[Page, ...]


RAIL: Final = (
    Entry("待办", "home", (Page("待我办理", "/desk"), Page("我的草稿", "/desk/drafts"), Page("报错处理", "/desk/reports"))),
    Entry("地名", "places", (
        Page("命名申请", "/desk/naming"), Page("地名登记", "/desk/places"), Page("报国家库", "/desk/exchange"))),
    Entry("道路", "roads", (Page("道路排查", "/desk/roads"), Page("道路登记", "/desk/places/roads"))),
    Entry("地址", "addresses", (
        Page("存量整改", "/desk/repairs"), Page("门牌登记", "/desk/numbers"), Page("门牌诊断", "/desk/diagnosis"))),
    Entry("门牌", "plates", (Page("制作与上墙", "/desk/plates"),)),
    Entry("界线", "boundary", (Page("界线界桩", "/desk/boundary"), Page("外业", "/desk/field"))),
    Entry("助餐", "meals", (
        Page("助餐点", "/desk/meals"), Page("覆盖分析", "/desk/meals/coverage"), Page("选址", "/desk/meals/siting"),
        Page("许可与僵尸点", "/desk/meals/expiry"), Page("名单核对", "/desk/meals/compare"), Page("老年人口", "/desk/meals/population"))),
    Entry("公墓", "cemeteries", (
        Page("公墓", "/desk/cemeteries"), Page("台账核对", "/desk/cemeteries/ledgers"), Page("七项自查", "/desk/cemeteries/checks"),
        Page("选址核查", "/desk/cemeteries/siting"), Page("容量预测", "/desk/cemeteries/forecast"))),
    Entry("数据", "maps", (Page("导入导出", "/desk/data"), Page("地图", "/desk/maps"),)),
    Entry("统计", "statistics", (Page("年度数字", "/desk/statistics"), Page("年度报告", "/desk/statistics/report"))),
    Entry("系统", "system", (
        Page("我的账号", "/desk/system/me"), Page("账号", "/desk/system/accounts"), Page("接口密钥", "/desk/system/keys"),
        Page("权限查询", "/desk/system/why"), Page("审计", "/desk/system/audit"), Page("任务", "/desk/system/jobs"))),
)  # fmt: skip
"""Every entry, in the order of the rail."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one caller sees it on one page; ``pages`` are (label, href, current)."""

    label: str
    href: str
    current: bool
    pages: tuple[tuple[str, str, bool], ...]


def shown(roles: Collection[str], path: str) -> tuple[Shown, ...]:
    """The entries that a caller with these roles may open, the one that ``path`` belongs to marked."""
    here = _page_of(path)
    return tuple(
        Shown(entry.label, open_pages[0].href, here in entry.pages,
              tuple((page.label, page.href, page is here) for page in open_pages))
        for entry in RAIL
        if (open_pages := [page for page in entry.pages if may_open(roles, page.href)])
    )  # fmt: skip


def may_open(roles: Collection[str], href: str) -> bool:
    """Whether one of the roles may open a page, by the table of rights."""
    return bool(RIGHTS.get(("GET", href.split("?")[0]), frozenset()) & frozenset(roles))


def _page_of(path: str) -> Page | None:
    """The page whose address is the longest beginning of ``path``."""
    found = [
        page
        for entry in RAIL
        for page in entry.pages
        if path == page.href or (page.href != "/desk" and path.startswith(page.href + "/"))
    ]
    return max(found, key=lambda page: len(page.href), default=None)
