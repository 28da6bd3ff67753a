"""Import of files into the register."""

from gazetteer.register.importing.report import ImportReport
from gazetteer.register.importing.run import import_file

__all__ = ["ImportReport", "import_file"]
