"""The repair desk over HTTP: what comes in goes out in its own format, forms need their token, refusals say why."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.repairs import work
from api.security.accounts import add_account
from gazetteer.repair import batches
from geo.files import read_table, write_table
from geo.store.engine import session
from tests.serving import Served

PASSWORD = "长一点的密码 xyz"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def officer(server: Served) -> Iterator[httpx.Client]:
    """A client that has logged in as 张三."""
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"], display_name="张三")
    with httpx.Client(
        base_url=server.url, headers={"accept": "text/html"}, follow_redirects=True, timeout=240
    ) as opened:
        opened.post("/login", data={"account": "zhang", "password": PASSWORD})
        yield opened


def token_of(client: httpx.Client) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/desk/repairs").text)
    assert found
    return found[1]


def take_in(client: httpx.Client, body: bytes, name: str, kind: str = "text/csv") -> httpx.Response:
    return client.post("/desk/repairs", data={"token": token_of(client)}, files={"file": (name, body, kind)})


def batch_of(answer: httpx.Response) -> int:
    return int(answer.url.path.rsplit("/", 1)[1])


def match(client: httpx.Client, batch: int, column: str) -> None:
    client.post(f"/desk/repairs/{batch}/start", data={"column": column, "token": token_of(client)})
    # One turn does some of it in any case, and all of it where the machine is not too busy.
    while not _matched(batch):
        work.work(batch)


def _matched(batch: int) -> bool:
    with session() as db:
        return batches.find(db, batch).state == "done"


def test_a_workbook_comes_back_as_a_workbook_with_its_formulas_as_text(officer: httpx.Client, tmp_path: Path):
    file = tmp_path / "名单.xlsx"
    write_table(file, {"备注": ["=1+1", "+86", "普通"], "详细地址": ["永宁大道1号", "永宁大道１号", None], "编码": ["a", "b", "c"]})  # fmt: skip
    batch = batch_of(take_in(officer, file.read_bytes(), "名单.xlsx", XLSX))
    match(officer, batch, "详细地址")
    answer = officer.get(f"/desk/repairs/{batch}/file")
    assert answer.headers["content-type"] == XLSX
    back = tmp_path / "back.xlsx"
    back.write_bytes(answer.content)
    table = read_table(back)
    assert table.headers[:5] == ["备注", "详细地址", "编码", "标准地址", "整改_编码"]
    assert table.columns["备注"] == ["=1+1", "+86", "普通"]
    assert b"<f>" not in zipfile.ZipFile(back).read("xl/worksheets/sheet1.xml")
    assert table.columns["处理结果"] == ["待处理"] * 3


def test_a_chinese_encoded_file_comes_back_in_it_and_formulas_do_not_run(officer: httpx.Client):
    body = "备注,地址\r\n=HYPERLINK(1),永宁大道1号\r\n街道办事处登记的名单,橘乡大道2号\r\n".encode("gb18030")
    batch = batch_of(take_in(officer, body, "a.csv"))
    match(officer, batch, "地址")
    lines = officer.get(f"/desk/repairs/{batch}/file").content.decode("gb18030").splitlines()
    assert lines[0].startswith(
        "备注,地址,标准地址,编码,经度,纬度,更正说明,不规范类型,规则,可信度,处理结果,处理人"
    )
    assert lines[1].startswith("'=HYPERLINK(1),永宁大道1号")


def test_the_column_is_guessed_shown_and_may_be_changed(officer: httpx.Client):
    answer = take_in(officer, "甲,乙\n永宁大道1号,2\n".encode(), "a.csv")
    assert "看不出哪一列是地址" in answer.text and "永宁大道1号" in answer.text
    match(officer, batch_of(answer), "甲")
    assert "永宁大道" in officer.get(answer.url.path).text


def test_a_form_without_the_logins_token_is_refused(officer: httpx.Client):
    answer = officer.post(
        "/desk/repairs", files={"file": ("a.csv", "地址\n永宁大道1号\n".encode(), "text/csv")}
    )
    assert answer.status_code == 403 and "页面已过期" in answer.text


def test_what_cannot_be_read_is_refused_on_the_page_and_leaves_nothing(officer: httpx.Client):
    before = officer.get("/desk/repairs").text.count("<tr>")
    for body, name in ((b"", "a.csv"), (b"PK\x03\x04junk", "a.xlsx"), (b"x", "a.pdf")):
        answer = take_in(officer, body, name)
        assert answer.status_code == 422 and 'role="alert"' in answer.text, name
    assert officer.get("/desk/repairs").text.count("<tr>") == before


def test_confirmed_rows_are_fetched_as_lines(officer: httpx.Client):
    batch = batch_of(take_in(officer, "地址\n黄岩区永宁大道1号\n".encode(), "a.csv"))
    match(officer, batch, "地址")
    form = {"scope": "auto", "expected": 1, "token": token_of(officer)}
    assert officer.post(f"/desk/repairs/{batch}/accept", data=form).status_code == 200
    answer = officer.get(f"/desk/repairs/{batch}/training")
    assert '"text":"黄岩区永宁大道1号"' in answer.text and '"type":"road"' in answer.text
    assert "attachment" in answer.headers["content-disposition"]


def test_an_unknown_batch_row_or_act_is_said_and_nothing_breaks(officer: httpx.Client):
    assert officer.get("/desk/repairs/999999").status_code == 404
    assert officer.get("/desk/repairs/999999/file").status_code == 404
    assert officer.get("/desk/repairs/abc").status_code == 422
    batch = batch_of(take_in(officer, io.BytesIO("地址\n永宁大道1号\n".encode()).read(), "a.csv"))
    match(officer, batch, "地址")
    assert officer.get(f"/desk/repairs/{batch}?row=99").status_code == 404
    form = {"action": "explode", "version": 1, "token": token_of(officer)}
    assert officer.post(f"/desk/repairs/{batch}/rows/1", data=form).status_code == 422
    form = {"decision": 12345, "token": token_of(officer)}
    assert officer.post(f"/desk/repairs/{batch}/undo", data=form).status_code == 404
