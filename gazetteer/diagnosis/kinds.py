"""The ten kinds of fault (D1 to D10): what each is called and what it means."""

from __future__ import annotations

from typing import Final

VERSION: Final = "D10/2"
"""Rises when a check changes what it finds; kept with each run beside the version of the rules."""

KINDS: Final[dict[str, str]] = {
    "D1": "跳号",
    "D2": "重号",
    "D3": "单双号错边",
    "D4": "乱号",
    "D5": "号段外",
    "D6": "一门多牌",
    "D7": "有门无牌、有牌无门",
    "D8": "偏离道路",
    "D9": "旧路名牌",
    "D10": "自制牌",
}
MEANING: Final[dict[str, str]] = {
    "D1": "同侧号码之间缺号，又没有列为预留号",
    "D2": "同一道路或自然村里，一个号码给了两处",
    "D3": "门的单双号与它所在的一侧不符",
    "D4": "沿路顺序与号码顺序不一致",
    "D5": "号码在道路核定的号段之外",
    "D6": "一个门上有两个以上号码",
    "D7": "已开始挂牌的路上有门没有牌，或挂着的牌对应的门已注销",
    "D8": "门牌位置离所属道路太远",
    "D9": "路已更名，挂的还是旧路名的牌",
    "D10": "现场看到的牌没有登记",
}
STATES: Final[dict[str, str]] = {
    "open": "待处理",
    "confirmed": "属实",
    "repaired": "已整改",
    "dismissed": "不是问题",
    "gone": "复查已消失",
}


def sort_key(kind: str) -> int:
    """D2 stands before D10."""
    return int(kind[1:])
