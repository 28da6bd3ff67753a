"""The road audit on small drawn networks: what it finds, what it leaves alone, and the same answer twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shapely import LineString
from shapely.geometry import mapping

from api.cli import app, main
from gazetteer.road_audit import Rule, Segment, audit, counts
from gazetteer.road_audit.from_file import names_in
from gazetteer.road_audit.model import RoadFinding

METRE = 1e-5
"""About a metre of longitude or latitude here."""


def line(*points: tuple[float, float]) -> LineString:
    """A line through points in metres near 黄岩."""
    return LineString([(121.25 + x * METRE, 28.64 + y * METRE) for x, y in points])


def road(
    number: int, name: str, *points: tuple[float, float], kind: str = "次干道", code: str = ""
) -> Segment:
    return Segment(number, line(*points), (name,) if name else (), code, kind, "331003001000")


def found(kind: str, *segments: Segment) -> list[RoadFinding]:
    return [finding for finding in audit(segments) if finding.kind == kind]


def test_pieces_that_go_straight_on_are_one_unnamed_road_and_a_side_road_is_another() -> None:
    rows = found(
        "unnamed_main",
        road(1, "", (0, 0), (300, 0)), road(2, "", (300, 0), (600, 5)), road(3, "", (300, 0), (300, 400)),
    )  # fmt: skip
    assert sorted(row.segments for row in rows) == [(1, 2), (3,)]
    assert 570 < max(row.length_m for row in rows) < 620


def test_lanes_are_told_from_main_roads_and_footways_need_no_name() -> None:
    rows = [
        road(1, "", (0, 0), (300, 0)), road(2, "", (0, 90), (80, 90), kind="巷弄"),
        road(3, "", (0, 200), (90, 200), kind="footway"), road(4, "", (0, 300), (8, 300), kind="巷弄"),
    ]  # fmt: skip
    assert counts(audit(rows)) | {"unnamed_main": 1, "unnamed_lane": 1} == counts(audit(rows))


def test_two_names_along_one_road_are_found_and_two_roads_that_cross_are_not() -> None:
    rows = found("many_names", road(1, "永宁路", (0, 0), (800, 0)), road(2, "新大路", (200, 4), (800, 4)),
                 road(3, "横街路", (400, -300), (400, 300)))  # fmt: skip
    assert [row.names for row in rows] == [("永宁路", "新大路")]
    assert rows[0].detail["overlap"] > 0.95


def test_less_than_half_of_the_shorter_road_is_no_second_name() -> None:
    beside = road(2, "新大路", (700, 4), (1200, 4))
    assert found("many_names", road(1, "永宁路", (0, 0), (800, 0)), beside) == []


def test_a_line_that_lists_two_names_has_two_names() -> None:
    both = Segment(1, line((0, 0), (300, 0)), ("永宁路", "新大路"), "", "次干道", "331003001000")
    assert [row.names for row in found("many_names", both)] == [("新大路", "永宁路")]
    assert names_in("['永宁路', '新大路']") == names_in("永宁路；新大路") == ("永宁路", "新大路")


def test_a_service_road_beside_its_road_is_meant_to_be_there() -> None:
    assert (
        found("many_names", road(1, "深南大道", (0, 0), (800, 0)), road(2, "深南大道辅路", (0, 8), (800, 8)))
        == []
    )


def test_one_name_on_two_roads_far_apart_is_found_and_a_short_gap_is_not() -> None:
    far = found("apart", road(1, "振兴路", (0, 0), (300, 0)), road(2, "振兴路", (2000, 0), (2300, 0)))
    assert far[0].detail["pieces"] == 2
    assert 1500 < far[0].detail["gap_m"] < 1800
    assert found("apart", road(1, "振兴路", (0, 0), (300, 0)), road(2, "振兴路", (400, 0), (700, 0))) == []


def test_names_that_sound_or_read_alike_are_paired_once() -> None:
    rows = audit([road(1, "永宁路", (0, 0), (300, 0)), road(2, "永宁街", (0, 900), (300, 900)),
                  road(3, "咏宁路", (0, 1800), (300, 1800))])  # fmt: skip
    assert [(r.kind, r.names) for r in rows if r.kind in ("near", "sound")] == [
        ("near", ("永宁街", "永宁路")), ("sound", ("咏宁路", "永宁路")),
    ]  # fmt: skip


def test_the_same_network_gives_the_same_findings_with_the_same_keys_in_any_order() -> None:
    rows = [road(n, "" if n % 3 else f"路{n}路", (0, n * 50), (300, n * 50)) for n in range(40)]
    assert {f.key for f in audit(rows)} == {f.key for f in audit(rows[::-1])}


def test_every_figure_of_the_rule_is_stated_with_the_results() -> None:
    assert Rule().stated()["overlap"] == 0.5
    assert Rule().stated()["version"] == "2026-1"


def test_the_command_reads_a_map_file_and_no_two_groups_of_commands_share_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "路网.geojson"
    features = [{"type": "Feature", "properties": {"highway": "secondary", "name": name},
                 "geometry": mapping(line((0, at), (900, at)))} for at, name in ((0, "永宁路"), (300, ""))]  # fmt: skip
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False))
    assert main(["roads", "audit", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["segments"] == 2 and answer["counts"]["unnamed_main"] == 1
    assert answer["findings"][0]["title"].startswith("未命名次干道"), "in the officer's words"
    names = [group.name for group in app.registered_groups]
    assert len(names) == len(set(names)), "the later of two groups with one name hides the earlier"
