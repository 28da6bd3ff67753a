"""Print sheets (图纸): a district, a township or its road names on A4 to A0, as vector PDF at a true scale.

formats    papers, scales, the frame and its lettered squares
ground     the plane of a sheet: Gauss-Krüger on the sheet's own middle meridian, so that its scale is true
contents   what stands on a sheet, read from the published views
lettering  where names go without touching each other
drawing    the SVG of the map and its surround
sheet      puts them together; PDF
"""

from tiles.paper.contents import KINDS, Contents, contents_of
from tiles.paper.formats import PAPERS, SCALES
from tiles.paper.sheet import PaperMap, paper_map, pdf

__all__ = ["KINDS", "PAPERS", "SCALES", "Contents", "PaperMap", "contents_of", "paper_map", "pdf"]
