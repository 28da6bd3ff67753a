"""Pictures of the ground: vector tiles, styles, thematic maps. Reads only the views of the schema ``published``."""
