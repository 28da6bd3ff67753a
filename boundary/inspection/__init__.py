"""Inspection records (界桩联检记录): what a round found at a marker, its photos, its signatures."""

from boundary.inspection.photos import Photo, add_photo, photos_of, read_photo
from boundary.inspection.read import Inspection, find, of_marker, of_round
from boundary.inspection.reading import Measured, Reading, ReferenceSeen
from boundary.inspection.record import ROUND, Saved, record, withdraw
from boundary.inspection.signing import Signature, let_fall, png_of, sign, signatures_of, svg_of

__all__ = [
    "ROUND",
    "Inspection",
    "Measured",
    "Photo",
    "Reading",
    "ReferenceSeen",
    "Saved",
    "Signature",
    "add_photo",
    "find",
    "let_fall",
    "of_marker",
    "of_round",
    "photos_of",
    "png_of",
    "read_photo",
    "record",
    "sign",
    "signatures_of",
    "svg_of",
    "withdraw",
]
