"""No text, however odd, makes the parser raise, and every offset leads back to the text as given."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazetteer.address.defects.repair import repair
from gazetteer.address.reading.parse import Parser
from gazetteer.address.words.text import MAX_LENGTH, normalise

PARSER = Parser()
WORDS = st.sampled_from(
    ["浙江", "省", "浙江省", "台州市", "黄岩", "黄岩区", "黄岩市", "城关镇", "东城街道", "南城", "村", "社区", "村委会", "横街", "路", "大道", "号", "弄", "一百二十八", "128", "１２８", "66", "-", "", "#", "栋", "幢", "单元", "室", "层", "楼", "附", "之", "、", "（", "）", "【", "】", "·", "与", "交叉口", "东南方向194米", "旁边", "对面", "13800000000", "张三收", "同上", "XX", "花园", "小区", "一区", "二期", "公司", "二环路", "五一", "十里铺", "廿三里", "號", "路", "畬", "😀", "\u202e", "\x00", "\u200b", "B1层", "B167", "12号楼3单元501", "甲", "负一楼", "331003199001011234"]
)  # fmt: skip
ODD = st.lists(WORDS, max_size=25).map("".join)


def consistent(text: str) -> None:
    parsed = PARSER.parse(text)
    assert parsed.text == text
    for e in parsed.elements:
        assert 0 <= e.start < e.end <= len(text)
        assert text[e.start : e.end] == e.text
    for one, other in zip(parsed.elements, parsed.elements[1:], strict=False):
        assert one.end <= other.start
    for d in parsed.defects:
        assert 0 <= d.start <= d.end <= len(text)
        assert text[d.start : d.end] == d.text
    assert isinstance(repair(parsed).text, str)


@settings(max_examples=400, deadline=None)
@given(ODD)
@example("")
@example("\x00")
@example("路" * 10_000)
@example("一" * 10_000)
@example("1-" * 5_000)
@example("号" * 10_000)
@example("浙江省" * 3_000)
@example("A1-B2、" * 2_000)
def test_pieces_of_addresses_in_any_order_are_read_without_an_error(text: str) -> None:
    consistent(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    consistent(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="浙江省黄岩区路街号弄幢栋楼室0123456789０１２-－ ()（）、,，#一二十百", max_size=60))
def test_numbers_and_marks_are_read_without_an_error(text: str) -> None:
    consistent(text)


@settings(max_examples=200, deadline=None)
@given(ODD)
def test_every_character_of_the_cleaned_text_leads_back_to_one_of_the_given_text(text: str) -> None:
    norm = normalise(text)
    starts = [norm.start(i) for i in range(len(norm.clean))]
    assert starts == sorted(set(starts))
    assert all(0 <= s < min(len(text), MAX_LENGTH) for s in starts)
