"""The year in figures and in words (年度数字、年度报告): every number counted from rows, with date and rule version."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from sqlalchemy.orm import Session

import boundary
import gazetteer
from api.desks.home import report_figures
from geo.documents import Document, Heading, Note, Paragraph, Table
from geo.documents.model import Block, day_words
from geo.figures import Figure

Source = Callable[[Session, int], Sequence[Figure]]

TRADES: Final = {
    "naming": ("地名命名", "地名命名更名工作方面"),
    "audit": ("道路排查", "不规范街路巷名排查方面"),
    "roads": ("道路排查", "不规范街路巷名排查方面"),
    "places": ("地名登记", "地名登记方面"),
    "exchange": ("国家地名信息库", "国家地名信息库数据维护方面"),
    "culture": ("地名文化", "地名文化保护方面"),
    "numbering": ("门牌登记", "门牌登记方面"),
    "registration": ("门牌登记", "门牌登记方面"),
    "numbers": ("门牌登记", "门牌登记方面"),
    "plates": ("数字门牌", "门牌制作安装和巡查方面"),
    "plate": ("数字门牌", "门牌制作安装和巡查方面"),
    "repair": ("地址整改", "存量不规范地址整改方面"),
    "diagnosis": ("门牌诊断", "门牌诊断方面"),
    "boundary": ("界线管理", "行政区域界线管理方面"),
    "meals": ("老年助餐", "老年助餐服务方面"),
    "meal": ("老年助餐", "老年助餐服务方面"),
    "cemeteries": ("公墓管理", "公墓管理方面"),
    "cemetery": ("公墓管理", "公墓管理方面"),
    "report": ("公众报错", "公众报错办理方面"),
}
"""The beginning of a figure's code -> the trade's name and how its sentence begins, in the order of the report."""


@dataclass(frozen=True, slots=True)
class Trade:
    """The figures of one trade."""

    label: str
    lead: str
    figures: tuple[Figure, ...]

    @property
    def told(self) -> tuple[Figure, ...]:
        """The figures that the paragraph names: a nought is in the table only."""
        return tuple(figure for figure in self.figures if figure.value)


def trades(db: Session, year: int) -> list[Trade]:
    """Every trade with its figures of a year, in the order of the report."""
    figures = [figure for source in sources() for figure in source(db, year)]
    grouped: dict[str, tuple[str, list[Figure]]] = {}
    for prefix, (label, lead) in TRADES.items():
        own = [f for f in figures if f.code.partition(".")[0] == prefix]
        grouped.setdefault(label, (lead, []))[1].extend(own)
    others = [f for f in figures if f.code.partition(".")[0] not in TRADES]
    grouped["其他"] = ("其他工作方面", others)
    return [Trade(label, lead, tuple(own)) for label, (lead, own) in grouped.items() if own]


@lru_cache(maxsize=1)
def sources() -> tuple[Source, ...]:
    """The function ``figures`` of every trade's package that has a module of that name."""
    found = [importlib.import_module(name) for name in _modules()]
    return (*(module.figures for module in found if hasattr(module, "figures")), report_figures.figures)


def _modules() -> Iterator[str]:
    for house in (gazetteer, boundary):
        for part in pkgutil.walk_packages(house.__path__, f"{house.__name__}."):
            if part.name.endswith(".figures") and not part.ispkg:
                yield part.name


def rules_version(found: Sequence[Trade]) -> str:
    """A short mark of how everything was counted: it changes when a rule's words do."""
    rules = "\n".join(f"{figure.code} {figure.rule}" for trade in found for figure in trade.figures)
    return hashlib.sha256(rules.encode()).hexdigest()[:8]


def sentence(trade: Trade) -> str:
    """One trade's sentence: 地名命名更名工作方面，收到地名申请 3 件，出具命名意见 2 件。"""
    parts = [f"{f.label}{number(f)}{f.unit}" for f in trade.told]
    return f"{trade.lead}，{'，'.join(parts)}。"


def number(figure: Figure) -> str:
    """A value as it is printed: whole, or with two digits after the point."""
    value = figure.value
    return str(value) if isinstance(value, int) or value == int(value) else f"{value:.2f}"


def opening(district: str, year: int, as_of: date) -> str:
    """How the paragraph begins: whose year, until which day."""
    until = "" if as_of == date(year, 12, 31) else f"截至{day_words(as_of)}，"
    return f"{year}年，{district}民政部门围绕区划地名、便民服务依法履职。{until}各项工作完成情况如下："


def document(found: Sequence[Trade], *, district: str, year: int, as_of: date, made_up: bool) -> Document:
    """The paper: the paragraph, and behind it a table with every figure and how it was counted."""
    told = "".join(sentence(trade) for trade in found if trade.told)
    rows = [
        (trade.label, figure.label, f"{number(figure)}{figure.unit}", figure.rule)
        for trade in found
        for figure in trade.figures
    ]
    blocks: list[Block] = [
        Heading("一、工作完成情况"),
        Paragraph(opening(district, year, as_of) + (told or "本年度尚无可统计的数据。")),
        Heading("二、数据口径"),
        Paragraph(
            f"以上数字均由业务系统按行统计，统计截止日期{day_words(as_of)}，口径版本{rules_version(found)}。"
        ),
        Table(("业务", "指标", "数值", "口径"), rows, widths=(1.5, 2.4, 1, 4.1), numbers=frozenset({2})),
        Note("每个数字的明细在业务系统“统计—年度数字”里，点开数字即逐条列出，条数与本表一致。"),
    ]
    return Document(f"{year}年区划地名工作情况", blocks, issuer=f"{district}民政局", date=date.today(), made_up=made_up,
                    seal=False)  # fmt: skip
