-- One vector tile of meal points (助餐点); they are few, so every zoom shows them all.
CREATE OR REPLACE FUNCTION published.tile_meals(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.015625), 4490) AS around
  ), meal_point AS (
    SELECT v.code, v.name, v.tier, v.state, v.made_up,
           ST_AsMVTGeom(ST_Transform(v.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.meal_point v ON v.geom && t.around
    LIMIT 5000
  )
  SELECT (SELECT ST_AsMVT(meal_point, 'meal_point') FROM meal_point)
  );
END
$$;
