"""What is imported as a facility gets its record at the desk, and only then stands among meal points and cemeteries."""

from __future__ import annotations

import html
import re

import httpx
import pytest
from sqlalchemy import text

from api.security.accounts import add_account
from geo.crs import convert
from geo.store.engine import act, session
from tests.people import PASSWORD, Come

TOWN = "331003001000"
_ADD = text("""
    INSERT INTO register.facility (kind, name, category, division, state, capacity, geom, made_up)
    VALUES (:kind, :name, :category, :town, :state, 80, ST_SetSRID(ST_MakePoint(121.26, 28.65), 4490), true) RETURNING code
""")


@pytest.fixture(scope="module")
def accounts(server) -> None:
    with session() as db:
        add_account(db, "zhang", PASSWORD, ["officer"])
        add_account(db, "analyst", PASSWORD, ["analyst"])


def imported(kind: str, name: str, *, category: str = "", state: str = "在用") -> str:
    """The code of a facility as an import leaves it."""
    with session() as db:
        act(db, actor="test", action="import.facilities")
        given = {"kind": kind, "name": name, "category": category, "town": TOWN, "state": state}
        return str(db.scalar(_ADD, given))


def test_an_imported_meal_point_gets_its_record_and_one_left_out_waits(come: Come):
    desk = come("zhang")
    one, other = imported("meal", "试验老年食堂"), imported("meal", "试验中心")
    page = desk.get("/desk/meals/new").text
    assert _proposed(page, one) == "老年食堂" and _proposed(page, other) == ""
    assert desk.get(f"/desk/meals/{one}").status_code == 404
    answer = _send(desk, "/desk/meals/new", page, {one: "老年食堂", other: ""})
    assert answer.status_code == 303 and answer.headers["location"] == "/desk/meals"
    assert "试验老年食堂" in desk.get(f"/desk/meals/{one}").text
    left = desk.get("/desk/meals/new").text
    assert other in left and one not in left
    assert come("").get(f"/meals/{one}").status_code == 200


def test_one_that_is_out_of_use_begins_as_closed(come: Come):
    desk, code = come("zhang"), imported("meal", "停用的中心", state="停用")
    _send(desk, "/desk/meals/new", desk.get("/desk/meals/new").text, {code: "助餐点"})
    with session() as db:
        found = db.execute(
            text("SELECT tier, state, per_sitting, made_up FROM register.meal_point WHERE facility = :code"),
            {"code": code},
        ).one()
    assert tuple(found) == ("助餐点", "closed", 80, True)


def test_a_cemetery_is_opened_as_what_the_file_called_it(come: Come):
    desk, code = come("zhang"), imported("cemetery", "试验陵园", category="经营性公墓")
    page = desk.get("/desk/cemeteries/new").text
    assert _proposed(page, code) == "经营性公墓"
    _send(desk, "/desk/cemeteries/new", page, {code: "经营性公墓"})
    assert "试验陵园" in desk.get(f"/desk/cemeteries/{code}").text


def test_a_type_that_there_is_not_is_refused_in_words(come: Come):
    desk, code = come("zhang"), imported("meal", "不知何处")
    answer = _send(desk, "/desk/meals/new", desk.get("/desk/meals/new").text, {code: "酒楼"})
    assert answer.status_code == 422 and "酒楼" in answer.text


def test_nobody_without_the_office_opens_a_record(come: Come):
    assert come("").get("/desk/meals/new").status_code in {303, 401}
    analyst, code = come("analyst"), imported("meal", "等着的食堂")
    page = analyst.get("/desk/meals/new").text
    assert _send(analyst, "/desk/meals/new", page, {code: "老年食堂"}).status_code == 403


def _proposed(page: str, code: str) -> str:
    row = page[page.index(f'value="{code}"') :]
    chosen = re.search(r"<option selected>([^<]+)", row[: row.index("</tr>")])
    return chosen[1] if chosen else ""


def _send(desk: httpx.Client, path: str, page: str, chosen: dict[str, str]) -> httpx.Response:
    return desk.post(path, data={"token": _token(page), "code": list(chosen), "type": list(chosen.values())})


def test_a_list_in_another_datum_is_compared_and_the_rows_that_a_person_chose_become_meal_points(come: Come):
    desk = come("zhang")
    address, lon, lat = _a_door()
    standing = imported("meal", "早有的食堂")
    _send(desk, "/desk/meals/new", desk.get("/desk/meals/new").text, {standing: "老年食堂"})
    x, y = (float(v[0]) for v in convert([lon], [lat], "cgcs2000", "gcj02"))
    rows = (
        f"清单食堂,{address},{x:.7f},{y:.7f}",
        f"远处食堂,{address},{x + 0.02:.7f},{y:.7f}",
        f"无址助餐点,不存在的火星基地,{x + 0.001:.7f},{y:.7f}",
        f"早有的食堂,{address},{x:.7f},{y:.7f}",
    )
    files = {"file": ("名单.csv", "名称,地址,经度,纬度\n" + "\n".join(rows), "text/csv")}
    first = desk.get("/desk/meals/compare").text
    page = desk.post("/desk/meals/compare", data={"token": _token(first), "datum": "gcj02"}, files=files).text
    found = re.findall(r'name="place".*?</select>', page, re.S)
    assert [re.findall(r'value="(\w*)" selected', one) for one in found] == [
        ["address"],
        [],
        ["coordinates"],
        ["address"],
    ]
    sent = html.unescape(re.search(r'name="rows" value="([^"]+)"', page)[1])  # type: ignore[index]
    data = {"token": _token(page), "rows": sent, "datum": "gcj02", "source": "民政办 2026 年名单", "sample": "1",
            "place": ["address", "", "coordinates", "address"], "tier": ["老年食堂", "老年食堂", "助餐点", "老年食堂"]}  # fmt: skip
    answer = desk.post("/desk/meals/compare/take", data=data)
    assert answer.status_code == 303
    said = desk.get("/desk/meals").text
    assert "已入库 2 处助餐点" in said and "“早有的食堂”同名助餐点已登记" in said
    with session() as db:
        made = {
            r.name: r
            for r in db.execute(
                text("SELECT f.name, m.tier, f.crs_source, f.source, f.address IS NOT NULL AS tied, f.division, "
                     "ST_Distance(f.geom::geography, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490)::geography) AS away "
                     "FROM register.meal_point m JOIN register.facility f ON f.code = m.facility "
                     "WHERE f.source = '民政办 2026 年名单'"), {"lon": lon, "lat": lat},
            )
        }  # fmt: skip
    assert set(made) == {"清单食堂", "无址助餐点"}
    door, bare = made["清单食堂"], made["无址助餐点"]
    assert door.tied and door.away < 1 and (door.tier, door.crs_source) == ("老年食堂", "cgcs2000")
    assert not bare.tied and 50 < bare.away < 150 and (bare.tier, bare.crs_source) == ("助餐点", "gcj02")
    assert door.division[:6] == bare.division[:6] == "331003"


def test_rows_that_are_no_rows_are_refused_in_words(come: Come):
    desk = come("zhang")
    page = desk.get("/desk/meals/compare").text
    for rows, place in (("{", []), ("[]", ["address"]), ("[]", [])):
        data = {"token": _token(page), "rows": rows, "place": place, "tier": ["助餐点"] * len(place)}
        answer = desk.post("/desk/meals/compare/take", data=data)
        assert answer.status_code == 422 and answer.json()["remedy"]


def _a_door() -> tuple[str, float, float]:
    with session() as db:
        row = db.execute(
            text("SELECT standard_address, ST_X(geom), ST_Y(geom) FROM published.address "
                 "WHERE point_kind = 'entrance' AND road IS NOT NULL ORDER BY code LIMIT 1")
        ).one()  # fmt: skip
    return str(row[0]), float(row[1]), float(row[2])


def _token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    return found[1] if found else ""
