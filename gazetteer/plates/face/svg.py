"""One plate as SVG at its true size: plate blue, white characters (黑体), the QR symbol black on white."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from gazetteer.plates.face.layout import CODE_STRIP, QUIET, Face, Square, Text

BLUE: Final = "#0b4f9e"
FACES: Final = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','SimHei',sans-serif"


def svg(face: Face) -> str:
    """The plate as a drawing; ``width`` and ``height`` are millimetres, so that it prints at true size."""
    kind = face.words.kind
    width, height = kind.size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(_spoken(face), {chr(34): "&quot;"})}">'
    )
    body = [_board(face), _panel(face.square), _symbol(face.square), *(_text(one) for one in face.texts)]
    if face.words.made_up:
        body.append(_note(face))
    return "".join((head, *body, "</svg>"))


def _spoken(face: Face) -> str:
    return f"{face.words.kind.name}：{face.words.standard_address}"


def _board(face: Face) -> str:
    (width, height), (w, h) = face.words.kind.size, face.words.kind.face
    x, y = (width - w) / 2, (height - h) / 2
    line = min(width, height) * 0.006
    return (
        f'<rect width="{width:g}" height="{height:g}" rx="{height * 0.03:.2f}" fill="{BLUE}"/>'
        f'<rect x="{x / 2:.2f}" y="{y / 2:.2f}" width="{width - x:.2f}" height="{height - y:.2f}" '
        f'rx="{height * 0.02:.2f}" fill="none" stroke="#fff" stroke-width="{line:.2f}"/>'
    )


def _panel(square: Square) -> str:
    quiet = QUIET * square.module
    side = square.side + 2 * quiet
    height = side + square.side * CODE_STRIP
    return (
        f'<rect x="{square.x - quiet:.3f}" y="{square.y - quiet:.3f}" width="{side:.3f}" height="{height:.3f}" '
        f'rx="{quiet / 2:.2f}" fill="#fff"/>'
    )


def _symbol(square: Square) -> str:
    runs = []
    for down, row in enumerate(square.rows):
        start = None
        for across, dark in enumerate((*row, False)):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                runs.append(f"M{start} {down}h{across - start}v1H{start}z")
                start = None
    return (
        f'<g transform="translate({square.x:.3f} {square.y:.3f}) scale({square.module:.6f})">'
        f'<path d="{"".join(runs)}" fill="#000" shape-rendering="crispEdges"/></g>'
    )


def _text(one: Text) -> str:
    fill = "#000" if one.on_white else "#fff"
    weight = 400 if one.on_white else 700
    return (
        f'<text x="{one.x:.2f}" y="{one.y:.2f}" font-size="{one.size:.2f}" font-family="{FACES}" '
        f'font-weight="{weight}" text-anchor="{one.anchor}" fill="{fill}">{escape(one.said)}</text>'
    )


def _note(face: Face) -> str:
    """What must stand wherever made-up data is shown."""
    (width, height), (w, h) = face.words.kind.size, face.words.kind.face
    size = max(2.2, height * 0.022)
    x = (width - w) / 2
    return _text(Text(x, (height + h) / 2 - size * 0.4, size, "示例数据", "start"))
