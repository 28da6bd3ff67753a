-- One vector tile of divisions (行政区划): their areas, and their names where they are widest. Districts first, townships
-- from 10, villages from 13. What is large is cut to the tile while still in degrees, and only the piece is thinned and
-- projected: a province costs a tile no more than a village. PL/pgSQL keeps the plan for the connection: planning took
-- nine tenths of a tile. Degrees of a tile's unit: 360 / 2^z / 4096; half a pixel of a 512 px tile is 4.
CREATE OR REPLACE FUNCTION published.tile_divisions(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.03125), 4490) AS around,
           360.0 / 2 ^ z / 4096 AS unit
  ), division AS MATERIALIZED (
    SELECT d.code, d.name, d.level, d.geom, Box2D(d.geom) AS box
    FROM tile t CROSS JOIN LATERAL published.division_area_around(
      t.around, CASE WHEN z < 10 THEN 3 WHEN z < 13 THEN 4 ELSE 5 END) d
    WHERE NOT ST_IsEmpty(d.geom)
  ), area AS (
    SELECT d.code, d.name, d.level,
           ST_AsMVTGeom(
             ST_Transform(ST_Simplify(ST_ClipByBox2D(d.geom, Box2D(t.around)), 4 * t.unit), 3857),
             t.frame, 4096, 128) AS geom
    FROM tile t CROSS JOIN division d
  ), waist AS (
    -- A name stands where the area is widest within the middle hundredth of its height: the same place on every
    -- tile, and found from a thin strip instead of the whole area. Only tiles that meet the strip look.
    SELECT d.code, d.name, d.level, d.geom,
           ST_MakeEnvelope(
             ST_XMin(d.box), ST_YMin(d.box) + 0.495 * (ST_YMax(d.box) - ST_YMin(d.box)),
             ST_XMax(d.box), ST_YMin(d.box) + 0.505 * (ST_YMax(d.box) - ST_YMin(d.box)), 4490) AS strip
    FROM division d
  ), area_name AS (
    SELECT w.code, w.name, w.level,
           ST_AsMVTGeom(
             ST_Transform(
               CASE WHEN ST_IsEmpty(middle.part) THEN ST_PointOnSurface(w.geom) ELSE ST_PointOnSurface(middle.part) END,
               3857),
             t.frame, 4096, 128) AS geom
    FROM tile t JOIN waist w ON w.strip && t.around
    CROSS JOIN LATERAL (SELECT ST_ClipByBox2D(w.geom, Box2D(w.strip)) AS part OFFSET 0) middle
  )
  SELECT (SELECT ST_AsMVT(area, 'area') FROM area)
      || (SELECT ST_AsMVT(area_name, 'area_name') FROM area_name)
  );
END
$$;
