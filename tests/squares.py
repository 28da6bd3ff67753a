"""Read the QR squares of printed pages with a reader library, as a scanner would: a few tries at different distances."""

from __future__ import annotations

import subprocess
from pathlib import Path

import cv2
import numpy as np

TRIES = (150, 110, 220)
"""Dots an inch. Like a phone that is moved a little, the reader may fail at one distance and succeed at the next."""


def read_pages(pdf: Path) -> list[str]:
    """What is read from each page, "" where nothing is."""
    read: list[str] = []
    for dpi in TRIES:
        stem = pdf.with_name(f"{pdf.stem}-{dpi}")
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(stem)], check=True)
        pages = [_read(file) for file in sorted(pdf.parent.glob(f"{stem.name}-*.png"))]
        read = [before or now for before, now in zip(read or pages, pages, strict=True)]
        if all(read):
            break
    return read


def _read(file: Path) -> str:
    picture = cv2.imdecode(np.fromfile(file, np.uint8), cv2.IMREAD_COLOR)
    for reader in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
        said = reader.detectAndDecode(picture)[0]
        if said:
            return str(said)
    return ""
