-- Areas of divisions down to a level that meet a frame, rounded like published.division_area, found by the index; for
-- tiles, which ask often. An area that crosses itself after rounding is drawn as it is.
CREATE OR REPLACE FUNCTION published.division_area_around(around geometry, deepest integer)
RETURNS TABLE (code text, name text, level integer, geom geometry)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT d.code, d.name, d.level::integer, published.rough(d.boundary, published.rough_grid_m())
  FROM register.division d
  WHERE d.boundary && around AND d.level <= deepest
    AND register.is_in_force(d.valid_from, d.valid_to, current_date)
$$;
