-- One vector tile of doors (门牌点). Below 16 one door stands for all of its square, 64 to a tile's side, and says how
-- many they are: doors are thousands a tile there. From 16 every door, the first ten thousand of them: a fuller tile
-- would be too large to send and too dense to see. ST_AsMVT leaves out what lies outside the frame.
CREATE OR REPLACE FUNCTION published.tile_addresses(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF z < 13 THEN
    RETURN '';
  ELSIF z < 16 THEN
    RETURN (WITH tile AS MATERIALIZED (
      SELECT ST_TileEnvelope(z, x, y) AS frame,
             ST_Transform(ST_TileEnvelope(z, x, y), 4490) AS around, 64 * 2.0::double precision ^ z / 360 AS squares
    ), square AS (
      -- One number for row and column: grouping by two, or by the frame as well, took longer than all the rest.
      SELECT min(p.code) AS code, count(*)::integer AS doors, avg(p.lon) AS lon, avg(p.lat) AS lat
      FROM tile t CROSS JOIN LATERAL published.door_within(t.around) p
      GROUP BY floor(p.lon * t.squares)::bigint * 1073741824 + floor(p.lat * t.squares)::bigint
    ), door AS (
      SELECT s.code, s.doors,
             ST_AsMVTGeom(ST_Transform(ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4490), 3857), t.frame, 4096, 64) AS geom
      FROM square s CROSS JOIN tile t
    )
    SELECT ST_AsMVT(door, 'door') FROM door
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
  SELECT ST_AsMVT(door, 'door') FROM door
  );
END
$$;
