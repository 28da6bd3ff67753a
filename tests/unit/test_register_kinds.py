"""The documentation of the importers says what they do."""

from __future__ import annotations

from gazetteer.register.kinds import KINDS
from geo.settings import ROOT


def test_the_documentation_lists_every_field_and_heading() -> None:
    page = (ROOT / "docs" / "register.md").read_text(encoding="utf-8")
    for kind in KINDS.values():
        section = page.split(f"## {kind.name} ")[1].split("\n## ")[0]
        for field in kind.fields:
            row = next(line for line in section.splitlines() if line.startswith(f"| `{field.name}`"))
            assert field.title in row
            assert all(header in row for header in field.headers), field.name


def test_a_fields_name_fits_a_shapefile() -> None:
    names = [field.name for kind in KINDS.values() for field in kind.fields]
    assert all(name.isascii() and len(name) <= 10 for name in names)
