"""Export of the register into files that the import takes back unchanged."""

from gazetteer.register.exporting.run import ExportReport, export_file

__all__ = ["ExportReport", "export_file"]
