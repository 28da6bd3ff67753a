"""The address commands on files: every row and column out again, in the same order."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.cli import main
from tests import small_register

HEADER = ["编号", "地址", "status"]
ROWS = [
    ["1", "黄岩区横街路118号", "旧"],
    ["2", "", "空"],
    ["3", " 黄岩区恒街路118号 ", "留住空格"],
    ["4", "=1+1", "公式"],
    ["5", "黄岩区横街路117号", ""],
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    small_register.build(tmp_path / "small.index")
    source = tmp_path / "in.csv"
    with source.open("w", encoding="gb18030", newline="") as f:
        csv.writer(f).writerows([HEADER, *ROWS])
    return tmp_path / "small.index", source, tmp_path / "out.csv"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def test_geocode_writes_every_row_and_column_and_the_results_after_them(files):
    index, source, out = files
    assert main(["geocode", str(source), "-o", str(out), "--index", str(index)]) == 0
    found = read(out)
    assert [r["编号"] for r in found] == ["1", "2", "3", "4", "5"]
    assert [r["status"] for r in found] == [r[2] for r in ROWS]  # the file's own column is not overwritten
    assert (
        found[0]["result_status"] == "auto" and found[0]["code"] == "R1-118" and found[0]["datum"] == "wgs84"
    )
    assert found[1]["result_status"] == "none" and "空" in found[1]["corrections"]
    assert "横街路" in found[2]["corrections"] and found[2]["地址"] == " 黄岩区恒街路118号 "
    assert found[4]["level"] == "interpolated" and "无 117号" in found[4]["corrections"]


def test_two_workers_give_the_same_file_as_one(files, monkeypatch):
    from gazetteer.address.answering import batch

    monkeypatch.setattr(batch, "CHUNK", 2)
    index, source, out = files
    main(["geocode", str(source), "-o", str(out), "--index", str(index)])
    one = out.read_bytes()
    assert main(["geocode", str(source), "-o", str(out), "--index", str(index), "--workers", "2"]) == 0
    assert out.read_bytes() == one


def test_the_datum_asked_for_moves_the_points(files):
    index, source, out = files
    main(["geocode", str(source), "-o", str(out), "--index", str(index), "--datum", "gcj02"])
    found = read(out)[0]
    assert found["datum"] == "gcj02"
    assert abs(float(found["lon"]) - 121.2606) > 0.002


def test_a_missing_column_and_a_missing_index_are_told_with_what_to_do(files, capsys):
    index, source, out = files
    assert main(["geocode", str(source), "-o", str(out), "--index", str(index), "--column", "住所"]) == 2
    assert "编号" in capsys.readouterr().err
    assert main(["geocode", str(source), "-o", str(out), "--index", str(index) + "x"]) == 1
    assert "--index" in capsys.readouterr().err
    assert not out.exists()


def test_parse_writes_one_json_a_row_with_offsets_into_the_text(files):
    _, source, out = files
    lines = out.with_suffix(".jsonl")
    assert main(["parse", str(source), "-o", str(lines)]) == 0
    parsed = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert [p["text"] for p in parsed] == [r[1] for r in ROWS]
    for one in parsed:
        assert all(one["text"][e["start"] : e["end"]] == e["text"] for e in one["elements"])


def test_reverse_names_what_lies_at_each_point_and_refuses_what_is_no_number(files, tmp_path):
    index, _, out = files
    source = tmp_path / "points.csv"
    source.write_text("lon,lat\n121.2606,28.6300\n经度,28.6\n,\n121.27,28.67\n", encoding="utf-8")
    assert main(["reverse", str(source), "-o", str(out), "--index", str(index)]) == 3
    found = read(out)
    assert found[0]["nearest_code"] == "R1-118" and found[0]["county"] == "黄岩区"
    assert [r["nearest_code"] for r in found[1:]] == ["", "", "R2-1"]


def test_cells_beyond_the_header_and_null_bytes_are_said_and_end_with_3(files, tmp_path, capsys):
    index, _, out = files
    source = tmp_path / "ragged.csv"
    source.write_bytes("地址,备注\n横街路118号,a,多出的格\n横街\0路118号,b\n横街路117号\n".encode())
    assert main(["geocode", str(source), "-o", str(out), "--index", str(index)]) == 3
    said = capsys.readouterr().err
    assert "第 2 行" in said and "没有写到输出" in said
    assert "第 3 行" in said and "空字节" in said
    assert "第 4 行" in said and "缺的格按空处理" in said
    assert [r["备注"] for r in read(out)] == ["a", "b", ""]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ("黄岩区横街路118号\n黄岩区恒街路118号\n", 2),
        ("1,黄岩区横街路118号\n2,黄岩区横街路117号\n", 2),
        ("住所\n黄岩区横街路118号\n", 1),
        ("序号,地址\n1,黄岩区横街路118号\n", 1),
    ],
)
def test_a_first_line_that_is_an_address_is_a_row_and_this_is_said(files, tmp_path, capsys, lines, rows):
    index, _, out = files
    source = tmp_path / "plain.csv"
    source.write_text(lines, encoding="utf-8")
    assert main(["geocode", str(source), "-o", str(out), "--index", str(index)]) == 0
    found = read(out)
    assert len(found) == rows and found[0]["code"] == "R1-118"
    assert ("已当作数据" in capsys.readouterr().err) == (rows == 2)


def test_reverse_gives_a_reason_where_it_has_no_answer(files, tmp_path):
    index, _, out = files
    source = tmp_path / "points.csv"
    source.write_text(
        "lon,lat\n121.2606,28.63\n28.63,121.2606\n,\n121.26,\n经度,28.6\n10,70\n87.6,43.8\n", "utf-8"
    )
    assert main(["reverse", str(source), "-o", str(out), "--index", str(index)]) == 3
    assert [r["note"] for r in read(out)] == [
        "", "经度和纬度像是对调了", "没有坐标", "纬度为空", "经度不是数字", "坐标不在中国范围内", "附近没有登记的地址",
    ]  # fmt: skip
