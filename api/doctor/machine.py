"""Checks of the machine: programs, fonts, web assets, space."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from api.doctor.frame import Outcome, check, fail, ok, warn
from geo.settings import ROOT, settings
from geo.store.binaries import find
from geo.store.cluster import private
from geo.store.urls import is_private

SCRIPTS = ("maplibre-gl.mjs", "tabler.min.css")


@check()
def programs() -> Outcome:
    """PostGIS 程序。"""
    if not is_private():
        return ok("用 DIMING_DATABASE_URL 指定的数据库")
    found = find()
    return ok(f"PostgreSQL {found.major}，{found.folder}")


@check()
def space() -> Outcome:
    """磁盘空间。"""
    folder = settings().home
    while not folder.exists():
        folder = folder.parent
    free_gb = shutil.disk_usage(folder).free / 1e9
    seen = f"{folder} 还有 {free_gb:.1f} GB"
    return (
        ok(seen)
        if free_gb > 5
        else warn(seen, "一个区的数据约需 2 GB，请清理磁盘，或用 DIMING_HOME 换一个目录")
    )


@check()
def reach() -> Outcome:
    """数据目录。"""
    if not is_private():
        return ok("由指定的数据库管理")
    folder = private().root
    if folder.parent == settings().home.resolve():
        return ok(str(folder))
    return warn(
        f"系统用户 {private().user.name} 进不了 {settings().home}，数据放在 {folder}",
        "需要放在别处时设置 DIMING_HOME",
    )


@check()
def fonts() -> Outcome:
    """中文字体。"""
    if any(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        return ok("Noto Sans CJK")
    try:
        listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout  # noqa: S607
    except OSError:
        listed = ""
    return (
        ok(listed.splitlines()[0])
        if listed
        else warn("没有找到", "打印和截图需要：apt-get install fonts-noto-cjk")
    )


@check()
def assets() -> Outcome:
    """网页资源。"""
    folder = ROOT / "api" / "static" / "vendor"
    missing = [name for name in SCRIPTS if not (folder / name).exists()]
    return (
        fail(f"缺 {'、'.join(missing)}", "请执行 ./run demo，它会取得网页资源")
        if missing
        else ok(str(folder))
    )


@check()
def chromium() -> Outcome:
    """浏览器（只有测试用到）。"""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return ok(found)
    return warn("没有安装", "只有运行 ./run test 时需要：apt-get install chromium")
