"""The desks of names over HTTP: what a township clerk reaches, figures and their lists, the push, papers of a batch."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import httpx
import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import text

from api.security.accounts import add_account
from gazetteer.proposal import batch as batches
from gazetteer.proposal.figures import figures
from gazetteer.proposal.sample_load import load_sample_proposals
from geo.store.engine import act as name_act
from geo.store.engine import session
from tests.serving import Served

_FREE_LANES = text("""
    SELECT min(s.id) FROM register.road_segment s WHERE s.road IS NULL AND s.valid_to IS NULL AND s.road_class = '巷弄'
      AND NOT EXISTS (SELECT FROM register.proposal p WHERE p.segments @> ARRAY[s.id])
    GROUP BY s.division ORDER BY s.division DESC LIMIT :n
""")
PASSWORD = "长一点的密码 xyz"
Desk = Callable[[str], httpx.Client]


@pytest.fixture(scope="module")
def sample(server: Served) -> None:
    """The sample's proposals, an officer, and a clerk of 南城街道."""
    load_sample_proposals(lanes=2)
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer", "reviewer"])
        town = db.scalar(
            text("SELECT code FROM register.division WHERE name = '南城街道' AND parent = '331003000000'")
        )
        add_account(db, "clerk", PASSWORD, ["township"], division_code=town)


@pytest.fixture
def desk(server: Served, sample: None) -> Iterator[Desk]:
    opened: list[httpx.Client] = []

    def login(name: str) -> httpx.Client:
        client = httpx.Client(base_url=server.url, timeout=240, follow_redirects=True)
        opened.append(client)
        form = {"account": name, "password": PASSWORD, "token": token(client, "/login")}
        assert client.post("/login", data=form).url.path != "/login"
        return client

    yield login
    for client in opened:
        client.close()


def token(client: httpx.Client, path: str) -> str:
    found = re.search(r'name="token" value="([^"]*)"', client.get(path).text)
    return found.group(1) if found else ""


def listed(client: httpx.Client, path: str) -> list[str]:
    return re.findall(r'data-row="([^"]+)"', client.get(path).text)


def test_a_township_clerk_sees_the_proposals_of_the_own_township_alone(desk: Desk) -> None:
    office, clerk = desk("zhang"), desk("clerk")
    every, own = listed(office, "/desk/naming?state=all"), listed(clerk, "/desk/naming?state=all")
    assert own and set(own) < set(every)
    other = next(code for code in every if code not in own)
    assert clerk.get(f"/desk/naming/{own[0]}").status_code == 200
    for path in (f"/desk/naming/{other}", f"/desk/naming/{other}/papers/sheet.pdf"):
        assert clerk.get(path).status_code in (403, 404)
    assert other not in clerk.get("/desk/naming/export?state=all").text
    form = {"token": token(clerk, f"/desk/naming/{own[0]}"), "act": "withdraw"}
    assert clerk.post(f"/desk/naming/{other}/act", data=form).status_code in (403, 404)


def test_every_figure_of_naming_leads_to_as_many_rows_as_it_says(desk: Desk) -> None:
    office = desk("zhang")
    with session() as db:
        counted = [f for f in figures(db, date.today().year) if "counted=" in f.href]
    assert len(counted) == 4 and any(f.value for f in counted)
    assert all("命名规则 331003@" in f.rule for f in counted), "the version of the rules is part of a figure"
    for figure in counted:
        assert len(listed(office, figure.href)) == figure.value, figure.label
        other = re.sub(r"year=\d+", "year=2001", figure.href)
        assert listed(office, other) == []


def test_what_waits_for_the_province_goes_out_as_a_file_once(desk: Desk) -> None:
    office = desk("zhang")
    page = office.get("/desk/exchange/push").text
    through = re.search(r'name="through" value="(\d+)"', page)
    assert through is not None
    lines = [json.loads(line) for line in office.get("/desk/exchange/push/pending.jsonl").text.splitlines()]
    assert lines and lines[-1]["seq"] == int(through.group(1))
    assert {line["op"] for line in lines} <= {"ADD", "UPDATE", "DELETE"}
    form = {"form": "file", "through": through.group(1), "token": token(office, "/desk/exchange/push")}
    said = office.post("/desk/exchange/push", data=form)
    assert f"{len(lines)} 条变更已报送省平台" in said.text
    after = office.get("/desk/exchange/push/pending.jsonl").text.splitlines()
    assert {json.loads(line)["PLACEID"] for line in after}.isdisjoint(line["PLACEID"] for line in lines)
    refused = office.post("/desk/exchange/push", data={**form, "form": "http"})
    assert refused.status_code == 422 and "推送地址" in refused.text


def test_a_batch_gives_one_kind_of_paper_for_all_its_proposals(desk: Desk) -> None:
    office = desk("zhang")
    with session() as db:
        batch = db.scalar(
            text("SELECT code FROM register.naming_batch WHERE title = '示例：道路排查批量命名'")
        )
        count = db.scalar(text("SELECT count(*) FROM register.proposal WHERE batch = :b"), {"b": batch})
    early = office.get(f"/desk/naming/batches/{batch}/papers/accepted.docx.zip")
    assert early.status_code == 409
    form = {"token": token(office, f"/desk/naming/batches/{batch}")}
    assert office.post(f"/desk/naming/batches/{batch}/check", data=form).status_code == 200
    for ending, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = office.get(f"/desk/naming/batches/{batch}/papers/accepted.{ending}.zip")
        packed = zipfile.ZipFile(io.BytesIO(answer.content))
        assert len(packed.namelist()) == count
        assert all(packed.read(name).startswith(begins) for name in packed.namelist())


def test_a_whole_batch_is_approved_filed_announced_and_given_signs_with_one_paper_for_all(desk: Desk) -> None:
    office, names = desk("zhang"), 2
    with session() as db:
        name_act(db, actor="test", action="proposal.batch")
        lanes = list(db.scalars(_FREE_LANES, {"n": names}))
        batch = batches.of(db, batches.start(db, [[one] for one in lanes], actor="test")[0])
    here = f"/desk/naming/batches/{batch}"
    form = {"token": token(office, here), "expected": str(names)}
    assert office.post(f"{here}/check", data=form).status_code == 200
    assert office.post(f"{here}/opine", data={**form, "wanted": "1"}).status_code == 200
    for act in ("approve", "file", "announce"):
        said = office.post(f"{here}/act", data={**form, "act": act, "number": f"示例{act}1号"})
        assert said.status_code == 200 and f"{names} 个名称" in said.text, said.text
    again = office.post(f"{here}/act", data={**form, "act": "announce", "number": "2"})
    assert again.status_code == 409
    for kind in ("opinion", "approval", "announcement"):
        packed = zipfile.ZipFile(io.BytesIO(office.get(f"{here}/papers/{kind}.docx.zip").content))
        assert len(packed.namelist()) == 1, kind
    printed = office.get(f"{here}/papers/sheet.pdf").content
    assert len(PdfReader(io.BytesIO(printed)).pages) >= names
    ordered = office.post(f"{here}/signs", data={**form, "maker": "示例标牌厂"})
    assert f"为 {names} 个名称登记 {2 * names} 块标志" in ordered.text


def test_a_sign_is_made_set_up_with_its_photo_and_counted(desk: Desk) -> None:
    office, clerk = desk("zhang"), desk("clerk")
    signs = listed(office, "/desk/naming/signs")
    assert signs and not set(listed(clerk, "/desk/naming/signs")) >= set(signs)
    with session() as db:
        code = db.scalar(text("SELECT proposal FROM register.name_sign WHERE code = :c"), {"c": signs[0]})
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "PNG")
    form = {"token": token(office, f"/desk/naming/{code}"), "step": "set", "version": "1"}
    with session() as db:
        form["version"] = str(
            db.scalar(text("SELECT version FROM register.name_sign WHERE code = :c"), {"c": signs[0]})
        )
    said = office.post(
        f"/desk/naming/signs/{signs[0]}", data=form, files={"file": ("牌.png", picture.getvalue())}
    )
    assert f"标志 {signs[0]}：已设置" in said.text
    photo = re.search(r"/desk/naming/signs/photos/[\w-]+", said.text)
    assert photo is not None and office.get(photo[0]).headers["content-type"] == "image/png"
    assert signs[0] in listed(office, f"/desk/naming/signs?set_year={date.today().year}")
    assert signs[0] in office.get("/desk/naming/signs/export?state=all").text


def test_words_of_a_paper_are_previewed_kept_as_versions_and_taken_back(desk: Desk) -> None:
    office = desk("zhang")
    here = "/desk/naming/wordings/sheet"
    form = {"token": token(office, here), "title": "地名校验单", "body": "对“{name}”校验如下。"}
    assert office.post(f"{here}/preview", data=form).content.startswith(b"%PDF")
    assert "在用：原文" in office.get(here).text
    assert "第 1 版" in office.post(here, data=form).text
    wrong = office.post(here, data={**form, "body": "{nothing}"})
    assert wrong.status_code == 422 and "不认识的填充项" in wrong.text
    swollen = office.post(f"{here}/preview", data={**form, "body": "{name:>999999999}"})
    assert swollen.status_code == 422, "a width in a field would make a paper of a thousand million blanks"
    assert "已恢复原文" in office.post(f"{here}/restore", data=form).text
    assert "对“{名称}”校验如下。" in office.get(f"{here}?version=1").text


def test_the_second_of_two_officers_sees_both_versions_side_by_side_and_loses_nothing(desk: Desk) -> None:
    one, other = desk("zhang"), desk("zhang")
    with session() as db:
        road = db.scalar(text("SELECT code FROM register.road WHERE state = '现行' ORDER BY code LIMIT 1"))
        version = db.scalar(text("SELECT version FROM register.road WHERE code = :c"), {"c": road})
    here = f"/desk/places/road/{road}/edit"
    form = {"token": token(one, here), "version": str(version), "was.meaning": "", "meaning": "甲写的含义"}
    assert one.post(here, data=form).status_code == 200
    clash = other.post(here, data={**form, "token": token(other, here), "meaning": "乙写的含义"})
    assert clash.status_code == 409
    assert all(word in clash.text for word in ("甲写的含义", "乙写的含义", "两边都改"))
    newest = re.search(r'name="version" value="(\d+)"', clash.text)
    assert newest is not None and int(newest[1]) == version + 1


def test_a_position_comes_from_a_file_and_a_class_table_from_the_bureau(desk: Desk) -> None:
    office = desk("zhang")
    given = {"token": token(office, "/desk/naming/new?category=F"), "category": "F"}
    area = (
        b'{"type":"Polygon","coordinates":[[[121.25,28.64],[121.252,28.64],[121.252,28.642],[121.25,28.64]]]}'
    )
    read = office.post("/desk/naming/shape", data=given, files={"file": ("地块.geojson", area)}).json()
    assert "面积约" in read["said"] and '"Polygon"' in read["geometry"]
    bad = office.post("/desk/naming/shape", data=given, files={"file": ("图.dwg", b"AC1032")})
    assert bad.status_code == 422 and "不支持" in bad.json()["problem"]
    assert "待核定" in office.get("/desk/exchange/terms").text
    table = office.get("/desk/exchange/terms/class.csv").content
    form = {"token": token(office, "/desk/exchange/terms")}
    taken = office.post("/desk/exchange/terms/class", data=form, files={"file": ("类别.csv", table)})
    assert "类别码表已启用 11 行" in taken.text


def test_a_road_is_merged_into_another_by_its_name(desk: Desk) -> None:
    office = desk("zhang")
    with session() as db:
        one, other = db.execute(
            text("SELECT code, name FROM register.road WHERE valid_to IS NULL AND state = '现行' AND name IN "
                 "(SELECT name FROM register.road WHERE valid_to IS NULL GROUP BY 1 HAVING count(*) = 1) ORDER BY code LIMIT 2")
        ).all()  # fmt: skip
    page = office.get(f"/desk/places/road/{one.code}/retire", params={"successor": other.name})
    assert page.status_code == 200 and f"并入{other.name}" in page.text
    nobody = office.get(f"/desk/places/road/{one.code}/retire", params={"successor": "没有这条路"})
    assert nobody.status_code == 422 and "没有叫“没有这条路”的其他道路" in nobody.text


def test_a_name_on_the_protection_list_is_listed_with_its_age(desk: Desk) -> None:
    office = desk("zhang")
    with session() as db:
        road = db.execute(
            text("SELECT code, name FROM register.road WHERE state = '现行' ORDER BY code LIMIT 1")
        ).one()
    form = {"heritage_class": "地方传统地名", "level": "县级", "evidence": "示例：民国县志", "since": "1900",
            "token": token(office, f"/desk/places/road/{road.code}")}  # fmt: skip
    assert office.post(f"/desk/places/road/{road.code}/heritage", data=form).status_code == 200
    page = office.get("/desk/places/protected").text
    assert road.name in page and f"距今约 {date.today().year - 1900} 年" in page
    said = office.get(f"/n/{road.code}").text
    assert 'lang="zh-Latn"' in said


def test_a_comment_stands_on_the_notice_only_when_the_officer_ticks_it(desk: Desk, server: Served) -> None:
    office = desk("zhang")
    code = listed(office, "/desk/naming?state=noticed")[0]
    public = httpx.Client(base_url=server.url, timeout=240)
    for words in ("这个名字好听。", "读音容易弄错，住在 3 幢的老王说的。"):
        form = {"token": token(public, f"/notices/{code}"), "content": words}
        assert public.post(f"/notices/{code}", data=form).status_code == 201
    page = office.get(f"/desk/naming/{code}").text
    outcome = re.search(r'name="outcome"><option>([^<]+)', page)
    assert outcome is not None
    for voice in set(re.findall(rf'action="/desk/naming/{code}/voices/(\d+)"', page)):
        said = re.search(rf'id="shown-{voice}"[^>]*>([^<]*)', page)
        assert said is not None
        form = {"token": token(office, f"/desk/naming/{code}"), "outcome": outcome[1], "shown": said[1]}
        office.post(
            f"/desk/naming/{code}/voices/{voice}",
            data={**form, "publish": "1"} if "好听" in said[1] else form,
        )
    told = public.get(f"/notices/{code}").text
    assert "这个名字好听。" in told and "老王" not in told
    public.close()
