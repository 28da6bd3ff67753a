"""The guided tour of the first hour (导览): what to try, one sentence a step, each with a link into the running district."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from api.pages.rail import may_open

Step = tuple[str, str, str, str]

STEPS: Final[tuple[Step, ...]] = (
    ("从这里开始一天", "等您办理的事按期限排列，超期的在最前面。按 J、K 上下移动，按 Enter 打开。", "/desk/keys", "全部快捷键"),
    ("什么都能查找", "按 Ctrl K，写名称、拼音首字母、门牌或编号。", "/desk/search", "试一试"),
    ("命名申请", "受理、审查、公示、决定，每一步只出现您这一步能按的按钮，文书自动生成。", "/desk/naming", "看一件申请"),
    ("不规范地址", "上传一份名单，逐条得到标准地址和理由，随时可以撤销。", "/desk/repairs", "看整改台"),
    ("导入自己的表格", "先检查、后写入：哪一行有什么问题，怎么改，都写清楚。", "/desk/data", "打开导入向导"),
    ("年终的数字", "每个数字都能点开看明细，年度报告可以下载 Word。", "/desk/statistics/report", "看年度报告"),
    ("需要时再看", "使用说明按岗位分章，页面下方和这里都能打开。", "/guide", "打开使用说明"),
)  # fmt: skip


def steps(roles: Collection[str]) -> list[Step]:
    """The steps whose pages this caller may open."""
    return [step for step in STEPS if may_open(roles, step[2])]
