"""Made-up but plausible names: specific part (专名) from a stock of words, generic term (通名) by what the thing is."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import numpy as np

# Names that occur in town after town, all over the country.
COMMON: Final = [
    "振兴",
    "人民",
    "建设",
    "解放",
    "文化",
    "迎宾",
    "环城",
    "新兴",
    "繁荣",
    "富民",
    "幸福",
    "和平",
    "胜利",
    "团结",
    "光明",
    "朝阳",
    "民主",
    "青年",
    "商业",
    "府前",
    "站前",
    "中心",
    "创新",
    "科技",
    "学院",
    "体育",
    "工业",
    "兴业",
    "康庄",
    "长寿",
    "育才",
    "文明",
]
_FIRST: Final = list(
    "永锦翠云景嘉瑞玉金银清明秀春华文兴安福康和泰祥丰盛远新松竹梅兰荷柏枫桂桃橘柑青石横长方洪丹双九凤鹤鹭龙鲤灵"
)
_SECOND: Final = list(
    "宁溪湖塘浦桥山岭屿洲源泉江河岩林园亭台阁城门街坊田洋湾港埠头口峰谷川岸春光华庆昌盛安康平和乐顺达通运德仁义"
)
_ESTATE_FIRST: Final = [
    "梅开",
    "锦绣",
    "江景",
    "翡翠",
    "阳光",
    "柑橘",
    "书香",
    "水岸",
    "云锦",
    "东方",
    "滨湖",
    "金桂",
    "翠竹",
    "碧水",
    "天和",
    "永泰",
    "凤凰",
    "玉兰",
    "海棠",
    "香樟",
    "橘香",
    "山水",
    "和美",
    "丽景",
    "盛世",
    "文华",
    "春江",
    "枫林",
    "景湖",
    "家和",
]
_ESTATE_TERMS: Final = ("苑", "花苑", "小区", "花园", "公寓", "新村", "名苑", "家园", "雅苑", "府")
_HAMLETS: Final = list("上下前后里外东西南北大小新老")
_CLANS: Final = list("王陈李张林黄郑蔡徐叶周吴杨金蒋方罗章牟喻卢柯池夏洪尤")
_PLACES: Final = (
    "岙",
    "宅",
    "家",
    "庄",
    "洋",
    "塘",
    "坑",
    "岭脚",
    "溪头",
    "桥头",
    "屿",
    "垟",
    "坦",
    "湾",
    "树下",
    "山头",
    "井头",
    "店",
)


class Namer:
    """Gives each thing a name that is not yet taken in its town."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._taken: dict[object, set[str]] = defaultdict(set)

    def take(self, where: object, name: str) -> bool:
        """Note a name as taken in a town (or anything that stands for one); False when it was already."""
        if name in self._taken[where]:
            return False
        self._taken[where].add(name)
        return True

    def _pick(self, words: list[str] | tuple[str, ...]) -> str:
        return str(words[int(self._rng.integers(len(words)))])

    def road(self, town: object, term: str, common: float = 0.3) -> str:
        """A road's name ending in ``term``; a share of them are the names every town has."""
        while True:
            word = (
                self._pick(COMMON)
                if self._rng.random() < common
                else self._pick(_FIRST) + self._pick(_SECOND)
            )
            side = (
                self._pick(list("东西南北中")) if term in ("路", "街") and self._rng.random() < 0.12 else ""
            )
            if word[-1] not in term and self.take(town, word + side + term):
                return word + side + term

    def lane(self, town: object, parent: str, term: str) -> str:
        """A lane's name: numbered after its road (振兴一弄) or with a name of its own."""
        stem = parent[:-1]
        while True:
            if self._rng.random() < 0.35 and len(stem) <= 4:
                name = stem + "一二三四五六七八九"[int(self._rng.integers(9))] + term
            else:
                name = self._pick(_FIRST) + self._pick(_SECOND) + term
            if self.take(town, name):
                return name

    def estate(self) -> str:
        """An estate's name, once in the whole district."""
        while True:
            word = (
                self._pick(_ESTATE_FIRST)
                if self._rng.random() < 0.5
                else self._pick(_FIRST) + self._pick(_SECOND)
            )
            name = word + self._pick(_ESTATE_TERMS)
            if self.take("estates", name):
                return name

    def hamlet(self, village: object) -> str:
        """A natural village's name (自然村), once in its village."""
        while True:
            form = int(self._rng.integers(3))
            if form == 0:
                name = self._pick(_CLANS) + self._pick(_PLACES)
            elif form == 1:
                name = self._pick(_HAMLETS) + self._pick(_CLANS) + self._pick(_PLACES)
            else:
                name = self._pick(_HAMLETS) + self._pick(_PLACES)
            if len(name) >= 2 and self.take(village, name):
                return name
