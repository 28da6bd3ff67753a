"""How much of a file is read before it is refused; every limit is a setting."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geo.problems import BadFile, TooMuch
from geo.settings import settings


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds on one file; the defaults are those of the settings."""

    bytes: int
    unpacked_bytes: int
    rows: int
    columns: int
    cell: int
    vertices: int
    memory_mb: int
    timeout_s: float


def limits() -> Limits:
    """The bounds that the settings of this process give."""
    given = settings()
    return Limits(
        bytes=given.file_max_bytes,
        unpacked_bytes=given.file_max_unpacked_bytes,
        rows=given.file_max_rows,
        columns=given.file_max_columns,
        cell=given.file_max_cell,
        vertices=given.file_max_vertices,
        memory_mb=given.file_memory_mb,
        timeout_s=given.file_timeout_s,
    )


def check_file(path: Path, bounds: Limits) -> None:
    """Refuse what is no readable, filled file of bearable size.

    Raises:
        BadInput: missing, a folder, unreadable, empty.
        TooMuch: larger than the limit.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise BadFile(f"“{path.name}”不是文件。", "请给出一个文件的路径。", code="file.kind")
        with path.open("rb"):
            pass
    except OSError as error:
        raise cannot_open(path, error) from None
    if size == 0:
        raise BadFile(f"文件“{path.name}”是空的。", "请检查导出是否完成，再重新上传。", code="file.empty")
    check_size(path.name, size, bounds.bytes)


def cannot_open(path: Path, error: OSError) -> BadFile:
    """The refusal of a file that the system does not open, with its reason in Chinese."""
    if isinstance(error, FileNotFoundError):
        return BadFile(f"没有文件“{path}”。", "请检查路径和文件名。", code="file.unreadable")
    why = "没有读取权限" if isinstance(error, PermissionError) else "系统读取出错"
    return BadFile(f"打不开文件“{path}”：{why}。", "请检查路径和读取权限。", code="file.unreadable")


def check_size(name: str, size: int, most: int) -> None:
    """Refuse more bytes than allowed."""
    if size > most:
        raise TooMuch(
            f"文件“{name}”有 {size / 1e6:.0f} MB，超过上限 {most / 1e6:.0f} MB。",
            "请拆成几个文件分别导入，或由管理员调高上限（DIMING_FILE_MAX_BYTES）。",
            code="file.too-large",
        )


def check_shape(columns: int, rows: int, bounds: Limits) -> None:
    """Refuse more columns or rows than allowed."""
    if columns > bounds.columns:
        raise TooMuch(
            f"文件有 {columns} 列，超过上限 {bounds.columns} 列。",
            "请删去不需要的列。",
            code="file.too-many-columns",
        )
    if rows > bounds.rows:
        raise TooMuch(f"文件超过 {bounds.rows} 行。", "请拆成几个文件分别导入。", code="file.too-many-rows")


def too_long(row: int, bounds: Limits) -> BadFile:
    """The refusal of a cell beyond all sense, most often an unclosed quote that swallowed the following rows."""
    return BadFile(
        f"第 {row} 行有一个单元格超过 {bounds.cell} 个字符。",
        '请检查这一行是否缺少一个引号（"），或单元格里粘贴了整篇文字。',
        code="file.cell-too-long",
    )
