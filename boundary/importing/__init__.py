"""Import of boundary lines and markers, by the register's own machinery."""

from boundary.importing.run import import_file, steps

__all__ = ["import_file", "steps"]
