"""The kinds of record that go in and out as files: their fields, the headings people write over them.

A field's English ``name`` is at most ten ASCII characters, because a Shapefile keeps no more; ``title`` is the
Chinese heading of an export; ``headers`` are further headings an import recognises. ``docs/register.md`` is the
same list for the reader, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from geo.problems import BadInput

NAME_MOST: Final = 50
"""Characters of a road's, village's or place's name; the longest in the nation's lists have about thirty."""
NUMBER_MOST: Final = 20
"""Characters of a number; 400弄10支弄25号之1 has twelve."""
ADDRESS_MOST: Final = 200
"""Characters of a whole address; beyond it the cell holds something else, such as a pasted paragraph."""

Shape = Literal["none", "point", "line", "any"]
Cell = Literal["text", "int", "number", "date", "flag", "digits", "level"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a kind."""

    name: str
    title: str
    headers: tuple[str, ...] = ()
    cell: Cell = "text"
    required: bool = False
    most: int | None = None
    """Characters that a cell may have; more refuse the row."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: ``name`` as on the command line, ``title`` in Chinese, what geometry its rows have."""

    name: str
    title: str
    shape: Shape
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    """Fields of which a file must have at least one, for it to be of this kind at all."""

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            BadInput: the kind has no such field.
        """
        for known in self.fields:
            if known.name == name:
                return known
        names = "、".join(f.name for f in self.fields)
        raise BadInput(f"{self.title}没有字段“{name}”。", f"可用的字段：{names}。", code="import.field")


_TOWN: Final = ("所属镇街", "乡镇（街道）")
_COMM: Final = ("村居", "村（社区）", "社区（村）", "所属村（社区）", "所属村社区", "所属村", "所属社区")

COMMON = (
    Field("valid_from", "启用日期", ("生效日期", "启用时间", "命名时间", "起始日期", "设立日期"), "date"),
    Field("valid_to", "停用日期", ("失效日期", "废止日期", "终止日期"), "date"),
    Field("made_up", "示例数据", ("数据说明", "sample"), "flag"),
    Field("source", "来源", ("数据来源", "资料来源")),
    Field("crs_source", "原坐标系", ("坐标来源",)),
)

DIVISION = Kind("divisions", "行政区划", "any", (
    Field("code", "区划代码", ("代码", "行政区划代码", "code12", "统计用区划代码", "adcode", "division_code"), "digits", True),
    Field("name", "名称", ("区划名称", "行政区划名称", "village", "street"), "text", True),
    Field("level", "级别", ("层级", "行政级别"), "level"),
    Field("parent", "上级代码", ("上级区划代码", "父级代码", "parent_code", "street_code9", "county6"), "digits"),
    Field("short", "简称", ("专名",)),
    Field("type", "类型", ("通名", "区划类型")),
    Field("pinyin", "拼音", ("汉语拼音",)),
    *COMMON,
))  # fmt: skip

PLACE = Kind("places", "地名", "any", (
    Field("code", "编码", ("地名编码", "代码", "place_id")),
    Field("nat_code", "地名代码", ("national_code", "国家地名代码", "place_code")),
    Field("name", "标准名称", ("名称", "地名", "地名名称", "standard_name"), "text", True, NAME_MOST),
    Field("category", "类别", ("地名类别", "分类", "大类")),
    Field("class_code", "类别代码", ("地名类别代码", "地名类型", "place_type_code")),
    Field("specific", "专名"),
    Field("generic", "通名"),
    Field("roman", "罗马字母拼写", ("romanisation", "roman_alphabet_spelling")),
    Field("pinyin", "汉语拼音", ("拼音",)),
    Field("origin", "来历", ("地名来历", "place_origin", "名称来历")),
    Field("meaning", "含义", ("地名含义", "place_meaning", "名称含义")),
    Field("history", "历史沿革", ("沿革", "place_history")),
    Field("heritage", "保护名录", ("地名文化遗产", "是否保护", "遗产")),
    Field("state", "状态", ("地名状态",)),
    Field("county", "区县", ("县区", "区", "县", "所在区县", "county_name", "area_name")),
    Field("town", "镇街", ("乡镇", "街道", "乡镇街道", "所在乡镇", "street", "township", *_TOWN)),
    Field("comm", "村社区", ("村社", "村", "社区", "行政村", "所在村社区", "village", *_COMM)),
    Field("division", "区划代码", ("所在区划代码", "division_code")),
    Field("location", "位置描述", ("位置", "四至", "地理位置")),
    *COMMON,
))  # fmt: skip

ROAD = Kind("roads", "道路", "line", (
    Field("code", "编码", ("代码", "道路编码", "road_code")),
    Field("name", "道路名称", ("名称", "路名", "标准名称", "街路巷名称", "street", "road", "road_name"), most=NAME_MOST),
    Field("specific", "专名"),
    Field("generic", "通名"),
    Field("roman", "罗马字母拼写", ("romanisation",)),
    Field("pinyin", "汉语拼音", ("拼音",)),
    Field("road_class", "道路等级", ("等级", "性质", "道路性质", "道路类型", "highway", "class")),
    Field("width_m", "宽度", ("路宽", "宽度(米)", "宽度（米）", "width"), "number"),
    Field("length_m", "长度", ("路长", "长度(米)", "长度（米）", "length"), "number"),
    Field("start_text", "起点", ("起点(东/南)", "起")),
    Field("end_text", "止点", ("终点", "止点(西/北)", "止")),
    Field("direction", "走向", ("道路走向",)),
    Field("no_from", "号段起", ("门牌起号",), "int"),
    Field("no_to", "号段止", ("门牌止号",), "int"),
    Field("meaning", "含义", ("名称含义",)),
    Field("state", "状态", ("命名状态",)),
    Field("county", "区县", ("县区", "区", "县", "所在区县")),
    Field("town", "镇街", ("乡镇", "街道", "乡镇街道", "所在乡镇", "township", *_TOWN)),
    Field("comm", "村社区", ("村", "社区", "行政村", *_COMM)),
    Field("division", "区划代码", ("所在区划代码", "division_code")),
    *COMMON,
))  # fmt: skip

ADDRESS = Kind("addresses", "地址", "point", (
    Field("code", "地址编码", ("编码", "门牌编码", "address_code")),
    Field("prov", "省", ("省份", "province", "省级")),
    Field("city", "市", ("地市", "城市", "设区市", "地级")),
    Field("county", "区县", ("区", "县", "县区", "区/县", "县市区", "county_name", "district")),
    Field("town", "镇街", ("乡镇", "街道", "乡镇街道", "镇/街道", "township", "乡镇(街道)", *_TOWN)),
    Field("comm", "村社区", ("村社", "村", "社区", "行政村", "村/社区", "community", "village", *_COMM)),
    Field("road", "街路巷", ("路", "路名", "道路", "道路名称", "街巷", "路街巷", "street"), most=NAME_MOST),
    Field("natvil", "自然村", ("自然村名称", "组", "村民小组"), most=NAME_MOST),
    Field("estate", "小区", ("住宅区", "小区名称", "院落", "楼宇", "小区楼宇"), most=NAME_MOST),
    Field("number", "门牌号", ("号", "门号", "门牌", "house_number", "housenumber", "no"), most=NUMBER_MOST),
    Field("lane", "弄", ("支弄", "弄号"), most=NUMBER_MOST),
    Field("sub", "附号", ("门牌附号",), most=NUMBER_MOST),
    Field("bld", "幢", ("楼幢", "幢号", "楼号", "building")),
    Field("unit", "单元", ("单元号",)),
    Field("floor", "层", ("楼层",)),
    Field("room", "室", ("室号", "房号", "户号")),
    Field("address", "标准地址", ("地址", "详细地址", "地址全文", "门牌地址", "full_address", "addr"), most=ADDRESS_MOST),
    Field("division", "行政区划代码", ("区划代码", "所在区划代码", "division_code"), "digits"),
    Field("auxiliary", "辅地址", ("小区标准地址", "auxiliary_address")),
    Field("principal", "主地址编码", ("主编码",)),
    Field("name", "名称", ("单位名称", "户名", "店名", "poi", "兴趣点")),
    Field("note", "备注", ("描述", "说明")),
    Field("point", "定位点", ("定位点类型", "点位类型", "point_kind")),
    *COMMON,
), one_of=("address", "road", "natvil", "estate"))  # fmt: skip

FACILITY = Kind("facilities", "设施", "any", (
    Field("code", "编码", ("代码", "设施编码")),
    Field("kind", "设施种类", ("种类", "类型", "设施类型")),
    Field("name", "名称", ("设施名称", "助餐点名称", "公墓名称", "食堂名称", "机构名称"), "text", True),
    Field("category", "类别", ("级别", "等级", "层级", "tier")),
    Field("county", "区县", ("县区", "区", "县", "district")),
    Field("town", "镇街", ("乡镇", "街道", "乡镇街道", "township", *_TOWN)),
    Field("comm", "村社区", ("村", "社区", "行政村", "village", *_COMM)),
    Field("division", "区划代码", ("division_code",)),
    Field("addr_code", "地址编码", ("address_code",)),
    Field("address", "地址", ("详细地址", "标准地址", "所在地址"), most=ADDRESS_MOST),
    Field("operator", "运营单位", ("运营方", "经营单位", "管理单位")),
    Field("phone", "电话", ("联系电话", "服务电话", "tel")),
    Field("contact", "联系人", ("负责人",)),
    Field("opening", "开放时间", ("营业时间", "服务时间")),
    Field("capacity", "容量", ("餐位", "座位数", "每餐份数", "穴位", "穴位总数", "墓穴数", "number"), "int"),
    Field("state", "状态", ("运营状态",)),
    Field("attributes", "其他属性", ()),
    *COMMON,
))  # fmt: skip

ALIAS = Kind("aliases", "别名", "none", (
    Field("alias", "别名", ("旧名", "曾用名", "俗称", "老名"), "text", True),
    Field("kind", "别名种类", ("种类", "类型", "别名类型"), "text", True),
    Field("target", "对象种类", ("对象类型", "指向种类", "target_kind")),
    Field("code", "对象编码", ("指向编码", "目标编码", "target_code", "代码", "编码")),
    Field("name", "对象名称", ("标准名称", "现名", "指向名称", "target_name")),
    Field("county", "区县", ("县区", "区", "县")),
    Field("town", "镇街", ("乡镇", "街道", "乡镇街道", *_TOWN)),
    Field("source_doc", "依据文件", ("批文", "文件", "文号")),
    Field("scope", "适用范围", ("范围区划",)),
    *COMMON,
))  # fmt: skip

KINDS = {kind.name: kind for kind in (DIVISION, PLACE, ROAD, ADDRESS, FACILITY, ALIAS)}


def kind_of(name: str, kinds: Mapping[str, Kind] = KINDS) -> Kind:
    """The kind by its name on the command line, among those that the caller's room knows.

    Raises:
        BadInput: there is no such kind.
    """
    if name not in kinds:
        known = "、".join(f"{k}（{v.title}）" for k, v in kinds.items())
        raise BadInput(f"不认识数据种类“{name}”。", f"可用的种类：{known}。", code="import.kind")
    return kinds[name]
