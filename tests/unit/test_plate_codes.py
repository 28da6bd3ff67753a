"""Codes, signatures and faces of plates: no look-alikes, no forgery, every square read from the printed page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.plates.checks import sample, wilson
from gazetteer.plates.codes import ALPHABET, check_character, is_code, new_code, read_code, spaced
from gazetteer.plates.face.grid import GAP, MARGIN, places_on, sheet_for, sheets_pdf
from gazetteer.plates.face.layout import QUIET, face_of
from gazetteer.plates.face.pdf import pdf
from gazetteer.plates.face.svg import svg
from gazetteer.plates.face.words import Words, as_one_word
from gazetteer.plates.kinds import kind_for, profile
from gazetteer.plates.payload import payload, taken_apart
from gazetteer.plates.signing import public_keys, sign, verify
from geo.settings import settings
from tests.squares import read_pages

PROFILE = profile("331003")
SAID = {
    "大门牌": ("劳动北路", "118", "号", "Laodong Beilu"), "中门牌": ("横街路", "400弄10", "号", "Hengjie Lu"),
    "小门牌": ("金山工业园区志伟路", "1816", "号-12", "Jinshan Gongye Yuanqu Zhiwei Lu"),
    "楼牌": ("梅开苑", "66", "幢", "Meikai Yuan"), "单元牌": ("梅开苑66幢", "2", "单元", "Meikai Yuan"),
    "户牌": ("梅开苑66幢2单元", "1302", "室", "Meikai Yuan"), "农村门牌": ("上洋头", "23", "号", "Shangyangtou"),
    "临时门牌": ("五一路", "12", "号", "Wuyi Lu"),
}  # fmt: skip
EXAMPLE = "https://dm.example.gov.cn"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A key of its own."""
    monkeypatch.setenv("DIMING_HOME", str(tmp_path))
    monkeypatch.setenv("DIMING_PUBLIC_URL", EXAMPLE)
    settings.cache_clear()
    yield
    settings.cache_clear()


def words(kind: str) -> Words:
    street, number, unit, pinyin = SAID[kind]
    made = PROFILE.kind(kind)
    return Words(new_code(), made, street, number, unit, pinyin, PROFILE.postcode_of("331003"), made.mark, True,
                 f"浙江省台州市黄岩区{street}{number}{unit}")  # fmt: skip


def test_the_check_character_is_that_of_the_standard():
    # The example of ISO 7064 MOD 37,36: a global release identifier.
    assert check_character("A12425GABC1234002") == "M"


@given(st.integers(0, 10), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(place: int, char: str):
    code = new_code()
    wrong = code[:place] + char + code[place + 1 :]
    assert is_code(wrong) == (wrong == code)


def test_nearly_every_exchange_of_two_neighbours_is_found():
    codes = [new_code() for _ in range(300)]
    turned = [
        code[:i] + code[i + 1] + code[i] + code[i + 2 :]
        for code in codes
        for i in range(10)
        if code[i] != code[i + 1]
    ]
    assert sum(is_code(one) for one in turned) < len(turned) * 0.01


def test_a_code_reads_back_as_people_type_it():
    code = new_code()
    assert read_code(spaced(code).lower()) == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code
    assert read_code("门牌") is None and read_code("") is None


def test_codes_do_not_come_twice_or_in_order():
    made = [new_code() for _ in range(5000)]
    assert len(set(made)) == 5000 and made != sorted(made)


def test_a_signature_belongs_to_one_code_and_nothing_else():
    code, other = new_code(), new_code()
    assert verify(code, sign(code))
    assert not verify(other, sign(code))
    assert not any(verify(code, bad) for bad in ("", "x", "A" * 86, "é", sign(code)[:-4]))


def test_the_private_key_is_the_owners_alone_and_the_public_one_is_published(tmp_path: Path):
    sign(new_code())
    file = tmp_path / "plates" / "signing.pem"
    assert file.stat().st_mode & 0o077 == 0
    [key] = public_keys()
    assert key["crv"] == "Ed25519" and "d" not in key


@pytest.mark.parametrize("kind", list(SAID))
def test_a_qr_reader_reads_every_kind_from_the_printed_page(kind: str, tmp_path: Path):
    said = words(kind)
    file = tmp_path / "face.pdf"
    file.write_bytes(pdf([face_of(said)]))
    subprocess.run(
        ["pdftoppm", "-r", "110", "-png", "-singlefile", str(file), str(tmp_path / "face")], check=True
    )
    picture = cv2.imdecode(np.fromfile(tmp_path / "face.png", np.uint8), cv2.IMREAD_COLOR)
    height, width = picture.shape[:2]
    assert (
        abs(width / 110 * 25.4 - said.kind.size[0]) < 1 and abs(height / 110 * 25.4 - said.kind.size[1]) < 1
    )
    [read] = read_pages(file)
    assert read == payload(said.code)
    code, signature = taken_apart(read)
    assert code == said.code and verify(code, signature)


@pytest.mark.parametrize("kind", list(SAID))
def test_everything_stands_inside_the_face_and_the_square_has_its_size_and_quiet(kind: str):
    said = words(kind)
    face = face_of(said)
    (board_w, board_h), (w, h) = said.kind.size, said.kind.face
    x, y = (board_w - w) / 2, (board_h - h) / 2
    quiet = QUIET * face.square.module
    assert face.square.side == said.kind.qr
    assert x <= face.square.x - quiet and face.square.x + face.square.side + quiet <= x + w
    assert y <= face.square.y - quiet and face.square.y + face.square.side + quiet <= y + h
    assert all(x <= one.x <= x + w and y <= one.y <= y + h for one in face.texts)
    drawn = svg(face)
    assert f'width="{board_w:g}mm"' in drawn and "示例数据" in drawn


def test_sizes_are_those_of_the_specification():
    assert [(PROFILE.kind(k).face, PROFILE.kind(k).qr) for k in ("大门牌", "中门牌", "小门牌")] == [
        ((570, 370), 120), ((270, 170), 75), ((150, 90), 40)
    ]  # fmt: skip
    assert all(kind.source for kind in PROFILE.kinds.values())


def test_the_usual_kind_follows_the_last_element():
    assert kind_for("road") == "小门牌" and kind_for("natvil") == "农村门牌"
    assert kind_for("estate", bld="66幢") == "楼牌"
    assert kind_for("estate", bld="66幢", unit="2", room="302") == "户牌"


def test_a_sample_is_two_percent_in_proportion_and_the_same_for_the_same_seed():
    strata = {("甲厂", "东"): [f"a{n}" for n in range(600)], ("乙厂", "西"): [f"b{n}" for n in range(300)],
              ("乙厂", "山"): ["c1"]}  # fmt: skip
    drawn = sample(strata, 0.02, 7)
    assert len(drawn) == 19 and len(set(drawn)) == 19
    assert [sum(code.startswith(first) for code in drawn) for first in "abc"] == [12, 6, 1]
    assert sample(strata, 0.02, 7) == drawn != sample(strata, 0.02, 8)


def test_the_interval_is_wilsons():
    low, high = wilson(48, 50)
    assert (round(low, 4), round(high, 4)) == (0.8654, 0.989)


def test_a_villages_name_stands_as_one_word():
    assert [as_one_word(said) for said in ("Luo Tan", "Xi An", "Shangyangtou")] == [
        "Luotan",
        "Xi'an",
        "Shangyangtou",
    ]


@pytest.mark.parametrize("kind", SAID)
def test_a_sheet_holds_several_boards_at_true_size(kind: str):
    board = PROFILE.kind(kind)
    sheet = sheet_for(board)
    across = sheet.across * board.size[0] + (sheet.across - 1) * GAP + 2 * MARGIN
    down = sheet.down * board.size[1] + (sheet.down - 1) * GAP + 2 * MARGIN
    assert sheet.holds >= 2 and across <= sheet.width and down <= sheet.height


def test_every_square_of_a_sheet_is_read_from_the_rendered_page(tmp_path: Path):
    made = [words("小门牌") for _ in range(4)] + [words("农村门牌")]
    file = tmp_path / "拼版.pdf"
    file.write_bytes(sheets_pdf([face_of(one) for one in made], "ZP2026-0001"))
    stem = tmp_path / "page"
    subprocess.run(["pdftoppm", "-r", "127", "-png", str(file), str(stem)], check=True)
    pages = [cv2.imread(str(one)) for one in sorted(tmp_path.glob("page*.png"))]
    dots, board, sheet = 127 / 25.4, PROFILE.kind("小门牌"), sheet_for(PROFILE.kind("小门牌"))
    read = []
    for (x, y), _ in zip(places_on(sheet, board), made[:4], strict=False):
        left, top = int(x * dots), int(y * dots)
        cut = pages[0][top : top + int(board.size[1] * dots), left : left + int(board.size[0] * dots)]
        read.append(
            cv2.QRCodeDetector().detectAndDecode(cut)[0] or cv2.QRCodeDetectorAruco().detectAndDecode(cut)[0]
        )
    assert len(pages) == 2
    assert read == [payload(one.code) for one in made[:4]]
