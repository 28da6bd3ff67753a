-- One vector tile of cemeteries (公墓), from 13 with their outlines.
CREATE OR REPLACE FUNCTION published.tile_cemeteries(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.015625), 4490) AS around
  ), cemetery AS (
    SELECT v.code, v.name, v.category, v.made_up,
           ST_AsMVTGeom(ST_Transform(v.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.cemetery v ON v.geom && t.around
    LIMIT 5000
  ), cemetery_area AS (
    SELECT v.code, v.name, v.category, v.made_up,
           ST_AsMVTGeom(ST_Transform(v.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.cemetery_area v ON v.geom && t.around
    WHERE z >= 13
  )
  SELECT (SELECT ST_AsMVT(cemetery, 'cemetery') FROM cemetery) || (SELECT ST_AsMVT(cemetery_area, 'cemetery_area') FROM cemetery_area)
  );
END
$$;
