"""Register forms through the page: findings by row and field, the differences, taking in and taking back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import text

from api.security.accounts import add_account
from boundary.sample_rounds import LINE
from geo.store.engine import act, session
from tests.serving import Served

PASSWORD = "a long enough password 1"
HEAD = "界桩代码,界桩编号,界桩名称,界线代码,序号,经度,纬度,界桩材质,位置描述,一号方位物名称,一号方位物方位角,一号方位物距离\n"
HOME = "/desk/boundary"


@pytest.fixture(scope="module")
def desk(server: Served) -> Iterator[httpx.Client]:
    """The office, logged in, with its forms' token in the header."""
    with session() as db:
        act(db, actor="test", action="account.add")
        add_account(db, "keeper", PASSWORD, ["officer"])
        add_account(db, "west", PASSWORD, ["officer"], division_code="331024000000")
    with entered(server, "keeper") as client:
        yield client


@contextmanager
def entered(server: Served, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=240) as client:
        assert client.post("/v1/session", json={"account": name, "password": PASSWORD}).status_code < 300
        client.headers["x-csrf-token"] = client.get("/v1/session").json()["csrf"]
        yield client


def upload(
    client: httpx.Client, content: str | bytes, name: str = "成果表.csv", datum: str = "cgcs2000"
) -> str:
    body = content.encode() if isinstance(content, str) else content
    answer = client.post(f"{HOME}/import", files={"file": (name, body)}, data={"datum": datum})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def place(code: str) -> tuple[float, float]:
    with session() as db:
        row = db.execute(
            text("SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat FROM register.boundary_marker WHERE code = :c"),
            {"c": code},
        ).one()
    return row.lon, row.lat


def material(code: str) -> tuple[str, bool] | None:
    with session() as db:
        row = db.execute(
            text("SELECT material, valid_to IS NULL AS stands FROM register.boundary_marker WHERE code = :c"),
            {"c": code},
        ).one_or_none()
    return (row.material, row.stands) if row else None


def test_a_file_is_checked_compared_taken_in_and_taken_back(desk: httpx.Client) -> None:
    (lon, lat), before = place("SAMPLE-02"), material("SAMPLE-02")
    file = HEAD + f"SAMPLE-02,,黄临02号,{LINE},2,{lon},{lat},钢筋混凝土,,,,\n"
    file += f"NEW-1,0382021Q,新桩,{LINE},,{lon + 0.0001},{lat},花岗岩,桥东,电杆,45,12\n"
    here = upload(desk, file)
    page = desk.get(here).text
    assert all(word in page for word in ("差异", "钢筋混凝土", "新增", "新桩", "入库"))
    assert material("SAMPLE-02") == before and material("NEW-1") is None, "a check writes nothing"

    assert desk.post(here).status_code == 303
    assert (material("SAMPLE-02"), material("NEW-1")) == (("钢筋混凝土", True), ("花岗岩", True))
    assert desk.post(here).status_code == 409, "once"

    assert desk.post(f"{here}/undo").status_code == 303
    assert (material("SAMPLE-02"), material("NEW-1")) == (before, ("花岗岩", False))
    assert "已撤销" in desk.get(here).text
    # What was taken back may come again.
    again = upload(desk, file)
    assert desk.post(again).status_code == 303
    assert material("NEW-1") == ("花岗岩", True)
    assert desk.post(f"{again}/undo").status_code == 303


def test_what_is_wrong_is_told_with_row_and_field_and_nothing_goes_in(desk: httpx.Client) -> None:
    lon, lat = place("SAMPLE-03")
    page = desk.get(upload(desk, HEAD + f"SAMPLE-03,,x,{LINE},3,{lon},{lat},花岗岩,,独立石,370,5\n")).text
    assert all(word in page for word in ("没有入库", "一号方位物坐标方位角", "370", "不能入库"))
    assert re.search(r'data-label="行">2<', page)
    swapped = desk.get(upload(desk, HEAD + f"SAMPLE-03,,x,{LINE},3,{lat},{lon},花岗岩,,,,\n")).text
    assert "没有入库" in swapped
    nothing = desk.post(f"{HOME}/import", files={"file": ("表.docx", b"PK")})
    assert nothing.status_code == 422 and "这个文件不能用" in nothing.text


def test_an_import_is_not_taken_back_over_what_was_changed_since(desk: httpx.Client) -> None:
    lon, lat = place("SAMPLE-04")
    here = upload(desk, HEAD + f"SAMPLE-04,,黄临04号,{LINE},4,{lon},{lat},石,,,,\n")
    assert desk.post(here).status_code == 303
    with session() as db:
        act(db, actor="test", action="marker.change")
        db.execute(text("UPDATE register.boundary_marker SET custodian = '某村', version = version + 1 "
                        "WHERE code = 'SAMPLE-04'"))  # fmt: skip
    assert desk.post(f"{here}/undo").status_code == 409
    assert material("SAMPLE-04") == ("石", True)


def test_an_export_of_a_line_goes_in_again_without_a_difference_and_is_noted(desk: httpx.Client) -> None:
    for ending in ("csv", "xlsx"):
        file = desk.get(f"{HOME}/lines/{LINE}/markers.{ending}")
        assert file.status_code == 200 and file.headers["cache-control"] == "no-store"
        assert (
            "文件与登记库一致" in desk.get(upload(desk, file.content, f"登记表.{ending}", datum="")).text
        ), ending
    with session() as db:
        door = db.scalar(text("SELECT detail ->> 'door' FROM audit.entry WHERE operation = 'read' "
                              "AND detail ->> 'door' = '登记表导出' LIMIT 1"))  # fmt: skip
    assert door == "登记表导出"


def test_a_countys_office_imports_no_marker_of_a_line_that_is_not_its_own(
    server: Served, desk: httpx.Client
) -> None:
    lon, lat = place("SAMPLE-05")
    with entered(server, "west") as west:
        page = west.get(upload(west, HEAD + f"SAMPLE-05,,x,{LINE},5,{lon},{lat},木,,,,\n")).text
        assert "不在您辖区的界线上" in page
        assert west.get(f"{HOME}/lines/{LINE}/markers.csv").status_code == 404
    assert material("SAMPLE-05") != ("木", True)
