"""The ground: coordinates, geometry, files, settings and the store. Knows no names and imports no sibling."""
