"""The frame of the field pages (外业), the worker that keeps it for days without a network, and how it is installed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response

from api.pages.templates import FOLDER, environment

router = APIRouter(include_in_schema=False)

STATIC: Final = FOLDER.parent / "static"
SCOPE: Final = "/field"
_FOLDERS: Final = ("js/field", "css/field.css", "css/field-forms.css",
                   "css/field-parts.css", "css/field-landscape.css", "vendor/idb.js", "vendor/maplibre-gl.mjs",
                   "vendor/maplibre-gl-worker.mjs", "vendor/maplibre-gl.css", "img/field-192.png",
                   "img/field-512.png", "img/mark.svg")  # fmt: skip
_WORKER: Final = STATIC / "js" / "field" / "worker.js"
_MANIFEST: Final = {
    "id": SCOPE, "name": "界桩外业", "short_name": "界桩外业", "description": "界线联检外业：离线记录、照片和签字",
    "lang": "zh-CN", "start_url": SCOPE, "scope": SCOPE, "display": "standalone", "orientation": "any",
    "background_color": "#0d131a", "theme_color": "#0d131a",
    "icons": [{"src": f"/static/img/field-{size}.png", "sizes": f"{size}x{size}", "type": "image/png",
               "purpose": "any maskable"} for size in (192, 512)],
}  # fmt: skip


@router.get(SCOPE)
def frame(request: Request) -> Response:
    """The one page of the field: it holds no data, so that it may be kept and opened by anybody."""
    html = environment().get_template("field/frame.html").render()
    return Response(html, media_type="text/html; charset=utf-8", headers={"cache-control": "no-cache"})


@router.get(f"{SCOPE}/manifest.webmanifest")
def manifest() -> Response:
    """What a phone needs to install the pages."""
    return Response(
        orjson.dumps(_MANIFEST),
        media_type="application/manifest+json",
        headers={"cache-control": "no-cache"},
    )


@router.get(f"{SCOPE}/sw.js")
def worker() -> Response:
    """The service worker with the list of files to keep; any change of one makes it another worker."""
    files = kept_files()
    told = {"version": version_of(files), "files": [SCOPE, f"{SCOPE}/manifest.webmanifest", *files]}
    code = b"const KEPT = " + orjson.dumps(told) + b";\n" + _WORKER.read_bytes()
    headers = {"service-worker-allowed": SCOPE, "cache-control": "no-cache"}
    return Response(code, media_type="text/javascript; charset=utf-8", headers=headers)


def kept_files() -> list[str]:
    """The addresses of the files that the pages are made of."""
    found: list[Path] = []
    for name in _FOLDERS:
        place = STATIC / name
        found += sorted(place.rglob("*.js")) if place.is_dir() else [place]
    return [f"/static/{path.relative_to(STATIC).as_posix()}" for path in found if path != _WORKER]


def version_of(files: list[str]) -> str:
    """A digest of the files as they are now."""
    return _digest(
        tuple((name, (STATIC / name.removeprefix("/static/")).stat().st_mtime_ns) for name in files)
    )


@lru_cache(maxsize=4)
def _digest(stamps: tuple[tuple[str, int], ...]) -> str:
    whole = hashlib.sha256((FOLDER / "field" / "frame.html").read_bytes() + _WORKER.read_bytes())
    for name, _ in stamps:
        whole.update(name.encode() + b"\0" + (STATIC / name.removeprefix("/static/")).read_bytes())
    return whole.hexdigest()[:16]
