"""Two made-up ledgers of sites (示例台账) of 403 and 405 rows that count by different definitions."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.files import write_table

_KINDS = ("村公益性公墓", "乡村公益性墓地", "乡镇公益性公墓", "骨灰堂", "集中埋葬点")
_LAND = ("已批准", "审批中", "历史遗留")
_PRICE = ("政府定价", "未定价")
_UPKEEP = ("有专人维护", "村代管", "未核")
SHARED, ONLY_ONE, ONLY_OTHER = 400, 3, 5
_VILLAGES = text("""
    SELECT v.name, t.name AS town, v.short, ST_X(v.point) AS lon, ST_Y(v.point) AS lat
    FROM register.division v JOIN register.division t ON t.code = v.parent
    WHERE v.level = 5 AND v.valid_to IS NULL AND left(v.code, 6) = '331003' ORDER BY v.code
""")


def write_ledgers(db: Session, folder: Path) -> tuple[Path, Path]:
    """Write both as CSV: 400 sites stand in both (some renamed, some put elsewhere), 3 only in one, 5 only in the other."""
    folder.mkdir(parents=True, exist_ok=True)
    made = _rows(db)
    shared = made[:SHARED]
    one = shared + [
        row | {"类别": "经营性公墓", "名称": f"{row['名称'][:-2]}陵园"} for row in made[SHARED:][:ONLY_ONE]
    ]
    other = [_recounted(n, row) for n, row in enumerate(shared)]
    other += [
        row | {"类别": "节地生态点", "名称": f"{row['名称'][:-2]}树葬园"}
        for row in made[SHARED + ONLY_ONE :][:ONLY_OTHER]
    ]
    paths = folder / "公墓台账一-403处.csv", folder / "公墓台账二-405处.csv"
    for path, rows in zip(paths, (one, other), strict=True):
        write_table(path, {name: [row[name] for row in rows] for name in rows[0]})
    return paths


def _rows(db: Session) -> list[dict[str, str]]:
    """408 sites: one a village, then second ones of the first villages."""
    villages = db.execute(_VILLAGES).all()
    rows = []
    for n in range(SHARED + ONLY_ONE + ONLY_OTHER):
        v = villages[n % len(villages)]
        short = v.short or v.name.removesuffix("村民委员会").removesuffix("委会").removesuffix("村")
        name = f"{short}{'' if n < len(villages) else '后山'}公墓"
        rows.append({
            "名称": name, "镇街": v.town, "村": v.name, "类别": _KINDS[n % len(_KINDS)], "土地手续": _LAND[n % 3],
            "价格": _PRICE[n % 2], "维护": _UPKEEP[n % 3], "示例数据": "是",
        })  # fmt: skip
    return rows


def _recounted(n: int, row: dict[str, str]) -> dict[str, str]:
    """As the other office wrote it: every 67th into another category, every 50th by another name."""
    if n % 67 == 5:
        return row | {"类别": "集中埋葬点" if row["类别"] != "集中埋葬点" else "乡村公益性墓地"}
    if n % 50 == 7:
        return row | {"名称": row["名称"].replace("公墓", "村公益性墓地")}
    return row
