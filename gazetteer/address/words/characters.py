"""Traditional to simplified characters (繁简), with the place-name characters that must stay as they are."""

from __future__ import annotations

from functools import lru_cache

from gazetteer import base

PLACE_NAME_CHARACTERS = frozenset("畲垟岙埭堰浦乾於")
"""Kept although a general table would change them: they are the approved forms in place names."""


@lru_cache(maxsize=1)
def traditional() -> dict[str, str]:
    """Traditional character to simplified character, one to one."""
    return {k: v for k, v in base.traditional().items() if k not in PLACE_NAME_CHARACTERS}
