-- Refuse a row outside the division of whoever writes (辖区): no county touches another, whichever way the write came.
-- Argument: paths (audit.lies_in) that say where the row lies, the most precise first. Old and new place both count.
CREATE OR REPLACE FUNCTION audit.check_reach() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  reach text := current_setting('diming.reach', true);
  whole jsonb;
  path text;
  lies text[];
BEGIN
  FOREACH whole IN ARRAY CASE WHEN TG_OP = 'INSERT' THEN ARRAY[to_jsonb(NEW)] ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)] END
  LOOP
    FOREACH path IN ARRAY string_to_array(TG_ARGV[0], ',') LOOP
      lies := audit.lies_in(whole, path);
      EXIT WHEN cardinality(lies) > 0;
    END LOOP;
    -- What lies nowhere in particular belongs to the whole district.
    IF coalesce(cardinality(lies), 0) = 0 OR EXISTS (SELECT FROM unnest(lies) AS code WHERE NOT starts_with(code, reach)) THEN
      RAISE EXCEPTION 'outside the division of the account' USING
        ERRCODE = 'insufficient_privilege', CONSTRAINT = 'reach_division', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION audit.check_reach FROM PUBLIC;
