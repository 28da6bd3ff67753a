from datetime import date
from pathlib import Path

import pytest

from gazetteer.naming.checks import entered
from gazetteer.naming.profile import load_profile
from geo.problems import BadInput, NotFound
from tests.naming import DAY, HUANGYAN, answer, ask

CODES = [f"N{i:02d}" for i in range(1, 24)]


def test_every_check_is_entered_and_every_profile_rules_on_it() -> None:
    assert [check.code for check in entered()] == CODES
    assert sorted(HUANGYAN.rules) == CODES


def test_every_rule_names_its_source_and_every_figure_its_certainty() -> None:
    for rule in HUANGYAN.rules.values():
        assert rule.source and rule.certainty in "SLG"
        assert all(setting.certainty in "SLG" and setting.note for setting in rule.settings.values()), (
            rule.code
        )


def test_a_county_inherits_from_its_province_and_the_nation() -> None:
    nation, huangyan = load_profile("110101", DAY), HUANGYAN
    assert nation.rules["N01"] == huangyan.rules["N01"]
    assert "408" in huangyan.rules["N13"].source
    assert "408" not in nation.rules["N13"].source
    assert huangyan.rules["N13"]["along_m"] == nation.rules["N13"]["along_m"]


def test_the_day_decides_which_rules_are_in_force() -> None:
    before = load_profile("331003", date(2025, 5, 31))
    assert before.version.startswith("000000@2022-05-01#")
    assert HUANGYAN.version.startswith("331003@2025-06-01#")
    with pytest.raises(NotFound, match="2022-04-30"):
        load_profile("331003", date(2022, 4, 30))


@pytest.mark.parametrize(
    ("county", "category", "feature", "body", "outcome"),
    [
        ("331003", "E", "", "台州市人民政府", "意见"),
        ("331003", "F", "estate", "台州市住房和城乡建设主管部门", "意见"),
        ("331003", "C", "natvil", "黄岩区人民政府", "批准"),
        ("331003", "B", "township", "浙江省人民政府", "意见"),
        ("331082", "E", "", "直辖市、市、县人民政府", "批准"),
        ("331082", "B", "division", "国务院", "意见"),
    ],
)
def test_who_decides_is_data_by_category_and_jurisdiction(
    county: str, category: str, feature: str, body: str, outcome: str
) -> None:
    approver = load_profile(county, DAY).approver(category, feature)
    assert (approver.body, approver.outcome) == (body, outcome)


def test_an_unknown_category_has_no_approver() -> None:
    with pytest.raises(NotFound):
        HUANGYAN.approver("Z")


def test_a_bureaus_own_file_stands_above_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "331003@2025-06-01.toml").write_text(
        'name = "本局"\n[checks.N11]\nlevel = "off"\n[checks.N02]\nlevel = "inform"\n', encoding="utf-8"
    )
    own = load_profile("331003", DAY, tmp_path)
    assert own.name == "本局"
    assert answer("N11", ask("世界路"), profile=own).outcome == "off"
    assert own.version != HUANGYAN.version


def test_a_rule_made_milder_takes_its_lesser_cases_along(tmp_path: Path) -> None:
    (tmp_path / "331003@2026-01-01.toml").write_text(
        'name = "本局"\n[checks.N02]\nlevel = "inform"\n', encoding="utf-8"
    )
    own = load_profile("331003", DAY, tmp_path)
    assert [found.severity for found in answer("N02", ask("峧里路"), profile=own).findings] == ["inform"]


def test_a_bureaus_own_words_are_joined_to_the_lists(tmp_path: Path) -> None:
    (tmp_path / "brands.toml").write_text('words = ["橘城集团"]\n', encoding="utf-8")
    own = load_profile("331003", DAY, None, tmp_path)
    assert answer("N10", ask("橘城集团大厦", "F"), profile=own).outcome == "found"
    assert answer("N10", ask("万达广场", "F"), profile=own).outcome == "found"
    assert answer("N10", ask("橘城集团大厦", "F")).outcome == "passed"
    assert own.version != HUANGYAN.version


@pytest.mark.parametrize(
    "content", ["[checks.N01\n", '[checks.N01]\nlevel = "forbid"\n', '[approvers.E]\nboss = "某局"\n']
)
def test_a_malformed_profile_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "331003@2025-12-01.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match="331003@2025-12-01"):
        load_profile("331003", DAY, tmp_path)
