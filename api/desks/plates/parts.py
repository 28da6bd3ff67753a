"""What the pages of the plates' desk share."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import Form

HOME: Final = "/desk/plates"
Token = Annotated[str, Form(max_length=200)]
STATE_WORDS: Final = {
    "ordered": "待制作", "making": "制作中", "arrived": "已到货", "hung": "已安装", "damaged": "损坏", "missing": "缺失",
    "replaced": "已更换", "retired": "已注销",
}  # fmt: skip
STATE_KINDS: Final = {"hung": "sure", "arrived": "likely", "making": "likely", "ordered": "check", "damaged": "none",
                      "missing": "none", "replaced": "", "retired": ""}  # fmt: skip
SAMPLE_NOTICE: Final = "示例数据：地址和位置由程序生成，不代表真实门牌"


def attachment(name: str) -> dict[str, str]:
    """Headers of a download."""
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}", "cache-control": "no-store"}


def tabs(current: str) -> list[tuple[str, str, bool, int | None]]:
    """The pages of this desk, for ``desk.tabs``."""
    pages = (
        ("门牌", ""),
        ("制作批次", "/batches"),
        ("维修工单", "/repairs"),
        ("抽查", "/checks"),
        ("进度", "/progress"),
    )
    return [(word, HOME + path, path == current, None) for word, path in pages]
