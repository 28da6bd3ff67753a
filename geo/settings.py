"""Every setting of the program, in one class. The environment gives them with the prefix ``DIMING_``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class BaseLayer(BaseModel):
    """A ground of pictures (底图) from another host; without ``review_number`` (审图号) no public map uses it."""

    name: str = Field(min_length=1, max_length=40)
    tiles: str = Field(pattern=r"^https://[\w.:-]+/\S*\{z\}\S*$", max_length=400)
    review_number: str = Field("", max_length=60)
    source: str = Field("", max_length=80)


class Settings(BaseSettings):
    """What may be set, with the default that suits one machine and one district."""

    model_config = SettingsConfigDict(env_prefix="DIMING_", extra="ignore")

    home: Path = Field(
        ROOT / ".home", description="数据目录: the private cluster, address indexes, uploads, logs."
    )
    database_url: str | None = Field(
        None,
        description="A PostGIS of the user's own (libpq URL). Unset: the project keeps a private cluster.",
    )
    owner_url: str | None = Field(
        None,
        description="The same PostGIS with the role that owns the tables, for migrations. Unset: as database_url.",
    )
    pg_bin: Path | None = Field(
        None,
        description="The folder of initdb and pg_ctl, where the packages' usual places do not hold them.",
    )
    pool_size: int = Field(20, ge=1, le=200, description="Connections one process keeps at most.")
    connect_timeout_s: int = Field(
        2,
        ge=1,
        le=600,
        description="A database that does not take a connection within this time counts as away.",
    )
    pool_timeout_s: float = Field(
        5, gt=0, description="A request waits so long for one of the connections when all are in use."
    )
    statement_timeout_s: float = Field(
        30, gt=0, description="A statement of a request that runs longer is cancelled; imports set their own."
    )
    session_hours: float = Field(
        12, gt=0, description="登录有效期: a login ends after this many hours without use."
    )
    secure_cookies: bool = Field(
        False,
        description="Send the login cookie over HTTPS only. Turn on wherever HTTPS stands before the program.",
    )
    public_url: str = Field(
        "http://127.0.0.1:8000",
        pattern=r"^https?://[^\s?#]+$",
        max_length=80,
        description="公开网址: what stands before /p/ in the code on door plates; set it before the first plate is made.",
    )
    map_review_number: str = Field(
        "",
        max_length=60,
        description="审图号 of the base layer, as 浙S（2026）12号. Unset: every public map says 未经审图，不得公开发布.",
    )
    oidc_issuer: str = Field(
        "",
        description="统一认证: the address of an OpenID Connect provider; its discovery document is read. Unset: off.",
    )
    oidc_client_id: str = Field("", description="What the provider knows this program as.")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="The secret given out with it; empty for a public client."
    )
    replica_url: str | None = Field(
        None,
        description="只读副本: a streaming replica (libpq URL) that tiles and OGC services read from. Unset: the database.",
    )
    wal_archive: Path | None = Field(
        None,
        description="WAL 归档: a folder that the private cluster copies each finished log segment to, for point-in-time recovery.",
    )
    audit_keep_years: int = Field(
        6,
        ge=1,
        le=100,
        description="审计保留年限: entries older than this may be exported and then taken out by diming audit archive.",
    )
    tianditu_key: str = Field(
        "",
        pattern=r"^[0-9A-Za-z]{0,64}$",
        description="天地图密钥 (浏览器端): with it and the number below the public map offers 天地图 as a ground.",
    )
    tianditu_review_number: str = Field(
        "",
        max_length=60,
        description="审图号 as printed on 天地图; without it 天地图 is not offered in public.",
    )
    base_layers: list[BaseLayer] = Field(
        [],
        description='其他底图, as JSON: [{"name": "…", "tiles": "https://…/{z}/{x}/{y}.png", "review_number": "…"}].',
    )
    rough_grid_m: float = Field(
        100,
        ge=100,
        description="界桩公开位置的精度: public positions of boundary markers are rounded to squares of this many metres.",
    )
    heights: Path | None = Field(
        None,
        description="高程文件: GeoTIFF or ESRI ASCII grid of heights in degrees; with it cemetery siting tells what is seen.",
    )
    naming_rules: Path | None = Field(
        None,
        description="规则目录: folder with the bureau's own naming profiles (331003@2026-12-01.toml), above the shipped ones.",
    )
    province_push_url: str = Field(
        "",
        pattern=r"^(https?://\S+)?$",
        description="省平台推送地址: where the desk posts changes of names to. Unset: they go out as a file.",
    )
    boundary_tolerances: dict[str, float] = Field(
        {},
        description='界桩检查的报警值, as JSON over the names of boundary.checks.Tolerances: {"moved_m": 1, "near_m": 100}.',
    )
    dask_scheduler: str = Field(
        "",
        max_length=200,
        description="Dask 调度器 for `diming geocode --engine dask`, as tcp://10.0.0.5:8786. Unset: processes here.",
    )
    index_apart_from: int = Field(
        500_000,
        gt=0,
        description="索引分县的规模: from this many addresses on a register of several counties has an index file a county.",
    )
    file_max_bytes: int = Field(512_000_000, gt=0, description="An imported file may be this large.")
    file_max_unpacked_bytes: int = Field(
        1_500_000_000, gt=0, description="What a workbook or a zipped file may unpack to."
    )
    file_max_rows: int = Field(5_000_000, gt=0, description="Rows of an imported file.")
    file_max_columns: int = Field(500, gt=0, description="Columns of an imported file.")
    file_max_cell: int = Field(32_767, gt=0, description="Characters of one cell; also Excel's own limit.")
    file_max_vertices: int = Field(200_000, gt=0, description="Points of one line or polygon.")
    file_memory_mb: int = Field(
        6_000, gt=0, description="Memory of the process that reads workbooks and map files."
    )
    file_timeout_s: float = Field(300, gt=0, description="Time that process may take.")

    @property
    def index_path(self) -> Path:
        """The address index (地址索引) that the command line, the pages and the batch engine all read."""
        return self.home / "index" / "addresses.index"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
