"""Import of facilities (设施): meal points, cemeteries and others, tied to a registered address where one is named."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text

from gazetteer.register.importing.attributes import attributes_of, keep_others
from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.named import divisions_of, text_columns
from gazetteer.register.importing.upsert import upsert

_TEXTS: Final = {
    "category": "category", "address": "address_text", "operator": "operator", "phone": "phone", "contact": "contact",
    "opening": "opening", "state": "state",
}  # fmt: skip
_WORDS: Final = (
    ("cemetery", ("公墓", "墓地", "墓园", "骨灰", "塔陵", "安葬", "纪念堂", "陵园", "cemetery")),
    ("meal", ("助餐", "食堂", "厨房", "餐厅", "送餐", "用餐", "饭堂", "meal", "canteen")),
    ("care", ("养老", "照料", "敬老", "居家", "福利院", "care")),
)
TYPES: Final = dict.fromkeys(("code", "kind", "name", "division", "address", *_TEXTS.values()), "text") | {
    "capacity": "int", "attributes": "jsonb", "valid_from": "date", "valid_to": "date", "made_up": "boolean",
    "source": "text", "crs_source": "text", "geom": "geometry",
}  # fmt: skip
_READY: Final = """
    CREATE TEMP TABLE ready ON COMMIT DROP AS
    SELECT i.*, coalesce(c.code, k.code) AS existing FROM incoming i
    LEFT JOIN register.facility c ON c.code = nullif(i.code, '')
    LEFT JOIN LATERAL (
      SELECT min(f.code) AS code FROM register.facility f
      WHERE i.code = '' AND f.kind = i.kind AND f.name = i.name AND f.division IS NOT DISTINCT FROM i.division
        AND f.address_text = i.address_text AND f.valid_to IS NOT DISTINCT FROM i.valid_to
    ) k ON true
"""
# An address written out exactly as registered ties the facility to it; anything vaguer is for the geocoder.
_TIE: Final = """
    WITH word AS (
      SELECT i.row, w.said FROM incoming i,
        LATERAL (VALUES (i.address_text), (register.county_text(left(i.division, 4) || '00000000') || i.address_text))
          AS w (said)
      WHERE i.address IS NULL AND i.address_text <> ''
    ), hit AS (
      SELECT w.row, a.code FROM word w JOIN register.address a ON a.standard_address = w.said AND a.valid_to IS NULL
      UNION
      SELECT i.row, a.code FROM incoming i JOIN register.address a
        ON a.auxiliary_address = i.address_text AND a.valid_to IS NULL
      WHERE i.address IS NULL AND i.address_text <> ''
    )
    UPDATE incoming i SET address = one.code
    FROM (SELECT row, min(code) AS code FROM hit GROUP BY row HAVING count(*) = 1) one
    WHERE one.row = i.row
"""


def load_facilities(load: Load) -> None:
    """Check the rows and stage them."""
    sheet = load.sheet
    columns: dict[str, Any] = load.columns() | text_columns(load, {"code": "code", "name": "name", **_TEXTS})
    columns["division"] = divisions_of(load, needed=False)
    columns["kind"] = [
        _kind(said, category, name)
        for said, category, name in zip(
            sheet.cells("kind"), columns["category"], columns["name"], strict=True
        )
    ]
    columns["capacity"] = sheet.values("capacity")
    columns["address"] = [cell or None for cell in sheet.values("addr_code")]
    columns["state"] = [cell or "在用" for cell in columns["state"]]
    columns["attributes"] = attributes_of(load)
    load.stage(TYPES, columns)
    load.refuse_doubles("nullif(code, '')", "编码")
    load.refuse_doubles(
        "CASE WHEN code = '' THEN concat_ws('|', kind, name, coalesce(division, ''), address_text) END",
        "名称",
    )
    load.refuse_where(
        "import.address", "地址编码",
        "SELECT row, format('登记册里没有编码为 %s 的地址', address) FROM incoming i WHERE address IS NOT NULL "
        "AND NOT EXISTS (SELECT FROM register.address a WHERE a.code = i.address) ORDER BY row",
        "改正编码，或留空",
    )  # fmt: skip


def write_facilities(load: Load) -> Counts:
    """Insert and update."""
    session, sheet = load.session, load.sheet
    session.execute(text("CREATE INDEX ON incoming (address_text)"))
    session.execute(text(_TIE))
    session.execute(text(_READY))
    session.execute(
        text("UPDATE ready SET code = coalesce(existing, nullif(code, ''), register.new_code('F'))")
    )
    keep_others(load, "facility")
    optional = _TEXTS | {
        "capacity": "capacity",
        "valid_from": "valid_from",
        "valid_to": "valid_to",
        "made_up": "made_up",
    }
    columns = [
        "kind",
        "name",
        "division",
        "address",
        "attributes",
        *(c for f, c in optional.items() if sheet.has(f)),
    ]
    if load.positions.present:
        columns += ["geom", "crs_source"]
    return upsert(session, "facility", [*columns, "source"], staged="ready")


def _kind(said: str, category: str, name: str) -> str:
    """The kind by what the file calls it, else by category, else by the facility's own name."""
    for words_of in (said, category, name):
        for kind, words in _WORDS:
            if words_of and any(word in words_of for word in words):
                return kind
    return "other"
