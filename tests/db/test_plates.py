"""Plates over a real register: ordered, made, received, hung, replaced, reported, mended, checked, counted."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.plates import batches, checks, hanging, orders, progress, records, repairs, scanning
from gazetteer.plates.figures import figures
from gazetteer.plates.importing import import_plates
from gazetteer.plates.sample_load import load_sample
from geo.cases import attachments, clocks
from geo.cases.states import history
from geo.files import write_table
from geo.problems import BadFile, BadInput, Conflict, NotAllowed
from geo.store.acts import act
from geo.store.cluster import Cluster
from geo.store.engine import session
from tests.serving import SAMPLE, sample_template

OFFICER, WORKER = {"officer"}, {"township"}
Clone = Callable[..., AbstractContextManager[str]]


@pytest.fixture
def db(cluster: Cluster, clone: Clone) -> Iterator[Session]:
    sample_template(cluster, clone)
    with clone(SAMPLE), session() as opened:
        act(opened, actor="test", action="plate.test")
        yield opened


def doors(db: Session, count: int) -> list[str]:
    return list(db.scalars(text("SELECT code FROM register.address WHERE handle_kind = 'road' AND bld = '' "
                                "ORDER BY code LIMIT :n"), {"n": count}))  # fmt: skip


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(out, "JPEG")
    return out.getvalue()


def arrived(db: Session, count: int) -> list[str]:
    codes = [orders.order(db, door, "", "新编", actor="test") for door in doors(db, count)]
    batch = batches.make(db, "甲厂", actor="test", roles=OFFICER)
    batches.receive(db, batch, {}, actor="test", roles=OFFICER)
    return codes


def test_a_plate_goes_from_order_to_wall_and_every_step_has_its_trace(db: Session):
    [code] = arrived(db, 1)
    hanging.hang(db, code, actor="li", shown="李四", roles=WORKER, lon=121.26, lat=28.64, accuracy_m=4)
    plate = records.get(db, code)
    assert (plate.state_label, plate.installed_by, plate.accuracy_m) == ("已安装", "李四", 4)
    assert [e.to_state for e in history(db, "plate", code)] == ["ordered", "making", "arrived", "hung"]


def test_an_address_gets_no_second_plate_and_a_plate_under_way_is_not_ordered_again(db: Session):
    [door] = doors(db, 1)
    orders.order(db, door, "", "新编", actor="test")
    with pytest.raises(Conflict, match="正在制作"):
        orders.order(db, door, "", "换发", actor="test")


def test_a_kind_that_the_profile_lacks_is_refused_with_those_it_has(db: Session):
    with pytest.raises(BadInput, match="没有“巨门牌”") as refused:
        orders.order(db, doors(db, 1)[0], "巨门牌", "新编", actor="test")
    assert "小门牌" in refused.value.remedy


def test_a_delivery_with_faults_counts_both_and_makes_the_faulty_again(db: Session):
    codes = [orders.order(db, door, "", "新编", actor="test") for door in doors(db, 5)]
    batch = batches.make(db, "甲厂", actor="test", roles=OFFICER)
    got = batches.receive(db, batch, {codes[0]: "字错"}, actor="test", roles=OFFICER)
    assert (got.good, got.faulty) == (4, 1)
    assert records.get(db, codes[0]).state_label == "待制作"
    assert records.get(db, codes[0]).batch is None
    assert batches.get(db, batch).faults == 1
    assert len(batches.sheet(db, batch)["门牌码"]) == 4


def test_a_delivery_in_two_parts_is_received_in_two_parts(db: Session):
    codes = [orders.order(db, door, "", "新编", actor="test") for door in doors(db, 3)]
    batch = batches.make(db, "甲厂", actor="test", roles=OFFICER)
    assert batches.receive(db, batch, {}, came=codes[:2], actor="test", roles=OFFICER).good == 2
    assert (batches.get(db, batch).state_label, batches.get(db, batch).received_on) == ("部分到货", None)
    assert batches.receive(db, batch, {}, actor="test", roles=OFFICER).good == 1
    assert batches.get(db, batch).received_on == date.today()


def test_a_plate_of_another_batch_cannot_be_received_here(db: Session):
    codes = [orders.order(db, door, "", "新编", actor="test") for door in doors(db, 2)]
    batch = batches.make(db, "甲厂", actor="test", roles=OFFICER)
    with pytest.raises(BadInput, match="不在批次"):
        batches.receive(db, batch, {"0" * 11: "字错"}, actor="test", roles=OFFICER)
    assert {records.get(db, code).state for code in codes} == {"making"}


def test_what_a_phone_sends_twice_is_done_once(db: Session):
    [code] = arrived(db, 1)
    done = hanging.Done(uuid.uuid4(), code, "hang", datetime.now(UTC), 121.26, 28.64, 5.0,
                        photos=[("近景.jpg", photo()), ("全景.jpg", photo())])  # fmt: skip
    first = hanging.take_in(db, done, actor="li", shown="李四", roles=WORKER)
    second = hanging.take_in(db, done, actor="li", shown="李四", roles=WORKER)
    assert first == second
    assert len(attachments.of(db, "plate", code)) == 2


def test_hanging_needs_two_photos(db: Session):
    [code] = arrived(db, 1)
    done = hanging.Done(uuid.uuid4(), code, "hang", datetime.now(UTC), photos=[("近景.jpg", photo())])
    with pytest.raises(BadInput, match="2 张照片"):
        hanging.take_in(db, done, actor="li", shown="李四", roles=WORKER)


def test_an_auditor_hangs_nothing(db: Session):
    [code] = arrived(db, 1)
    with pytest.raises(NotAllowed):
        hanging.hang(db, code, actor="x", roles={"auditor"})


def test_a_damaged_plate_is_replaced_within_thirty_days_and_its_scan_names_the_new_one(db: Session):
    [old] = arrived(db, 1)
    hanging.hang(db, old, actor="li", roles=WORKER)
    order = repairs.report(db, old, "damaged", reporter="李四", actor="li", roles=WORKER)
    [clock] = clocks.of_subject(db, "plate-repair", order)
    assert clock.due_on == date.today() + timedelta(days=30)
    assert records.get(db, old).state_label == "损坏"
    new = repairs.take(db, order, replace=True, actor="w", roles=OFFICER)
    assert new
    batch = batches.make(db, "甲厂", actor="w", roles=OFFICER)
    batches.receive(db, batch, {}, actor="w", roles=OFFICER)
    hanging.hang(db, new, actor="li", roles=WORKER)
    assert records.get(db, old).state_label == "已更换"
    assert repairs.get(db, order).state_label == "已办结"
    seen = scanning.scan(db, records.get(db, old))
    assert seen.successor and seen.successor.code == new


def test_the_public_opens_an_order_but_the_plate_stays_as_it_is_until_staff_looked(db: Session):
    [code] = arrived(db, 1)
    hanging.hang(db, code, actor="li", roles=WORKER)
    first = repairs.report(db, code, "loose", reporter="公众", actor="public", origin="x")
    assert repairs.report(db, code, "faded", reporter="公众", actor="public", origin="y") == first
    assert records.get(db, code).state == "hung"
    repairs.refuse(db, first, actor="w", roles=OFFICER, note="完好")
    assert repairs.get(db, first).state_label == "不属实"


def test_a_mended_plate_hangs_again_and_the_clock_stops(db: Session):
    [code] = arrived(db, 1)
    hanging.hang(db, code, actor="li", roles=WORKER)
    order = repairs.report(db, code, "loose", reporter="李四", actor="li", roles=WORKER)
    repairs.take(db, order, replace=False, actor="w", roles=OFFICER)
    repairs.finish(db, order, actor="li", roles=WORKER)
    assert records.get(db, code).state == "hung"
    assert repairs.get(db, order).stopped_on == date.today()


def test_retiring_an_address_retires_its_plates(db: Session):
    [code] = arrived(db, 1)
    hanging.hang(db, code, actor="li", roles=WORKER)
    address = records.get(db, code).address
    assert orders.retire_of(db, address, actor="w", roles=OFFICER) == [code]
    assert records.get(db, code).state_label == "已注销"


def test_the_sample_is_quick_has_every_state_and_is_the_same_for_the_same_seed(db: Session):
    count = load_sample(db, most=600)
    assert count >= 600
    states = set(db.scalars(text("SELECT state FROM register.\"case\" WHERE machine = 'plate'")))
    assert states >= {"ordered", "making", "arrived", "hung", "damaged", "missing", "replaced"}
    assert load_sample(db, most=600) == 0


def test_progress_counts_every_plate_once_and_yesterdays_figures_stay(db: Session):
    load_sample(db, most=400)
    yesterday = date.today() - timedelta(days=1)
    before = progress.lines(db, "town", yesterday)
    arrived(db, 2)
    assert progress.lines(db, "town", yesterday) == before
    sums = {by: progress.total(progress.lines(db, by, date.today())).total for by in progress.TITLES}
    assert len(set(sums.values())) == 1
    assert sums["town"] == sum(line.total for line in before) + 2


def test_a_check_draws_two_percent_by_maker_and_township_and_can_be_drawn_again(db: Session):
    load_sample(db, most=600)
    check = checks.draw(db, rate=0.02, seed=7, actor="w")
    known = checks.get(db, check)
    strata = checks.by_stratum(db, check)
    assert known.drawn >= known.population * 0.02
    assert all(row["drawn"] >= 1 for row in strata)
    assert checks.again(db, check)
    for item in checks.items(db, check):
        checks.judge(db, check, item["plate"], passed=True, actor="w")
    low, high = checks.get(db, check).interval or (0, 0)
    assert 0 < low < high <= 1.0


def test_a_failed_plate_needs_its_fault(db: Session):
    load_sample(db, most=100)
    check = checks.draw(db, rate=0.5, seed=7, actor="w")
    plate = checks.items(db, check)[0]["plate"]
    with pytest.raises(BadInput, match="写明问题"):
        checks.judge(db, check, plate, passed=False, actor="w")


def test_a_list_of_existing_plates_comes_in_whole_or_not_at_all(db: Session, tmp_path: Path):
    codes = doors(db, 3)
    file = tmp_path / "门牌.csv"
    write_table(file, {"地址编码": [*codes, "A0"], "状态": ["已安装", "损坏", "", "已安装"],
                       "制作单位": ["甲厂", "甲厂", "乙厂", ""], "安装日期": ["2022-05-01"] * 4,
                       "原编码": ["1", "2", "3", "4"]})  # fmt: skip
    with pytest.raises(BadFile, match="没有入库") as refused:
        import_plates(db, file, actor="w")
    assert [f.row for f in refused.value.findings] == [5]


def test_the_good_rows_of_a_list_come_in_with_their_old_codes(db: Session, tmp_path: Path):
    codes = doors(db, 2)
    file = tmp_path / "门牌.csv"
    write_table(file, {"地址编码": [*codes, codes[0]], "状态": ["已安装", "损坏", ""], "制作单位": ["甲厂", "甲厂", "乙厂"],
                       "安装日期": ["2022-05-01"] * 3, "原编码": ["1", "2", "3"]})  # fmt: skip
    report = import_plates(db, file, actor="w", partial=True)
    assert (report.rows, report.written, len(report.findings)) == (3, 2, 1)
    [plate] = records.listed(db, address=codes[1])
    assert (plate.state_label, plate.maker) == ("损坏", "甲厂") and "原编码 2" in plate.source


def test_the_years_figures_each_lead_to_their_rows(db: Session):
    load_sample(db, most=200)
    found = {figure.code: figure for figure in figures(db, date.today().year)}
    assert found["plates.hanging"].value == records.count(db, state="hung")
    assert all(figure.href.startswith("/desk/plates") and figure.rule for figure in found.values())
    for code, name in (("plates.ordered", "ordered"), ("plates.hung", "hung"), ("plates.hanging", "hanging")):
        asked = found[code].href.partition(f"?{name}=")[2]
        assert records.count(db, **{name: asked}) == found[code].value
        assert len(records.listed(db, limit=9999, **{name: asked})) == found[code].value
    with pytest.raises(BadInput, match="不是年份"):
        records.count(db, hung="去年")


def test_a_batch_is_put_together_by_the_name_of_a_road_and_tells_of_made_up_plates_in_it(db: Session):
    for door in doors(db, 40):
        orders.order(db, door, "", "新编", actor="test")
    name = batches.waiting_roads(db)[0]
    waiting = records.count(db, state="ordered", road=name)
    batch = batches.get(db, batches.make(db, "甲厂", actor="test", roles=OFFICER, road=name))
    assert (batch.ordered, batch.title, batch.made_up) == (waiting, name, True)
    assert {plate.handle_name for plate in records.listed(db, batch=batch.code)} == {name}


def test_the_plate_of_a_retired_address_leads_to_the_address_that_took_its_place(db: Session):
    [code] = arrived(db, 1)
    hanging.hang(db, code, actor="li", roles=WORKER)
    old, new = records.get(db, code).address, doors(db, 2)[1]
    db.execute(
        text("INSERT INTO register.address_succession (predecessor, successor, on_day, reason) "
             "VALUES (:old, :new, current_date, '门牌变更')"), {"old": old, "new": new},
    )  # fmt: skip
    assert not scanning.scan(db, records.get(db, code)).moved
    db.execute(text("UPDATE register.address SET valid_to = current_date WHERE code = :c"), {"c": old})
    seen = scanning.scan(db, records.get(db, code))
    assert [one.code for one in seen.moved] == [new]
    assert seen.moved[0].standard_address in seen.call


def test_a_scan_names_services_and_the_words_for_a_call_and_no_person(db: Session):
    load_sample(db, most=50)
    [plate] = records.listed(db, state="hung", limit=1)
    seen = scanning.scan(db, plate)
    assert plate.standard_address in seen.call and plate.code[:4] in seen.call
    assert plate.installed_by not in seen.call
