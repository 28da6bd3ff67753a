-- One vector tile of place names (地名), each a point on its place. Below 15 one name a square, 16 to a tile's side: protected
-- names first, then the higher class.
CREATE OR REPLACE FUNCTION published.tile_places(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF z < 8 THEN
    RETURN '';
  END IF;
  RETURN (WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.015625), 4490) AS around, 360.0 / 2 ^ z / 16 AS unit
  ), found AS (
    SELECT v.code, v.standard_name AS name, v.category, v.class_code, v.made_up,
           nullif(nullif(v.heritage, ''), '否') AS heritage,
           CASE WHEN ST_GeometryType(v.geom) = 'ST_Point' THEN v.geom ELSE ST_PointOnSurface(v.geom) END AS at
    FROM tile t JOIN published.place v ON v.geom && t.around
  ), ranked AS (
    SELECT f.*, row_number() OVER (
             PARTITION BY floor(ST_X(f.at) / t.unit), floor(ST_Y(f.at) / t.unit)
             ORDER BY (f.heritage IS NULL), f.class_code, f.code) AS rank
    FROM found f CROSS JOIN tile t
  ), place AS (
    SELECT r.code, r.name, r.category, r.heritage, r.made_up,
           ST_AsMVTGeom(ST_Transform(r.at, 3857), t.frame, 4096, 64) AS geom
    FROM ranked r CROSS JOIN tile t WHERE z >= 15 OR r.rank = 1
    LIMIT 5000
  )
  SELECT (SELECT ST_AsMVT(place, 'place') FROM place)
  );
END
$$;
