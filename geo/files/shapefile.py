"""The parts of a Shapefile: which files belong together, and in which encoding its attributes are."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from geo.files.limits import Limits
from geo.files.zips import check_zip, unpacked
from geo.problems import BadFile, Finding

_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_SAMPLE_ROWS = 5_000
_CPG = {"65001": "utf-8", "936": "gb18030", "54936": "gb18030", "gbk": "gb18030", "gb2312": "gb18030"}


def unpack_shapefile(path: Path, folder: Path, bounds: Limits) -> Path:
    """Unpack the one Shapefile of a zip into ``folder`` under names of our own.

    Raises:
        BadInput: none or several Shapefiles in it.
        TooMuch: a zip bomb.
    """
    members = [member for member in check_zip(path, bounds) if not member.is_dir()]
    shapes = [member for member in members if member.filename.lower().endswith(".shp")]
    if len(shapes) != 1:
        names = "、".join(PurePosixPath(member.filename).name for member in shapes[:10])
        seen = f"有 {len(shapes)} 个 .shp（{names}）" if shapes else "没有 .shp"
        raise BadFile(
            f"压缩包“{path.name}”里{seen}。",
            "请把一个 Shapefile 的各个文件单独压缩。",
            code="file.zip-layers",
        )
    stem = shapes[0].filename[:-4].lower()
    for member in members:
        ending = PurePosixPath(member.filename).suffix.lower()
        if ending in _PARTS and member.filename[: -len(ending)].lower() == stem:
            _extract(path, member, folder / f"layer{ending}")
    return folder / "layer.shp"


def _extract(path: Path, member: zipfile.ZipInfo, target: Path) -> None:
    with target.open("wb") as out:
        for piece in unpacked(path, member):
            out.write(piece)


def text_encoding(shp: Path) -> tuple[str, list[Finding]]:
    """Encoding of the attributes: what the ``.cpg`` says if that can be true, else what the bytes say.

    Raises:
        BadInput: ``.dbf`` or ``.shx`` is missing, or the attributes are in neither UTF-8 nor GB18030.
    """
    parts = {part.suffix.lower(): part for part in shp.parent.glob("*") if part.stem == shp.stem}
    for ending, holds in ((".shp", "图形"), (".dbf", "属性"), (".shx", "索引")):
        if ending not in parts:
            raise BadFile(
                f"缺少 {ending} 文件（{holds}）。", "Shapefile 至少有 .shp、.shx、.dbf 三个同名文件，请一起提供。",
                code="file.shp-parts",
            )  # fmt: skip
    texts = _sample(parts[".dbf"])
    stated = _stated(parts.get(".cpg"))
    # Nearly any bytes can be read as UTF-16, and no Shapefile is written in it.
    if stated and not stated.startswith(("utf-16", "utf-32")) and _fits(texts, stated):
        return stated, []
    for encoding in ("utf-8", "gb18030"):
        if _fits(texts, encoding):
            return encoding, _contradiction(stated, encoding)
    raise BadFile(
        "属性表（.dbf）里有既不是 UTF-8 也不是 GB18030 的文字。",
        "请用地图软件按 UTF-8 重新导出。",
        code="file.encoding",
    )


def _stated(cpg: Path | None) -> str | None:
    if cpg is None:
        return None
    name = cpg.read_bytes()[:40].decode("ascii", "ignore").strip().lower()
    name = _CPG.get(name.removeprefix("cp").removeprefix("ms"), name)
    try:
        "".encode(name)
    except LookupError:
        return None
    return name


def _contradiction(stated: str | None, found: str) -> list[Finding]:
    if stated is None:
        return []
    return [
        Finding(
            "file.cpg",
            "warn",
            "",
            f".cpg 写的是 {stated}，属性实际是 {found}",
            "已按实际编码读取，请核对文字",
        )
    ]


def _fits(texts: list[bytes], encoding: str) -> bool:
    """Whether all texts are in an encoding; the last character of a full field may have been cut through."""
    return all(any(_decodes(text[: len(text) - cut], encoding) for cut in range(4)) for text in texts)


def _decodes(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _sample(dbf: Path) -> list[bytes]:
    """The text fields with non-ASCII bytes of the first rows, read straight from the dBASE table."""
    with dbf.open("rb") as file:
        head = file.read(32)
        length, width = int.from_bytes(head[8:10], "little"), int.from_bytes(head[10:12], "little")
        if len(head) < 32 or length < 33 or width < 1:
            raise BadFile("属性表（.dbf）已损坏。", "请用地图软件重新导出。", code="file.damaged")
        descriptors = file.read(length - 32)
        if len(descriptors) < length - 32:
            raise BadFile("属性表（.dbf）已损坏。", "请用地图软件重新导出。", code="file.damaged")
        fields = _text_fields(descriptors)
        texts: list[bytes] = []
        for _ in range(_SAMPLE_ROWS):
            row = file.read(width)
            if len(row) < width:
                break
            texts += [row[start:end].rstrip(b"\x00 ") for start, end in fields]
    return [text for text in texts if not text.isascii()]


def _text_fields(descriptors: bytes) -> list[tuple[int, int]]:
    """Start and end of each text field inside a record (byte 0 is the deletion mark)."""
    fields, start = [], 1
    for offset in range(0, len(descriptors) - 31, 32):
        size = descriptors[offset + 16]
        if descriptors[offset + 11 : offset + 12] == b"C":
            fields.append((start, start + size))
        start += size
    return fields
