"""Generic terms (通名) of divisions: how a full name is cut down to its short form."""

from __future__ import annotations

from typing import Final

_PROVINCE: Final = (
    "维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市",
)  # fmt: skip
_NATIONS: Final = [
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "各族",
    "蒙古",
    "哈萨克",
    "柯尔克孜",
]
_TERMS: Final = {
    1: _PROVINCE,
    2: ("自治州", "地区", "盟", "市"),
    3: ("自治县", "自治旗", "林区", "特区", "新区", "区", "县", "市", "旗"),
    4: ("街道办事处", "民族乡", "民族镇", "苏木", "街道", "地区", "镇", "乡"),
    5: (
        "社区居民委员会", "村民委员会", "社区居委会", "居民委员会", "新村委会", "村委会", "居委会", "社区", "村",
    ),
}  # fmt: skip


def short_name(name: str, level: int) -> str:
    """Name without its generic term and, in autonomous divisions, without the peoples' names.

    >>> short_name("黄岩区", 3), short_name("景宁畲族自治县", 3), short_name("东区", 3)
    ('黄岩', '景宁', '东区')
    """
    for term in _TERMS[level]:
        if name.endswith(term) and len(name) - len(term) >= 2:
            rest = name[: -len(term)]
            return _without_nations(rest) if term.startswith(("自治", "民族")) or term == "乡" else rest
    return name


def _without_nations(name: str) -> str:
    """恩施土家族苗族 → 恩施, as long as two characters stay."""
    cut = True
    while cut:
        cut = False
        for nation in _NATIONS:
            if name.endswith(nation) and len(name) - len(nation) >= 2:
                name, cut = name[: -len(nation)], True
    return name
