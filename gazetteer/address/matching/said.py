"""How a former or other name is said to the user (别名的说法): each kind of alias has a sentence of its own."""

from __future__ import annotations

_SENTENCES = {
    "撤县设市": "“{0}”已撤县设市，现为“{1}”",
    "撤县设区": "“{0}”已撤县设区，现为“{1}”",
    "撤市设区": "“{0}”已撤市设区，现为“{1}”",
    "撤乡设镇": "“{0}”已撤乡设镇，现为“{1}”",
    "析置": "“{0}”已析置，现为“{1}”",
    "改设街道": "“{0}”已改设街道，现为“{1}”",
    "村合并": "“{0}”已并入“{1}”",
    "村改社区": "“{0}”已改为社区，现为“{1}”",
    "错写": "“{0}”是错写，应为“{1}”",
    "俗称": "“{0}”是俗称，登记名称为“{1}”",
    "简称": "“{0}”是简称，登记名称为“{1}”",
    "推广名": "“{0}”是推广名，登记名称为“{1}”",
    "一路多名": "“{0}”与“{1}”是同一条路，登记名称为“{1}”",
    "路更名": "“{0}”已更名为“{1}”",
    "更名": "“{0}”已更名为“{1}”",
    "旧称": "“{0}”是旧称，现为“{1}”",
}


def said(kind: str, alias: str, name: str) -> str:
    """The sentence for one alias: “老朝阳路”已更名为“朝阳街”; a kind that has none is called another name."""
    return _SENTENCES.get(kind, "“{0}”是“{1}”的别名").format(alias, name)
