"""What the page of the interface shows beside the parameters: samples to copy, and the limits as they stand in the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from api.wrapping import BODY_LIMIT, LARGE_BODIES
from gazetteer.register.feed import MOST

LIMITS: Final = (
    ("一次查询的文字", "500 字"),
    ("一次返回的候选", "至多 20 条"),
    ("资源列表每页", "至多 1000 条，用 next 链接翻页"),
    ("批量查询的文件", f"{LARGE_BODIES['/v1/geocode/batch'] // 2**20} MB"),
    ("其他请求的正文", f"{BODY_LIMIT // 2**20} MB"),
    ("变更订阅一次", f"至多 {MOST} 条"),
)
"""(what, how much)."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: for whom, and the lines to copy."""

    key: str
    label: str
    text: str


def samples(base: str, question: str) -> tuple[Sample, ...]:
    """The same question in four tongues, with this installation's own address."""
    asked = f"{base}/v1/geocode?q={quote(question)}"
    return (
        Sample("curl", "curl", f"# 一个地址\ncurl '{asked}'\n\n# 一批地址：收 CSV，回答里写着到哪里看进度、取结果\n"
               f"printf '地址\\n{question}\\n' | curl -H 'content-type: text/csv' --data-binary @- '{base}/v1/geocode/batch'\n\n"
               f"# 登记改了什么，从头读\ncurl '{base}/v1/changes?since=0'"),
        Sample("python", "Python", f'''import json, urllib.parse, urllib.request

q = urllib.parse.urlencode({{"q": "{question}"}})
with urllib.request.urlopen("{base}/v1/geocode?" + q) as answer:
    for found in json.load(answer)["features"]:
        print(found["properties"]["geocoding"]["label"], found["geometry"])'''),
        Sample("javascript", "JavaScript", f'''const q = new URLSearchParams({{ q: "{question}" }});
const answer = await fetch("{base}/v1/geocode?" + q);
if (!answer.ok) throw new Error((await answer.json()).detail);
for (const found of (await answer.json()).features) console.log(found.properties.geocoding.label, found.geometry);'''),
        Sample("qgis", "QGIS", f'''图层 → 添加图层 → 添加 WFS / OGC API - Features 图层 → 新建
名称：地名地址
URL：{base}/ogc
版本：OGC API - Features'''),
    )  # fmt: skip
