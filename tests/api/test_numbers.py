"""A number given at the desk or over the interface is in the answers at once; a retired one answers with its successor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from api.security.accounts import add_account
from api.security.keys import add_key
from geo.files import write_table
from geo.store.engine import session
from tests.serving import Served
from tests.waiting import until

PASSWORD = "长一点的密码 xyz"


@pytest.fixture(scope="module")
def clerk(server: Served) -> Iterator[httpx.Client]:
    with session() as db:
        add_account(db, "chuang", PASSWORD, ["counter"], display_name="李四")
    with httpx.Client(
        base_url=server.url, headers={"accept": "text/html"}, follow_redirects=True, timeout=240
    ) as opened:
        opened.post("/login", data={"account": "chuang", "password": PASSWORD})
        yield opened


@pytest.fixture(scope="module")
def writer(server: Served) -> Iterator[httpx.Client]:
    with session() as db:
        key = add_key(db, "审批平台", ["write"])
    with httpx.Client(base_url=server.url, headers={"authorization": f"Bearer {key}"}, timeout=240) as opened:
        yield opened


@pytest.fixture(scope="module")
def road(server: Served) -> Any:
    """A road that is alone in its name, and a place beside its doors 3 and 5."""
    with session() as db:
        return db.execute(
            text("SELECT r.code, r.name, avg(ST_X(p.geom)) AS lon, avg(ST_Y(p.geom)) AS lat FROM register.road r "
                 "JOIN register.address a ON a.road = r.code AND a.valid_to IS NULL AND a.bld = '' "
                 "AND a.number IN ('3', '5') AND a.sub = '' JOIN register.address_point p ON p.address = a.code "
                 "WHERE (SELECT count(*) FROM register.road s WHERE s.name = r.name) = 1 "
                 "GROUP BY r.code, r.name HAVING count(*) = 2 ORDER BY r.code LIMIT 1")
        ).one()  # fmt: skip


def best(client: httpx.Client, asked: str) -> dict[str, Any]:
    found = client.get("/v1/geocode", params={"q": asked}).raise_for_status().json()["features"]
    told: dict[str, Any] = found[0]["properties"]["geocoding"] if found else {"code": "", "level": ""}
    return told


def new(road: Any, number: str, **more: object) -> dict[str, object]:
    return {
        "handle": road.code,
        "number": number,
        "lon": road.lon,
        "lat": road.lat,
        "applicant": "某单位",
        **more,
    }


def test_an_approved_number_is_found_by_search_suggest_and_reverse(
    writer: httpx.Client, client: httpx.Client, road: Any
) -> None:
    made = writer.post("/v1/addresses", json=new(road, "8801"))
    assert made.status_code == 201, made.text
    code = made.json()["code"]
    until(lambda: best(client, f"黄岩区{road.name}8801号")["code"] == code)
    assert code in client.get("/v1/suggest", params={"q": f"{road.name}8801"}).text
    near = client.get("/v1/reverse", params={"lon": road.lon, "lat": road.lat, "datum": "cgcs2000"}).text
    assert code in near


def test_a_changed_number_answers_with_its_successor_in_search_suggest_and_reverse(
    writer: httpx.Client, client: httpx.Client, road: Any
) -> None:
    old = writer.post("/v1/addresses", json=new(road, "8811")).json()
    answer = writer.patch(f"/v1/addresses/{old['code']}", json={"number": "8813", "applicant": "某单位"},
                          headers={"if-match": f'"{old["version"]}"'})  # fmt: skip
    assert answer.status_code == 200, answer.text
    now = answer.json()["code"]
    until(lambda: best(client, f"黄岩区{road.name}8813号")["code"] == now)
    until(lambda: best(client, f"黄岩区{road.name}8811号")["code"] == now)
    assert "已停用" in best(client, f"黄岩区{road.name}8811号")["note"]
    page = client.get("/", params={"q": f"黄岩区{road.name}8811号"}, headers={"accept": "text/html"}).text
    assert now in page and "已停用" in page
    typed = client.get("/v1/suggest", params={"q": f"{road.name}8811"}).text
    assert now in typed and old["code"] not in typed
    near = client.get("/v1/reverse", params={"lon": road.lon, "lat": road.lat, "datum": "cgcs2000"}).text
    assert old["code"] not in near


def test_a_certified_wording_finds_the_door_that_the_proof_is_about(
    server: Served, writer: httpx.Client, client: httpx.Client, road: Any
) -> None:
    from gazetteer.registration import deciding, taking
    from gazetteer.registration.clerk import Clerk
    from gazetteer.registration.model import Application, Person
    from geo.store.acts import act

    code = writer.post("/v1/addresses", json=new(road, "8815")).json()["code"]
    said = ("城关镇没有登记的老后街12号", "翡翠老厂宿舍东门")
    counter = Clerk("chuang", "李四", frozenset({"counter"}))
    with session() as db:
        act(db, actor="chuang", action="registration.take")
        case = taking.take(
            db, Application("证明", Person(name="钱八"), address=code, same_as=said), counter
        ).code
        deciding.do(db, case, "approve", counter)
    until(lambda: best(client, said[0])["code"] == code)
    assert "指向同一不动产" in best(client, said[0])["note"]
    for wording in (said[1], f"浙江省台州市黄岩区{said[0]}", f"黄岩区 {said[1]}"):
        found = best(client, wording)
        assert (found["code"], found["status"], found["level"]) == (code, "auto", "door"), wording
    assert best(client, said[0] + "3幢")["code"] != code, "only the very wording is certified"


def test_a_write_needs_a_key_for_writing_and_the_version_that_was_seen(
    writer: httpx.Client, client: httpx.Client, road: Any
) -> None:
    assert client.post("/v1/addresses", json=new(road, "8821")).status_code == 403
    made = writer.post("/v1/addresses", json=new(road, "8821")).json()
    change = {"retire": True, "applicant": "某单位"}
    assert writer.patch(f"/v1/addresses/{made['code']}", json=change).status_code == 422
    stale = writer.patch(f"/v1/addresses/{made['code']}", json=change, headers={"if-match": '"99"'})
    assert (stale.status_code, stale.json()["code"]) == (409, "version")
    done = writer.patch(
        f"/v1/addresses/{made['code']}", json=change, headers={"if-match": f'"{made["version"]}"'}
    )
    assert done.status_code == 200 and done.json()["valid_to"]


def test_the_same_request_sent_twice_registers_once(writer: httpx.Client, road: Any) -> None:
    headers = {"idempotency-key": "a-1"}
    one, two = (writer.post("/v1/addresses", json=new(road, "8831"), headers=headers) for _ in range(2))
    assert one.status_code == two.status_code == 201
    assert one.json() == two.json() and two.headers["idempotent-replayed"] == "true"
    assert writer.post("/v1/addresses", json=new(road, "8831")).status_code == 422


def test_a_file_is_checked_row_by_row_and_written_whole(
    clerk: httpx.Client, road: Any, tmp_path: Any
) -> None:
    found = re.search(r'name="token" value="([^"]+)"', clerk.get("/desk/numbers/import").text)
    assert found
    token = found[1]

    def send(step: str, numbers: list[str]) -> httpx.Response:
        file = tmp_path / "门牌.csv"
        write_table(
            file,
            {"道路": [road.name] * 2, "门牌号": numbers, "申请人": ["甲", "乙"], "办理类型": ["新编"] * 2},
        )
        return clerk.post("/desk/numbers/import", data={"step": step, "token": token},
                          files={"file": ("门牌.csv", file.read_bytes(), "text/csv")})  # fmt: skip

    twice = send("check", ["8841", "8841"])
    assert "第 3 行" in twice.text and "与第2行是同一个号码" in twice.text
    checked = send("check", ["8841", "8843"]).text
    assert "2 行可以登记" in checked
    key = re.search(r'name="key" value="([0-9a-f]{32})"', checked)
    assert key, "the file that was checked need not be chosen again"
    written = {"step": "write", "token": token, "key": key[1], "name": "门牌.csv"}
    assert "已登记2件" in clerk.post("/desk/numbers/import", data=written).text
    assert "已经不在了" in clerk.post("/desk/numbers/import", data=written).text
    assert "已经登记" in send("check", ["8841", "8843"]).text


def test_a_street_is_planned_from_a_drawn_line_and_from_the_outlines_of_houses(
    clerk: httpx.Client, road: Any
) -> None:
    import json

    found = re.search(r'name="token" value="([^"]+)"', clerk.get("/desk/numbers/streets").text)
    assert found
    asked = {"token": found[1], "handle": road.code, "step": "plan"}
    shown = clerk.post("/desk/numbers/streets", data={**asked, "step": "show"}).text
    assert road.name in shown and "没有写入" not in shown
    lon, lat = road.lon, road.lat
    line = {"type": "LineString", "coordinates": [[lon, lat], [lon + 0.0004, lat + 0.0002]]}
    drawn = clerk.post("/desk/numbers/streets", data={**asked, "points": json.dumps(line)})
    assert "新编 2 个" in drawn.text
    house = [[lon, lat], [lon + 0.0001, lat], [lon + 0.0001, lat + 0.0001], [lon, lat]]
    file = json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [house]}}]})  # fmt: skip
    houses = clerk.post(
        "/desk/numbers/streets", data=asked, files={"file": ("房屋.geojson", file, "application/json")}
    )
    assert "新编 1 个" in houses.text
    sheet = f"户主,经度,纬度\n甲,{lon},{lat}\n".encode()
    listed = clerk.post("/desk/numbers/streets", data=asked, files={"file": ("门.csv", sheet, "text/csv")})
    assert "新编 1 个" in listed.text
    wrong = clerk.post(
        "/desk/numbers/streets", data=asked, files={"file": ("房屋.geojson", "[1]", "application/json")}
    )
    assert wrong.status_code == 422 and "GeoJSON" in wrong.text


def test_approving_in_spite_of_a_warning_asks_for_the_reason_and_the_history_shows_it(
    server: Served, clerk: httpx.Client, road: Any
) -> None:
    from gazetteer.registration import deciding, taking
    from gazetteer.registration.clerk import PUBLIC, Clerk
    from gazetteer.registration.model import Application, Person
    from geo.store.acts import act

    given = Application("新编", Person(name="吴九"), "网上", handle=road.code, number="8897", lon=road.lon,
                        lat=road.lat, note="申请人自己写的")  # fmt: skip
    with session() as db:
        act(db, actor="public", action="registration.submit")
        code = taking.take(db, given, PUBLIC).code
        deciding.do(db, code, "accept", Clerk("chuang", "李四", frozenset({"counter"})))
    page = clerk.get(f"/desk/numbers/{code}").text
    assert "没有勾选" in page, "missing materials are told on the record"
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    asked = {"act": "approve", "token": found[1]}
    refused = clerk.post(f"/desk/numbers/{code}/act", data=asked)
    assert refused.status_code == 422 and "没有写明理由" in refused.text
    approved = clerk.post(f"/desk/numbers/{code}/act", data={**asked, "note": "材料已在窗口核对原件"})
    assert "已核准" in approved.text
    assert "材料已在窗口核对原件" in clerk.get(f"/desk/numbers/{code}").text


def test_the_page_of_a_retired_address_leads_to_its_successor_or_says_that_there_is_none(
    server: Served, client: httpx.Client, writer: httpx.Client, road: Any
) -> None:
    old, new_ = (writer.post("/v1/addresses", json=new(road, n)).json() for n in ("8911", "8913"))
    end = {"retire": True, "applicant": "某单位"}
    writer.patch(f"/v1/addresses/{old['code']}", json={**end, "successor": new_["code"]},
                 headers={"if-match": f'"{old["version"]}"'}).raise_for_status()  # fmt: skip
    shown = client.get(f"/a/{old['code']}", headers={"accept": "text/html"})
    assert (
        shown.status_code == 200
        and "注销，现在用下面的地址" in shown.text
        and road.name + "8913" in shown.text
    )
    now = client.get(f"/v1/addresses/{new_['code']}").headers["etag"]
    writer.patch(f"/v1/addresses/{new_['code']}", json=end, headers={"if-match": now}).raise_for_status()
    gone = client.get(f"/a/{new_['code']}", headers={"accept": "text/html"})
    assert gone.status_code == 404 and "没有承继的地址" in gone.text


def test_the_applicant_adds_materials_from_home_until_the_case_is_decided(server: Served, road: Any) -> None:
    from datetime import date

    from gazetteer.registration import deciding, taking
    from gazetteer.registration.clerk import PUBLIC, Clerk
    from gazetteer.registration.model import Application, Person
    from geo.store.acts import act

    given = Application(
        "新编", Person(name="钱八"), "网上", handle=road.code, number="8861", lon=road.lon, lat=road.lat
    )
    with session() as db:
        act(db, actor="public", action="registration.submit")
        taken = taking.take(db, given, PUBLIC)
    who = {"code": taken.code, "private": taken.private, "kind": "title"}
    scan = {"file": ("产权证.txt", "第1页".encode(), "text/plain")}
    with httpx.Client(base_url=server.url, headers={"accept": "text/html"}, timeout=240) as home:
        assert home.post("/apply/number/files", data={**who, "private": "0"}, files=scan).status_code == 404
        added = home.post("/apply/number/files", data=who, files=scan)
        assert added.status_code == 200 and "产权证.txt" in added.text
        with session() as db:
            act(db, actor="chuang", action="registration.refuse")
            clerk = Clerk("chuang", "李四", frozenset({"counter"}))
            deciding.do(db, taken.code, "refuse", clerk, "不属实", on=date.today())
        late = home.post("/apply/number/files", data=who, files=scan)
        assert late.status_code == 409 and "已经办结" in late.text


def test_what_was_sent_back_is_corrected_from_home_and_the_desk_sees_both_versions(
    server: Served, clerk: httpx.Client, road: Any
) -> None:
    from gazetteer.registration import deciding, taking
    from gazetteer.registration.clerk import PUBLIC, Clerk
    from gazetteer.registration.model import Application, Person
    from geo.store.acts import act

    given = Application("新编", Person(name="钱八", phone="13800000000"), "网上", handle=road.code, number="8871",
                        lon=road.lon, lat=road.lat)  # fmt: skip
    with session() as db:
        act(db, actor="public", action="registration.submit")
        taken = taking.take(db, given, PUBLIC)
        deciding.do(db, taken.code, "return", Clerk("chuang", "李四", frozenset({"counter"})), "说明里写清楚")
    who = {"code": taken.code, "private": taken.private}
    with httpx.Client(base_url=server.url, headers={"accept": "text/html"}, timeout=240) as home:
        assert home.post("/apply/number/amend", data={**who, "private": "0"}).status_code == 404
        form = home.post("/apply/number/amend", data=who).text
        inputs = [(re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag))
                  for tag in re.findall(r"<input[^>]*>", form)]  # fmt: skip
        filled = {name[1]: value[1] for name, value in inputs if name and value}
        assert filled["number"] == "8871" and filled["applicant"] == "钱八"
        sent = {
            **who,
            **filled,
            "point": f"{road.lon},{road.lat}",
            "number": "8873",
            "note": "自建房",
            "step": "save",
        }
        assert "已提交" in home.post("/apply/number/amend", data=sent).text
        again = home.post("/apply/number/amend", data=sent)
        assert again.status_code == 409 and "正在办理" in again.text
    shown = clerk.get(f"/desk/numbers/{taken.code}").text
    assert "8871" in shown and "8873" in shown and "改动" in shown
    edit = clerk.get(f"/desk/numbers/{taken.code}/edit").text
    assert "修改登记" in edit and 'value="8873"' in edit


def test_an_applicant_writes_the_address_out_as_it_stands_on_the_plate(
    server: Served, writer: httpx.Client, road: Any
) -> None:
    made = writer.post("/v1/addresses", json=new(road, "8881")).json()
    asked = {"kind": "换发", "applicant": "钱八", "phone": "13800000000", "materials": ["identity", "plate"]}
    with httpx.Client(base_url=server.url, headers={"accept": "text/html"}, timeout=240) as home:
        until(lambda: best(home, f"黄岩区{road.name}8881号")["code"] == made["code"])
        unknown = home.post("/apply/number", data={**asked, "address": f"黄岩区{road.name}8999号"})
        assert unknown.status_code == 422 and "没有找到" in unknown.text
        taken = home.post("/apply/number", data={**asked, "address": f"黄岩区{road.name}8881号"})
        assert taken.status_code == 200, taken.text
    with session() as db:
        assert db.scalar(text("SELECT count(*) FROM register.registration WHERE address = :a AND kind = '换发'"),
                         {"a": made["code"]}) == 1  # fmt: skip


def test_the_applicants_name_is_in_no_public_answer(
    writer: httpx.Client, client: httpx.Client, road: Any
) -> None:
    code = writer.post("/v1/addresses", json=new(road, "8851", applicant="某某某")).json()["code"]
    assert "某某某" not in client.get(f"/v1/addresses/{code}").text
    assert client.get("/desk/numbers", headers={"accept": "text/html"}).status_code in (303, 401)


def test_whoever_works_at_the_desk_stays_there_when_an_act_is_refused(clerk: httpx.Client) -> None:
    found = re.search(r'name="token" value="([^"]+)"', clerk.get("/desk/numbers/streets").text)
    assert found
    came = str(clerk.base_url.join("/desk/numbers"))
    refused = clerk.post(
        "/desk/numbers/GNOSUCH/act", data={"act": "approve", "token": found[1]}, headers={"referer": came}
    )
    assert refused.status_code == 404 and "没有编号为GNOSUCH的登记" in refused.text
    assert (
        'class="rail no-print"' in refused.text and "没有办成" in refused.text and "data-back" in refused.text
    )
