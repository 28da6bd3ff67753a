-- One vector tile of the quiet base map: divisions, roads, and doors from 16.
CREATE OR REPLACE FUNCTION published.tile_base(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN published.tile_divisions(z, x, y) || published.tile_roads(z, x, y)
      || CASE WHEN z >= 16 THEN published.tile_addresses(z, x, y) ELSE '' END;
END
$$;
