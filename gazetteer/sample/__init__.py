"""The sample district (示例区): made by a seeded script, in the importers' own formats, at any size."""

from gazetteer.sample.district import District, draw
from gazetteer.sample.index_rows import alias_rows, division_rows, door_rows, handle_rows
from gazetteer.sample.writing import make

__all__ = ["District", "alias_rows", "division_rows", "door_rows", "draw", "handle_rows", "make"]
