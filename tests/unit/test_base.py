"""The base data that ships: divisions, history, aliases, characters."""

from __future__ import annotations

import csv
from pathlib import Path

from gazetteer import base

ROOT = Path(__file__).parents[2]


def test_every_division_has_a_parent_that_is_there() -> None:
    known = base.divisions_by_code()
    assert len(known) == len(base.divisions()) > 42_000
    assert all(row.parent in known for row in base.divisions() if row.level > 1)
    assert all(len(row.code) == 12 and row.code.isdigit() for row in base.divisions())
    assert all(known[row.parent].level < row.level for row in base.divisions() if row.level > 1)


def test_huangyan_has_its_19_towns_and_348_villages() -> None:
    towns = [row.name for row in base.divisions() if row.parent == "331003000000"]
    assert len(towns) == 19
    assert {"东城街道", "宁溪镇", "茅畲乡", "上垟乡"} <= set(towns)
    assert len(base.villages("331003")) == 348
    assert len(base.villages("331003000000")) == 348
    assert base.villages("110101") == ()


def test_cities_without_counties_have_their_towns() -> None:
    parents = {row.parent for row in base.divisions() if row.level == 4}
    assert {"441900000000", "442000000000"} <= parents


def test_short_names_lose_the_generic_term_and_the_peoples_names() -> None:
    short = {row.name: row.short for row in base.divisions()}
    assert (short["浙江省"], short["台州市"], short["黄岩区"], short["南城街道"]) == (
        "浙江",
        "台州",
        "黄岩",
        "南城",
    )
    assert short["景宁畲族自治县"] == "景宁"
    assert short["恩施土家族苗族自治州"] == "恩施"
    assert short["新疆维吾尔自治区"] == "新疆"
    assert all(row.short for row in base.divisions())


def test_the_county_city_of_huangyan_became_two_districts() -> None:
    heirs = {row.successor_name for row in base.history() if row.name == "黄岩市"}
    assert heirs == {"黄岩区", "路桥区"}
    note = next(row.note for row in base.history() if row.name == "黄岩市")
    assert "更正" in note


def test_old_names_lead_to_the_divisions_in_force_the_heir_of_the_name_first() -> None:
    def targets(alias: str) -> list[tuple[str, int]]:
        return sorted((a.code, a.rank) for a in base.division_aliases() if a.alias == alias)

    assert targets("黄岩市") == targets("黄岩县") == [("331003000000", 0), ("331004000000", 1)]
    assert targets("宣武区") == [("110102000000", 0)]
    assert ("500157000000", 0) in targets("渝北区")
    centre = {code for code, _ in targets("城关镇") if code.startswith("331003")}
    assert len(centre) == 4


def test_aliases_point_only_to_divisions_in_force_and_never_repeat_their_name() -> None:
    known = base.divisions_by_code()
    assert all(a.code in known and known[a.code].name != a.alias for a in base.division_aliases())


def test_the_table_of_standard_characters_is_whole() -> None:
    levels = [row.level for row in base.characters().values()]
    assert (levels.count(1), levels.count(2), levels.count(3)) == (3500, 3000, 1605)
    assert {"畲", "垟", "岙"} <= set(base.characters())
    assert base.characters()["弄"].readings[0] == "lòng"
    assert all(row.readings for row in base.characters().values())


def test_variants_lead_to_standard_characters() -> None:
    forms = base.traditional()
    assert (forms["號"], forms["樓"], forms["畬"], forms["衖"]) == ("号", "楼", "畲", "弄")
    assert all(new in base.characters() for new in forms.values())
    assert not set(forms) & set(forms.values())
    assert base.variant_kinds()["畬"] == "异体"


def test_lookalikes_work_both_ways() -> None:
    pairs = base.lookalikes()
    assert "洋" in dict(pairs["垟"]) and "垟" in dict(pairs["洋"])
    assert all(0 < score <= 1 for others in pairs.values() for _, score in others)


def test_place_names_are_read_as_people_say_them() -> None:
    assert base.readings()["台州"] == ("tāi", "zhōu")
    spoken = {row.code: row.pinyin for row in base.divisions()}
    assert spoken["331003203000"] == "mao she"
    assert all(
        len(row.pinyin.split()) == len(row.short) for row in base.divisions() if row.code.startswith("33")
    )


def test_the_page_and_the_table_of_defect_types_say_the_same() -> None:
    table = base.defect_types()
    assert [row[0] for row in table] == [f"A{n:02d}" for n in range(1, 39)]
    page = (ROOT / "docs" / "defects.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| A")]
    assert [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines] == list(table)
    assert [row[0] for row in table if row[5] == "自动"] == ["A03", *[f"A{n}" for n in range(11, 17)], "A38"]


def test_hand_kept_lists_name_each_form_once() -> None:
    for name, key in (("variants", "form"), ("aliases", None), ("lookalikes", None)):
        path = ROOT / "gazetteer" / "base" / "curated" / f"{name}.csv"
        rows = [
            tuple(row.values()) if key is None else row[key]
            for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        ]
        assert len(rows) == len(set(rows))
