"""Files in and out: CSV, XLSX, GeoJSON, GeoPackage, Shapefile, and drawings and KML in, with findings that name the row."""

from geo.files.columns import Guess, guess_columns
from geo.files.limits import Limits, limits
from geo.files.read import format_of, read_table
from geo.files.table import LAYER, Column, Table
from geo.files.write import write_table

__all__ = [
    "LAYER",
    "Column",
    "Guess",
    "Limits",
    "Table",
    "format_of",
    "guess_columns",
    "limits",
    "read_table",
    "write_table",
]
