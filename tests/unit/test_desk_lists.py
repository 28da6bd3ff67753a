"""The address bar of a list: filters, order, cursor; nothing that was not offered gets through."""

from __future__ import annotations

from starlette.requests import Request

from api.desks.lists import Column, Filter, asked_of

COLUMNS = (Column("code", "编号", sortable=True), Column("note", "说明"))
FILTERS = (Filter("state", "状态", (("open", "待办"),)), Filter("q", "文字"))


def bar(query: str) -> Request:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/desk/x",
        "query_string": query.encode(),
        "headers": [],
    }
    return Request(scope)


def test_filters_and_order_are_read_and_written_back():
    asked = asked_of(bar("state=open&q=%E8%B7%AF&sort=-code&cursor=7"), FILTERS, COLUMNS)
    assert (asked.value("state"), asked.value("q"), asked.sort, asked.descending, asked.cursor) == (
        "open", "路", "code", True, "7")  # fmt: skip
    assert asked.link() == "/desk/x?state=open&q=%E8%B7%AF&sort=-code", (
        "a new order or filter begins at the first page"
    )
    assert asked.link(cursor="9").endswith("&cursor=9")
    assert asked.sort_link("code").endswith("sort=code"), "once more turns it round"


def test_what_the_list_does_not_offer_is_left_aside():
    asked = asked_of(bar("state=DROP&sort=note&other=1"), FILTERS, COLUMNS, sort="-code")
    assert (asked.value("state"), asked.sort, asked.descending) == ("", "code", True)
    assert asked.link() == "/desk/x?sort=-code" and not asked.filtered
