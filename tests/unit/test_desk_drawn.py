"""What a form's map field brings: drawn, pasted or typed, and what is said when it is not usable."""

from __future__ import annotations

import pytest

from api.desks.drawn import drawn
from geo.problems import BadInput


@pytest.mark.parametrize(
    "text",
    ['{"type":"LineString","coordinates":[[121.26,28.65],[121.27,28.66]]}', "LINESTRING(121.26 28.65, 121.27 28.66)",
     "121.26,28.65\n121.27，28.66"],
)  # fmt: skip
def test_a_line_is_read_from_geojson_wkt_and_lines_of_coordinates(text: str):
    assert drawn(text, "line").wkt == "LINESTRING (121.26 28.65, 121.27 28.66)"


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [("", "point", "还没有画一个点"), ("121.26,28.65", "line", "至少要 2 个点"), ("POINT(1 2)", "polygon", "需要一个范围"),
     ("3170000,40500000", "point", "不是经纬度"), ("你好", "line", "不是有效的几何"),
     ("121.26,28.65\n121.26,28.65", "line", "点数不足")],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_words_and_a_remedy(text: str, kind: str, words: str):
    with pytest.raises(BadInput, match=words) as refused:
        drawn(text, kind)  # type: ignore[arg-type]
    assert refused.value.remedy
