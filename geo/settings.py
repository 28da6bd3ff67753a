"""Every setting of the program, in one class. The environment gives them with the prefix ``DIMING_``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What may be set, with the default that suits one machine and one district."""

    model_config = SettingsConfigDict(env_prefix="DIMING_", extra="ignore")

    home: Path = Field(ROOT / ".home", description="数据目录: the private cluster, address indexes, uploads, logs.")
    database_url: str | None = Field(
        None, description="A PostGIS of the user's own (libpq URL). Unset: the project keeps a private cluster."
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
