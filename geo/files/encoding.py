"""Which encoding a Chinese text file is in: UTF-8 with or without mark, UTF-16, or GB18030 (国标, with GBK in it)."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from geo.problems import BadFile

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC = (
    (b"PK\x03\x04", "压缩包或 XLSX 工作簿"),
    (b"\xd0\xcf\x11\xe0", "旧版 Excel（.xls）或 Word 文件"),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"SQLite format 3", "数据库文件"),
    (b"\x7fELF", "程序"),
    (b"MZ\x90", "程序"),
    (b"\x1f\x8b", "gzip 压缩文件"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was in, as Python names it (``utf-8``, ``utf-8-sig``, ``gb18030``, ``utf-16``)."""

    text: str
    encoding: str


def decode(raw: bytes, name: str) -> Decoded:
    """The text of a file's bytes.

    Raises:
        BadInput: it is no text, or neither UTF-8 nor GB18030; the message names the first broken line.
    """
    _refuse_other_formats(raw, name)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Decoded(_strictly(raw, encoding, name), encoding)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as utf8:
        return _decode_national(raw, utf8, name)


def _decode_national(raw: bytes, utf8: UnicodeDecodeError, name: str) -> Decoded:
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as national:
        # The attempt that got farther is the encoding the writer meant.
        meant, broken = ("UTF-8", utf8.start) if utf8.start >= national.start else ("GB18030", national.start)
        raise _broken(raw, broken, meant, name) from None
    if raw.count(b"\x00") > len(raw) // 50:
        raise _no_text(name, "二进制文件")
    return Decoded(text, "gb18030")


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(raw, error.start, encoding, name) from None


def _refuse_other_formats(raw: bytes, name: str) -> None:
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise _no_text(name, what)


def _no_text(name: str, what: str) -> BadFile:
    return BadFile(
        f"“{name}”不是文本表格，而是{what}。",
        "请用表格软件另存为 CSV（UTF-8）或 XLSX，并使用相应的扩展名。",
        code="file.not-text",
    )


def _broken(raw: bytes, start: int, meant: str, name: str) -> BadFile:
    row = raw.count(b"\n", 0, start) + 1
    return BadFile(
        f"“{name}”第 {row} 行有无法识别的字节：按 {meant} 读到这里出错。",
        "请用表格软件打开，另存为 CSV（UTF-8）后再导入。",
        code="file.encoding",
    )
