"""Changes of counties and above (1981-2026): who followed whom, many-to-many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from gazetteer.base.making.files import read_json
from gazetteer.base.rows import Change

# One source maps 黄岩市 to 黄岩区 alone; the State Council's approval of 1994 made two districts of it. The codes
# record has both, and is followed.
_NOTES: Final = {"332603": "1994 年撤销县级黄岩市，分设黄岩区、路桥区；另一份来源只列黄岩区，此处已更正。"}


def county_changes(source: Path) -> list[Change]:
    """From the codes record (1981-2025), completed by the newer events of the second source."""
    record = read_json(source / "divisions" / "codes.json")
    names = dict(_names(record["items"]))
    rows = [change for item in record["items"] for change in _of(item, (), names, record["descriptions"])]
    known = {row.code for row in rows if row.successor}
    events = read_json(source / "divisions" / "historical_changes_v1.json")["events"]
    rows += [row for event in events if (row := _late(event)) and row.code not in known]
    return sorted(set(rows), key=lambda r: (r.code, r.year, r.successor))


def _names(items: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """Last known name of each code."""
    for item in sorted(items, key=lambda x: (x["code"], x["start"])):
        yield item["code"], item["name"]
        yield from _names(item.get("children", []))


def _level(code: int) -> int:
    return 1 if code % 10000 == 0 else 2 if code % 100 == 0 else 3


def _of(
    item: dict[str, Any], path: tuple[str, ...], names: dict[int, str], texts: dict[str, list[str]]
) -> Iterator[Change]:
    code = item["code"]
    for heir in item.get("succ", []) or ([{"code": 0}] if "end" in item else []):
        year = heir.get("time", item.get("end", 0))
        yield Change(
            f"{code}000000", item["name"], _level(code), " ".join(path), item["start"], year,
            f"{heir['code']}000000" if heir["code"] else "", names.get(heir["code"], ""),
            _document(texts, year, heir.get("desc")), _NOTES.get(str(code), ""),
        )  # fmt: skip
    for child in item.get("children", []):
        yield from _of(child, (*path, item["name"]), names, texts)


def _document(texts: dict[str, list[str]], year: int, at: int | None) -> str:
    """Number of the approval document out of the description of a change."""
    described = texts.get(str(year), [])
    if at is None or at >= len(described):
        return ""
    numbers = [line[3:].strip() for line in described[at].splitlines() if line.startswith("文号：")]
    return numbers[0] if numbers else ""


def _late(event: dict[str, Any]) -> Change | None:
    """An event after the codes record ends (2025, 2026) with both sides named."""
    old, new = event.get("old") or {}, event.get("new") or {}
    if event["year"] < 2025 or not old.get("code") or not new.get("code") or old == new:
        return None
    return Change(
        old["code"], old["name"], event["level"], " ".join((event.get("old_path") or [])[:-1]), 0, event["year"],
        new["code"], new["name"], event.get("doc_no") or "", event.get("note") or "",
    )  # fmt: skip
