-- One vector tile of boundary lines (界线) and, from 12, the squares that boundary markers (界桩) stand in: positions are
-- as rounded as in the published views, never precise.
CREATE OR REPLACE FUNCTION published.tile_boundaries(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.015625), 4490) AS around, 360.0 / 2 ^ z / 4096 AS unit
  ), boundary AS (
    SELECT v.code, v.name, v.level::text AS level, v.made_up,
           ST_AsMVTGeom(ST_Transform(ST_Simplify(v.geom, 4 * t.unit), 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.boundary_line v ON v.geom && t.around
  ), marker AS (
    SELECT v.code, v.number::text AS number, v.name, v.rounded_to_m::integer AS rounded_to_m, v.made_up,
           ST_AsMVTGeom(ST_Transform(v.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.boundary_marker v ON v.geom && t.around
    WHERE z >= 12
  )
  SELECT (SELECT ST_AsMVT(boundary, 'boundary') FROM boundary)
      || (SELECT ST_AsMVT(marker, 'marker') FROM marker)
  );
END
$$;
