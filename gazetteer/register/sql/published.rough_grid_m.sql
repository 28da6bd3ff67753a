-- Side in metres of the squares that public positions of markers are rounded to: the setting of the program's own
-- connections, and never less than 100.
CREATE OR REPLACE FUNCTION published.rough_grid_m() RETURNS double precision
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT greatest(100, coalesce(nullif(current_setting('diming.rough_grid_m', true), '')::double precision, 100))
$$;
