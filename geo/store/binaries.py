"""Find the PostgreSQL with PostGIS that the system's packages installed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geo.problems import Unavailable
from geo.settings import settings

# Debian and Ubuntu; Red Hat. A pg_ctl elsewhere on PATH is ignored: it hardly ever brings PostGIS.
FAMILIES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installed PostgreSQL: where its programs are and which major version it is."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The absolute path of one of its programs, for example ``pg_ctl``."""
        return str(self.folder / name)


def installed() -> list[Binaries]:
    """Every PostgreSQL of this machine that has PostGIS beside it, the newest first."""
    chosen = settings().pg_bin
    folders = [chosen] if chosen else [f for family in FAMILIES for f in Path("/").glob(family[1:])]
    found = [Binaries(folder, _major(folder)) for folder in folders if _complete(folder)]
    return sorted(found, key=lambda b: b.major, reverse=True)


def find(major: int | None = None) -> Binaries:
    """The newest PostgreSQL with PostGIS, or the one that a data folder of version ``major`` needs.

    Raises:
        Unavailable: none is installed; the remedy names the package.
    """
    for candidate in installed():
        if major in (None, candidate.major):
            return candidate
    if major is None:
        raise Unavailable(
            "这台机器没有安装 PostGIS",
            "请管理员执行 apt-get install postgresql-postgis，或者用 DIMING_DATABASE_URL 指向现有的 PostGIS",
            code="postgis-missing",
        )
    raise Unavailable(
        f"数据目录是 PostgreSQL {major} 建的，这台机器没有装这个版本",
        f"请管理员执行 apt-get install postgresql-{major}-postgis-3",
        code="postgis-missing",
    )


def _complete(folder: Path) -> bool:
    programs = all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres"))
    return programs and (folder.parent / "lib" / "postgis-3.so").exists()


def _major(folder: Path) -> int:
    digits = "".join(c if c.isdigit() else " " for c in folder.parent.name).split()
    return int(digits[0]) if digits else 0
