"""A paper says the same in Word and in PDF, carries its sample mark, and loads nothing from anywhere."""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZipFile

import docx
import pypdf
from PIL import Image
from shapely.geometry import LineString, Point, Polygon

from geo.documents import (
    BY_HAND,
    Document,
    Facts,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
    Signatures,
    Table,
    pdf,
    word,
)
from geo.documents.pdf import html
from geo.sketch import Layer, sketch


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#9ab").save(out, "PNG")
    return out.getvalue()


PAPER = Document(
    "关于永宁路的命名意见",
    [
        Paragraph("示例置业有限公司：", indent=False),
        Heading("一、基本情况"),
        Facts([("标准名称", "永宁路"), ("含义", ""), ("起点", "<环城东路>")]),
        Table(["规则", "结论"], [["N04", "通过"]], caption="校验单"),
        Picture(picture(), 60, "位置示意"),
        Signatures([Signature("黄岩区", "王某", picture(), date(2026, 11, 2)), Signature("临海市")]),
        PageBreak(),
        Note("本意见不证明产权。"),
    ],
    number="示民地〔2026〕12号",
    issuer="示例区民政局",
    date=date(2026, 11, 22),
    made_up=True,
)  # fmt: skip


def test_word_and_pdf_say_the_same():
    paper = docx.Document(io.BytesIO(word(PAPER)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    typed = "\n".join([*(p.text for p in paper.paragraphs), *cells])
    pages = pypdf.PdfReader(io.BytesIO(pdf(PAPER))).pages
    printed = "".join(page.extract_text() for page in pages).replace("\n", "")
    for said in ("关于永宁路的命名意见", "示民地〔2026〕12号", "标准名称", "<环城东路>", "N04", "位置示意",
                 "黄岩区", "本意见不证明产权。", "示例区民政局", "2026年11月22日"):  # fmt: skip
        assert said in typed
        assert said in printed
    assert len(pages) == 2
    assert "示例数据，不具效力" in pages[1].extract_text()
    assert "示例数据，不具效力" in paper.sections[0].header.paragraphs[0].text


def test_the_word_file_is_whole_and_its_table_head_repeats():
    with ZipFile(io.BytesIO(word(PAPER))) as parts:
        assert parts.testzip() is None
        assert "w:tblHeader" in parts.read("word/document.xml").decode()


def test_a_sketch_draws_true_lengths_at_a_round_scale_and_names_what_it_shows():
    line = LineString([(121.0, 28.6), (121.0102, 28.6)])  # about a kilometre from west to east
    drawn = sketch(
        [Layer([Polygon([(121, 28.59), (121.01, 28.59), (121.01, 28.61)])], ["院桥镇"], "乡镇"), Layer([line], ["黄临线"]),
         Layer([Point(121, 28.6), Point()], ["1<号>", ""], "界桩", "#B3261E", 1.2, "square")],
        width_mm=150, height_mm=100, note="示例数据",
    )  # fmt: skip
    assert drawn.scale in {20_000, 25_000, 30_000, 40_000}
    assert "1&lt;号&gt;" in drawn.svg and "示例数据" in drawn.svg and f"1:{drawn.scale:,}" in drawn.svg
    start, end = drawn.svg.split('d="M')[2].split('"')[0].split("L")
    length_mm = float(end.split()[0]) - float(start.split()[0])
    assert abs(length_mm * drawn.scale / 1000 - 996) < 10
    assert Image.open(io.BytesIO(drawn.png())).width in {1299, 1300}


def test_the_last_of_an_odd_number_of_fields_takes_the_line_and_what_is_filled_in_by_hand_stays_empty():
    paper = Document("表", [Facts([("一", "1"), ("二", BY_HAND), ("含义", "很长的含义")]), Paragraph("表下")])
    (grid,) = docx.Document(io.BytesIO(word(paper))).tables
    last = grid.rows[1].cells
    assert last[1]._tc is last[3]._tc and last[1].text == "很长的含义" and len(last[1].paragraphs) == 1
    assert grid.rows[0].cells[3].text.strip() == ""
    drawn = html(paper)
    assert '<td colspan="3">很长的含义</td>' in drawn and "无" not in drawn
