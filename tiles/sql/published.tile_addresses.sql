-- One vector tile of doors (门牌点). Below 15 one door stands for all of its square, 64 to a tile's side, and says how
-- many they are: doors are thousands a tile there. From 15 every door, the first ten thousand of them: a fuller tile
-- would be too large to send and too dense to see.
CREATE OR REPLACE FUNCTION published.tile_addresses(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF z < 13 THEN
    RETURN '';
  ELSIF z < 15 THEN
    RETURN (WITH tile AS MATERIALIZED (
      SELECT ST_TileEnvelope(z, x, y) AS frame,
             ST_Transform(ST_TileEnvelope(z, x, y), 4490) AS around, 360.0 / 2 ^ z / 64 AS unit
    ), door AS (
      SELECT min(p.code) AS code, count(*)::integer AS doors,
             ST_AsMVTGeom(ST_Transform(ST_SetSRID(ST_MakePoint(avg(ST_X(p.geom)), avg(ST_Y(p.geom))), 4490), 3857),
                          t.frame, 4096, 64) AS geom
      FROM tile t JOIN published.address_point p ON p.geom && t.around
      GROUP BY t.frame, t.unit, floor(ST_X(p.geom) / t.unit), floor(ST_Y(p.geom) / t.unit)
    )
    SELECT coalesce((SELECT ST_AsMVT(door, 'door') FROM door WHERE geom IS NOT NULL), '')
    );
  END IF;
  RETURN (WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.015625), 4490) AS around
  ), door AS (
    SELECT p.code, p.number || CASE WHEN p.sub = '' THEN '' ELSE '-' || p.sub END AS number, p.handle_name AS street,
           ST_AsMVTGeom(ST_Transform(p.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.address_point p ON p.geom && t.around
    LIMIT 10000
  )
  SELECT coalesce((SELECT ST_AsMVT(door, 'door') FROM door WHERE geom IS NOT NULL), '')
  );
END
$$;
