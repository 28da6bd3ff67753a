"""GeocodeJSON 0.1.0 as its published JSON schema prescribes it (github.com/geocoders/geocodejson-spec, ``src/``).

Written down from that schema's rules; no package registry carries the file itself. Stricter in one point: a
geometry is a point, or null where the place of a division is not known.
"""

from __future__ import annotations

from typing import Any

_TEXTS = ("label", "name", "housenumber", "street", "locality", "postcode", "city", "district", "county", "state",
          "country")  # fmt: skip
SEMVER = (
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$"
)

POINT: dict[str, Any] = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"enum": ["Point"]},
        "coordinates": {"type": "array", "minItems": 2, "items": {"type": "number"}},
    },
}
GEOCODING: dict[str, Any] = {
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {"type": "string"},
        "accuracy": {"type": "number", "minimum": 0},
        **{name: {"type": "string"} for name in _TEXTS},
        "admin": {"type": "object", "patternProperties": {"^level[0-9]+$": {"type": "string"}}},
        "geohash": {"type": "string", "pattern": "^[0123456789bcdefghjkmnpqrstuvwxyz]+(:.+)?$"},
    },
}
SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["type", "features", "geocoding"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "geocoding": {
            "type": "object",
            "required": ["version"],
            "properties": {
                "version": {"type": "string", "minLength": 5, "maxLength": 256, "pattern": SEMVER},
                "licence": {"type": "string"},
                "attribution": {"type": "string"},
                "query": {"type": "string"},
            },
        },
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "properties", "geometry"],
                "properties": {
                    "type": {"const": "Feature"},
                    "geometry": {"oneOf": [{"type": "null"}, POINT]},
                    "properties": {
                        "type": "object",
                        "required": ["geocoding"],
                        "properties": {"geocoding": GEOCODING},
                    },
                },
            },
        },
    },
}
