"""How a name is spelt by the rule (拼写规则), where the register has no spelling yet: a proposal for a person to confirm."""

from __future__ import annotations

from typing import Any

from gazetteer.naming.romanise import Romanisation, romanise


def spelling(record: dict[str, Any]) -> Romanisation | None:
    """The rule's spelling of a place or road; None for an address."""
    if "handle_kind" in record:
        return None
    return romanise(record["title"], record.get("category") or "E")


def advice(said: Romanisation | None) -> dict[str, str]:
    """What to write beside the two fields of the form: the rule's spelling, and what has more than one reading."""
    if said is None:
        return {}
    open_readings = "；".join(
        f"“{doubt.text}”可读 {'、'.join(doubt.alternatives)}，请核定"
        for doubt in said.doubts
        if doubt.kind == "读音"
    )
    doubt = f"。{open_readings}" if open_readings else ""
    return {"pinyin": f"按拼写规则：{said.pinyin}{doubt}。", "romanisation": f"按拼写规则：{said.roman}。"}
