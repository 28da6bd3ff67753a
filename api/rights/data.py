"""Who may do what: files into the register and out of it (导入导出)."""

from __future__ import annotations

_DATA = frozenset({"officer", "administrator"})

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/desk/data"): _DATA,
    ("POST", "/desk/data"): _DATA,
    ("GET", "/desk/data/export/{kind}.{ending}"): _DATA,
    ("GET", "/desk/data/batches/{batch}"): _DATA,
    ("POST", "/desk/data/batches/{batch}/undo"): _DATA,
    ("GET", "/desk/data/{key}"): _DATA,
    ("POST", "/desk/data/{key}"): _DATA,
    ("GET", "/desk/data/{key}/refused"): _DATA,
}
