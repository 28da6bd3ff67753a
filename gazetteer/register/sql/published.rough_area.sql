-- An area with every vertex moved to the middle of a square, as published.rough does, and made valid again; null where
-- nothing of it is left. Boundary markers (界桩) stand at the bends of the lines that part divisions.
CREATE OR REPLACE FUNCTION published.rough_area(shape geometry, grid_m double precision) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN ST_IsEmpty(a.geom) THEN NULL ELSE a.geom END
  FROM (SELECT ST_Multi(ST_CollectionExtract(ST_MakeValid(published.rough(shape, grid_m)), 3)) AS geom) a
$$;
