"""What stands in the square on a plate (二维码内容): the address of the scan page with the signature behind it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from gazetteer.plates.codes import read_code
from gazetteer.plates.signing import sign
from geo.settings import settings


def payload(code: str) -> str:
    """``https://dm.example.gov.cn/p/7K3M9QXA2BD?s=…``: short enough for 40 mm squares."""
    return f"{settings().public_url.rstrip('/')}/p/{code}?s={sign(code)}"


def taken_apart(text: str) -> tuple[str | None, str]:
    """The code and the signature in what was scanned or typed; (None, "") where there is no code."""
    parts = urlsplit(text.strip()[:500])
    if "/p/" not in parts.path:
        return read_code(text), ""
    code = read_code(parts.path.rsplit("/p/", 1)[1].strip("/"))
    signature = parse_qs(parts.query).get("s", [""])[0]
    return (code, signature) if code else (None, "")
