"""Which parameter is wrong and what to do, in Chinese, for each kind of error that pydantic reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.problems import Finding

_PLACES = {"query": "参数", "path": "路径", "body": "正文", "header": "请求头", "cookie": "Cookie"}

_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("缺少此项", "请补上此项"),
    "extra_forbidden": ("没有这个参数", "请检查拼写，可用的参数见接口文档 /docs"),
    "float_parsing": ("不是数字", "请填写数字，例如 121.26"),
    "float_type": ("不是数字", "请填写数字，例如 121.26"),
    "finite_number": ("不是有限的数字", "请填写普通数字，不能是 NaN 或无穷大"),
    "int_parsing": ("不是整数", "请填写整数"),
    "int_from_float": ("不是整数", "请填写整数"),
    "int_type": ("不是整数", "请填写整数"),
    "bool_parsing": ("不是“是/否”", "请填写 true 或 false"),
    "string_too_long": ("太长，上限 {max_length} 个字", "请缩短；多条地址请用批量接口"),
    "string_too_short": ("不能为空", "请填写内容"),
    "greater_than_equal": ("太小，不能小于 {ge}", "请填写不小于 {ge} 的数"),
    "less_than_equal": ("太大，不能大于 {le}", "请填写不大于 {le} 的数"),
    "greater_than": ("太小，应大于 {gt}", "请填写大于 {gt} 的数"),
    "less_than": ("太大，应小于 {lt}", "请填写小于 {lt} 的数"),
    "literal_error": ("不在可选值之内", "可选值：{expected}"),
    "enum": ("不在可选值之内", "可选值：{expected}"),
    "string_pattern_mismatch": ("格式不对", "请按接口文档 /docs 填写"),
    "date_from_datetime_parsing": ("不是日期", "请写成 2026-11-21 的形式"),
    "date_parsing": ("不是日期", "请写成 2026-11-21 的形式"),
    "date_from_datetime_inexact": ("不是日期", "只写日期，例如 2026-11-21"),
    "json_invalid": ("不是有效的 JSON", "请检查正文的格式"),
}


def findings_of(errors: Sequence[Any]) -> list[Finding]:
    """One finding a wrong parameter, in the order they were given; never an English sentence."""
    return [_finding(error) for error in errors]


def _finding(error: dict[str, Any]) -> Finding:
    kind = str(error.get("type", ""))
    evidence, remedy = _words(kind, error)
    location = [str(part) for part in error.get("loc", ())]
    place = _PLACES.get(location[0], "") if location else ""
    name = ".".join(location[1:]) if len(location) > 1 else ""
    return Finding(
        code=f"parameter.{kind.replace('_', '-')}",
        severity="block",
        where=f"{place} {name}".strip() or "请求",
        evidence=evidence,
        remedy=remedy,
    )


def _words(kind: str, error: dict[str, Any]) -> tuple[str, str]:
    context = {key: str(value).replace(" or ", "、") for key, value in (error.get("ctx") or {}).items()}
    if kind == "value_error":
        sentence = context.get("error", "") or "值不对"
        return sentence, "请改正后重试"
    evidence, remedy = _WORDS.get(kind, ("值不对", "请按接口文档 /docs 填写"))
    try:
        return evidence.format(**context), remedy.format(**context)
    except KeyError:
        return "值不对", "请按接口文档 /docs 填写"
