"""Made-up and hostile addresses in great number: none raises. With ``DIMING_SOAK=1`` a million, and the slowest is told."""

import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer.address.reading.parse import Parser

SOAK = os.environ.get("DIMING_SOAK") == "1"
COUNT = int(os.environ.get("DIMING_SOAK_COUNT", "1000000")) if SOAK else 1500
LIMIT_MS = 50.0
UPPER = (
    "",
    "浙江省",
    "浙江",
    "台州市",
    "黄岩区",
    "黄岩",
    "黄岩市",
    "浙江省台州市黄岩区",
    "上海市浦东新区",
    "北京 北京市",
    "中国浙江省台州市",
    "台州经济开发区",
)
TOWN = ("", "东城街道", "南城", "城关镇", "宁溪镇", "上垟乡", "茅畬鄉", "工业园区")
NAME = (
    "横街",
    "劳动北",
    "五一",
    "二环",
    "十里铺",
    "三三公",
    "樟树下",
    "梅开苑",
    "万达广场",
    "卫生院",
    "104国",
    "滨江·某",
    "城区大",
    "Laodong Bei",
    "王",
)
KIND = (
    "路",
    "街",
    "道",
    "大道",
    "弄",
    "巷",
    "村",
    "社区",
    "村委会",
    "小区",
    "苑",
    "公司",
    "工业区",
    "路口",
    "线",
    " Rd",
    " Lu",
    "",
)
NUMBER = (
    "128",
    "一百二十八",
    "１２８",
    "66-2-301",
    "128-132",
    "甲88",
    "400弄5支弄12",
    "No.118",
    "B167",
    "128A",
    "0",
    "二十八",
    "999999999",
    "#12#3",
    "12、13、14",
    "三一六六",
)
UNIT = (
    "号",
    "號",
    "幢",
    "栋",
    "号楼",
    "单元",
    "室",
    "层",
    "弄",
    "附1号",
    "付55号",
    "之2",
    "组",
    "",
    "楼",
    "座",
    "F",
    "号甲",
)
AFTER = (
    "",
    "对面",
    "旁边",
    "西侧",
    "(近地铁站)",
    "与人民路交叉口东南方向194米",
    "正北130米",
    "张三收",
    "13800000000",
    " 331003199001011234",
    "楼上",
    "，同上",
    "路段",
    "2.5公里处",
)
ODD = ("\x00", "\u202e", "😀", "\ud800", "𠀀", "，，，", "（（（", "----", "       ", "号号号号", "\u200b", "一一一一", "1-1-1-1", "路路路", "与与与", "、", "%s", "<b>", "'", "\n")  # fmt: skip


def made(chance: random.Random) -> str:
    """One address by the grammar of addresses, most of them with something wrong."""
    parts = [chance.choice(UPPER), chance.choice(TOWN)]
    for _ in range(chance.randint(0, 3)):
        parts += [chance.choice(NAME), chance.choice(KIND), chance.choice(NUMBER), chance.choice(UNIT)]
    parts.append(chance.choice(AFTER))
    for _ in range(chance.choice((0, 0, 1, 2))):
        parts.insert(chance.randrange(len(parts) + 1), chance.choice(ODD))
    if chance.random() < 0.2:
        chance.shuffle(parts)
    return "".join(parts)


def hostile(chance: random.Random) -> str:
    """One text that is meant to take long: few characters many times over, or any characters at all."""
    if chance.random() < 0.3:
        return "".join(
            chr(chance.choice((chance.randrange(0x3400, 0x9FFF), chance.randrange(0x110000))))
            for _ in range(60)
        )
    pool = [
        chance.choice(NAME + KIND + NUMBER + UNIT + AFTER + ODD + TOWN) for _ in range(chance.randint(1, 3))
    ]
    return "".join(chance.choice(pool) for _ in range(chance.choice((10, 100, 400))))


def texts(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for i in range(count):
        yield hostile(chance) if i % 10 == 0 else made(chance)


@pytest.mark.timeout(0 if SOAK else 300)
def test_no_made_up_text_raises_and_the_slowest_is_told() -> None:
    parser, slow = Parser(), []
    for text in texts(COUNT, 20260922):
        begun = time.process_time()
        parsed = parser.parse(text)
        took = (time.process_time() - begun) * 1000
        assert all(text[e.start : e.end] == e.text for e in parsed.elements), ascii(text)
        if took > LIMIT_MS:
            slow.append((round(took, 1), ascii(text)[:300]))
    if SOAK:
        found = {"texts": COUNT, "limit_ms": LIMIT_MS, "over": len(slow), "slowest": sorted(slow)[-20:]}
        Path(os.environ.get("DIMING_SOAK_REPORT", "soak-addresses.json")).write_text(
            json.dumps(found, indent=1)
        )
