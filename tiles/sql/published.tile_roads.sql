-- One vector tile of the road network (道路): big roads from 10, every piece from 13.
CREATE OR REPLACE FUNCTION published.tile_roads(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF z < 10 THEN
    RETURN '';
  END IF;
  RETURN (WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.015625), 4490) AS around
  ), road AS (
    SELECT r.road AS code, r.name, r.road_class AS class,
           ST_AsMVTGeom(ST_Transform(r.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.road_segment r ON r.geom && t.around
    WHERE z >= 13 OR r.road_class IN ('快速路', '主干道', '次干道')
  )
  SELECT (SELECT ST_AsMVT(road, 'road') FROM road)
  );
END
$$;
