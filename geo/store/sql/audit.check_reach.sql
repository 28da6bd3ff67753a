-- Refuse a row outside the division of whoever writes (辖区): no county touches another, whichever way the write came.
-- Argument: the columns that say where the row lies, the most precise first. Both the old and the new place count.
CREATE OR REPLACE FUNCTION audit.check_reach() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  reach text := current_setting('diming.reach', true);
  whole jsonb;
  lies text;
BEGIN
  FOREACH whole IN ARRAY CASE WHEN TG_OP = 'INSERT' THEN ARRAY[to_jsonb(NEW)] ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)] END
  LOOP
    SELECT whole ->> c INTO lies FROM unnest(string_to_array(TG_ARGV[0], ',')) WITH ORDINALITY AS t (c, n)
    WHERE whole ->> c <> '' ORDER BY n LIMIT 1;
    -- What lies nowhere in particular belongs to the whole district.
    IF lies IS NULL OR NOT starts_with(lies, reach) THEN
      RAISE EXCEPTION 'outside the division of the account' USING
        ERRCODE = 'insufficient_privilege', CONSTRAINT = 'reach_division', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION audit.check_reach FROM PUBLIC;
