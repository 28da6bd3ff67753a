"""The checks N01-N23, grouped by what they look at. Importing this package enters them all."""

from gazetteer.naming.checks import (
    characters,
    direction,
    form,
    ordinal,
    persons_brands,
    place,
    plan,
    protection,
    roads,
    sameness,
    size,
    sound,
    words,
)
from gazetteer.naming.checks.registry import Check, entered

__all__ = [
    "Check",
    "characters",
    "direction",
    "entered",
    "form",
    "ordinal",
    "persons_brands",
    "place",
    "plan",
    "protection",
    "roads",
    "sameness",
    "size",
    "sound",
    "words",
]
