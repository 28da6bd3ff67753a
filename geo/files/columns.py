"""Which column of a bureau's file is which field, told from Chinese and English headers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.files.aliases import ALIASES
from geo.problems import BadInput, Finding

_NOISE = re.compile(r"[\s_\-./\\*:：·“”\"'()()\[\]【】]+")
# Full-width brackets have become plain ones by then.
_NOTE = re.compile(r"[(\[【][^)\]】]*[)\]】]")


@dataclass(frozen=True, slots=True)
class Guess:
    """Field -> header for every field that was recognised, and what to tell the user about it."""

    mapping: dict[str, str]
    findings: list[Finding]


def guess_columns(
    headers: Iterable[str],
    wanted: Iterable[str] | Mapping[str, Iterable[str]],
    *,
    given: Mapping[str, str] | None = None,
    required: Iterable[str] = (),
) -> Guess:
    """Which header holds which wanted field.

    The user's own mapping comes first, then an exact name, then the aliases of ``geo.files.aliases`` (in their
    order), each compared without case, spaces, punctuation and remarks in brackets. A header serves one field only.

    Args:
        headers: the file's column names.
        wanted: the fields asked for, in the order of their claim; or field -> further aliases.
        given: field -> header as the user passed with ``--map``; field names not in ``wanted`` are refused.
        required: fields without which the import makes no sense.

    Returns:
        The mapping and findings: which columns were taken (``columns.found``, inform), which were not used
        (``columns.unused``, inform), which required fields are missing (``columns.missing``, block).

    Raises:
        BadInput: ``given`` names a header or a field that does not exist.
    """
    names = list(headers)
    extra = dict(wanted) if isinstance(wanted, Mapping) else dict.fromkeys(wanted, ())
    mapping = _given(names, extra, given or {})
    taken = set(mapping.values())
    keys = {name: _keys(name) for name in names}
    for field, more in extra.items():
        if field in mapping:
            continue
        header = _find(keys, (field, *more, *ALIASES.get(field, ())), taken)
        if header is not None:
            mapping[field] = header
            taken.add(header)
    return Guess(mapping, list(_tell(names, mapping, required)))


def _given(names: list[str], wanted: Mapping[str, object], given: Mapping[str, str]) -> dict[str, str]:
    for field, header in given.items():
        if field not in wanted:
            raise BadInput(
                f"没有“{field}”这个字段。", f"可以指定的字段有：{'、'.join(wanted)}。", code="columns.field"
            )
        if header not in names:
            raise BadInput(
                f"文件里没有“{header}”这一列。",
                f"文件的列有：{'、'.join(names[:40])}。",
                code="columns.header",
            )
    return dict(given)


def _find(keys: dict[str, tuple[str, ...]], aliases: Iterable[str], taken: set[str]) -> str | None:
    """The first alias that some free header equals; whole headers before headers without their remarks."""
    folded = [_fold(alias) for alias in aliases]
    for depth in range(3):
        for alias in folded:
            for header, forms in keys.items():
                if header not in taken and depth < len(forms) and forms[depth] == alias:
                    return header
    return None


def _keys(header: str) -> tuple[str, ...]:
    """Forms of a header to compare: whole, without remarks in brackets, the lowest level of a two-row header."""
    plain = unicodedata.normalize("NFKC", header)
    return _fold(plain), _fold(_NOTE.sub("", plain)), _fold(_NOTE.sub("", plain.rsplit("/", 1)[-1]))


def _fold(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def _tell(names: list[str], mapping: dict[str, str], required: Iterable[str]) -> Iterable[Finding]:
    if mapping:
        pairs = "、".join(f"{field}←{header}" for field, header in mapping.items())
        yield Finding("columns.found", "inform", "", f"识别的列：{pairs}", "如不对请用 --map 字段=列名 指定")
    unused = [name for name in names if name not in mapping.values()]
    if unused:
        listed = "、".join(unused[:20]) + ("等" if len(unused) > 20 else "")
        yield Finding(
            "columns.unused", "inform", "", f"没有用到的列：{listed}", "如有需要请用 --map 字段=列名 指定"
        )
    for field in required:
        if field not in mapping:
            alias = "、".join(ALIASES.get(field, (field,))[:4])
            yield Finding(
                "columns.missing", "block", "", f"找不到必需的列“{field}”（常见列名：{alias}）",
                f"请用 --map {field}=列名 指定",
            )  # fmt: skip
