-- A geometry with every vertex moved to the middle of a square of at least grid_m metres. The squares are fixed, and
-- their width follows from their own latitude and not from the point's, so that nothing finer shows through.
CREATE OR REPLACE FUNCTION published.rough(shape geometry, grid_m double precision) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ST_SnapToGrid(shape, s.lon / 2, s.lat / 2, s.lon, s.lat)
  FROM (
    -- A degree measures at least 110,574 m to the north, and to the east 111,319 m times the cosine of its latitude;
    -- one width for a whole degree of latitude, by its northern edge, is never too narrow.
    SELECT grid_m / 110574 AS lat,
           grid_m / (111319 * cos(radians(least(89, ceil(ST_YMax(shape)))))) AS lon
  ) s
$$;
