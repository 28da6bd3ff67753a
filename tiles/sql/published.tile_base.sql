-- One vector tile of the quiet base map: areas and names of divisions, roads, doors. Thinned by zoom, so that a tile
-- stays small: districts first, then townships, big roads from 10, all roads from 13, doors from 16.
CREATE OR REPLACE FUNCTION published.tile_base(z integer, x integer, y integer) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH tile AS (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.03125), 4490) AS around
  ), area AS (
    SELECT d.code, d.name, d.level, ST_AsMVTGeom(ST_Transform(d.geom, 3857), t.frame, 4096, 128) AS geom
    FROM tile t JOIN published.division_area d ON d.geom && t.around
    WHERE d.level <= CASE WHEN z < 10 THEN 3 WHEN z < 13 THEN 4 ELSE 5 END
  ), area_name AS (
    SELECT d.code, d.name, d.level,
           ST_AsMVTGeom(ST_Transform(ST_PointOnSurface(d.geom), 3857), t.frame, 4096, 128) AS geom
    FROM tile t JOIN published.division_area d ON d.geom && t.around
    WHERE d.level <= CASE WHEN z < 10 THEN 3 WHEN z < 13 THEN 4 ELSE 5 END
  ), road AS (
    SELECT r.road AS code, r.name, r.road_class AS class,
           ST_AsMVTGeom(ST_Transform(r.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.road_segment r ON r.geom && t.around
    WHERE z >= 13 OR (z >= 10 AND r.road_class IN ('快速路', '主干道', '次干道'))
  ), door AS (
    SELECT p.code, p.number || CASE WHEN p.sub = '' THEN '' ELSE '-' || p.sub END AS number, p.handle_name AS street,
           ST_AsMVTGeom(ST_Transform(p.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.address_point p ON p.geom && t.around
    WHERE z >= 16
  )
  SELECT coalesce((SELECT ST_AsMVT(area, 'area') FROM area WHERE geom IS NOT NULL), '')
      || coalesce((SELECT ST_AsMVT(area_name, 'area_name') FROM area_name WHERE geom IS NOT NULL), '')
      || coalesce((SELECT ST_AsMVT(road, 'road') FROM road WHERE geom IS NOT NULL), '')
      || coalesce((SELECT ST_AsMVT(door, 'door') FROM door WHERE geom IS NOT NULL), '')
$$;
