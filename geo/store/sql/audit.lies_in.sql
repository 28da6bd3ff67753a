-- Where a row lies (辖区): division codes found by a path. `division` is a column of the row; `plate>register.plate.code.address`
-- goes to the rows of a table whose key is the value and takes a column there, and so on to the last step.
CREATE OR REPLACE FUNCTION audit.lies_in(whole jsonb, path text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  steps text[] := string_to_array(path, '>');
  found text[] := ARRAY[whole ->> steps[1]];
  part text[];
BEGIN
  FOR n IN 2 .. cardinality(steps) LOOP
    part := string_to_array(steps[n], '.');
    EXECUTE format('SELECT array_agg(DISTINCT %I::text) FROM %I.%I WHERE %I::text = ANY ($1)', part[4], part[1], part[2], part[3])
      INTO found USING found;
  END LOOP;
  RETURN array_remove(array_remove(found, NULL), '');
END
$$;
REVOKE ALL ON FUNCTION audit.lies_in FROM PUBLIC;
