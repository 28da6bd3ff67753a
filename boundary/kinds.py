"""Boundary lines and markers as files: the fields of the register form (界桩登记表) and of the table of results (成果表).

``docs/boundary.md`` is the same list for the reader, and a test holds the two together.
"""

from __future__ import annotations

from typing import Final

from gazetteer.register.kinds import COMMON, Field, Kind
from gazetteer.register.kinds import KINDS as REGISTER_KINDS

REFERENCES: Final = (1, 2, 3)
_NUMERALS: Final = {1: "一", 2: "二", 3: "三"}

LINE = Kind("boundaries", "界线", "line", (
    Field("code", "界线代码", ("界线编码", "界线编号", "代码", "编码")),
    Field("name", "界线名称", ("名称", "边界名称"), "text", True),
    Field("level", "界线等级", ("级别", "等级", "界线级别")),
    Field("sides", "相邻区划", ("毗邻区划", "相邻行政区", "相邻区划代码", "关联行政区划")),
    Field("length_m", "长度", ("界线长度", "长度(米)", "长度（米）"), "number"),
    Field("start_text", "起点", ("界线起点",)),
    Field("end_text", "止点", ("终点", "界线止点")),
    Field("markers", "界桩数", ("界桩颗数", "界桩数量", "界桩总数"), "int"),
    Field("single", "单立桩数", ("单立界桩数",), "int"),
    Field("double", "双立桩数", ("双立界桩数",), "int"),
    Field("triple", "三立桩数", ("三立界桩数",), "int"),
    Field("disputed", "是否争议", ("争议",), "flag"),
    Field("approval", "批准文件", ("批准文号", "批复文号")),
    Field("agreement", "协议书", ("协议书名称", "协议文号", "边界协议书")),
    Field("detail_map", "界线详图", ("详图", "详图图幅", "协议书附图")),
    Field("agreed_on", "协议日期", ("协议书签订日期", "签订日期"), "date"),
    Field("lead", "牵头方", ("本轮牵头方", "牵头单位")),
    Field("next_due", "下次联检", ("下次联检年份", "下轮联检"), "int"),
    *COMMON,
))  # fmt: skip


def _reference(serial: int) -> tuple[Field, ...]:
    said = f"{_NUMERALS[serial]}号方位物"
    return (
        Field(f"ref{serial}_name", f"{said}名称", (said, f"方位物{serial}", f"方位物{serial}名称")),
        Field(f"ref{serial}_az", f"{said}坐标方位角", (f"{said}方位角", f"方位物{serial}方位角")),
        Field(f"ref{serial}_dist", f"{said}距离", (f"方位物{serial}距离",), "number"),
        Field(f"ref{serial}_lon", f"{said}经度", (f"方位物{serial}经度",), "number"),
        Field(f"ref{serial}_lat", f"{said}纬度", (f"方位物{serial}纬度",), "number"),
    )


MARKER = Kind("markers", "界桩", "point", (
    Field("code", "界桩代码", ("界桩编码",)),
    Field("number", "界桩编号", ("界桩号", "桩号")),
    Field("spatial_id", "空间数据标识码", ("标识码",)),
    Field("name", "界桩名称", ("名称",)),
    Field("level", "界桩等级", ("等级", "级别")),
    Field("type", "界桩类型", ("类型", "界桩类型1")),
    Field("networked", "界桩类型2", ("物联网界桩",)),
    Field("line", "界线代码", ("界线", "关联界线", "所属界线", "界线名称", "界线编码"), "text", True),
    Field("serial", "序号", ("顺序号", "界桩序号")),
    Field("material", "界桩材质", ("材质",)),
    Field("data_type", "数据类型"),
    Field("is_public", "是否公开", ("公开",), "flag"),
    Field("sign_codes", "界线标志区划代码", ("标志区划代码",)),
    Field("height", "高程", ("海拔", "高程(米)", "高程（米）"), "number"),
    Field("north", "纵坐标", ("X纵坐标", "纵坐标X", "北坐标"), "number"),
    Field("east", "横坐标", ("Y横坐标", "横坐标Y", "东坐标"), "number"),
    Field("location", "位置描述", ("位置说明", "界桩位置", "位置")),
    Field("entrusted", "是否托管", ("托管",), "flag"),
    Field("custodian", "托管单位", ("管理方", "管护单位")),
    Field("changes", "界桩变更历史记录", ("变更历史", "变更史")),
    Field("state", "界桩状态", ("状态", "现状")),
    *(field for serial in REFERENCES for field in _reference(serial)),
    Field("attributes", "其他属性"),
    *COMMON,
))  # fmt: skip

KINDS: Final = {**REGISTER_KINDS, LINE.name: LINE, MARKER.name: MARKER}
