"""Services that the bureau keeps on the map: meal points (助餐) and cemeteries (公墓)."""
