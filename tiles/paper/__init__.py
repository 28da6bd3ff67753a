"""Print sheets (图纸): a district, a township or its road names on A4 to A0, as vector PDF at a true scale.

formats    papers, scales, the frame and its lettered squares
ground     the plane of a sheet: Gauss-Krüger on the sheet's own middle meridian, so that its scale is true
contents   what stands on a sheet, read from the published views
lettering  where names go without touching each other
drawing    the SVG of the map and its surround
sheet      puts them together
printed    the finished sheet, and its PDF
"""

from tiles.paper.contents import KINDS, Contents, contents_of
from tiles.paper.formats import PAPERS, SCALES
from tiles.paper.printed import Imprint, PaperMap, pdf
from tiles.paper.sheet import paper_map

__all__ = ["KINDS", "PAPERS", "SCALES", "Contents", "Imprint", "PaperMap", "contents_of", "paper_map", "pdf"]
