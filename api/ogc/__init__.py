"""OGC API Features and Tiles at ``/ogc``: the published views, read by QGIS, GDAL and others. tipg does the work.

service  tipg's application over a pool of its own, read-only
door     opens it when it is first asked for, checks what comes in, says errors in our form
"""

from api.ogc.door import Door

__all__ = ["Door"]
