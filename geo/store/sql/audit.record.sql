-- Row trigger of the audit (审计): what changed in one row, by whom, in which act.
-- Arguments: the key's columns, then the columns whose values are not to be shown, each comma-separated.
CREATE OR REPLACE FUNCTION audit.record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  key_columns text[] := string_to_array(TG_ARGV[0], ',');
  hidden text[] := string_to_array(TG_ARGV[1], ',');
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  whole jsonb := coalesce(after, before);
  key jsonb;
  gone jsonb;
  come jsonb;
BEGIN
  SELECT jsonb_object_agg(k, whole -> k) INTO key
  FROM unnest(key_columns || CASE WHEN whole ? 'code' THEN ARRAY['code'] ELSE '{}' END) AS k;
  SELECT jsonb_object_agg(k, CASE WHEN k = ANY (hidden) THEN '"***"' ELSE before -> k END),
         jsonb_object_agg(k, CASE WHEN k = ANY (hidden) THEN '"***"' ELSE after -> k END)
    INTO gone, come
  FROM jsonb_object_keys(whole) AS k
  WHERE TG_OP <> 'UPDATE' OR (before -> k) IS DISTINCT FROM (after -> k);
  -- An update that changes nothing is no act.
  IF come IS NOT NULL OR gone IS NOT NULL THEN
    PERFORM audit.append(lower(TG_OP), TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, key,
      CASE WHEN before IS NOT NULL THEN gone END, CASE WHEN after IS NOT NULL THEN come END, 1);
  END IF;
  RETURN NULL;
END
$$;
-- Nobody may attach it to a table of his own and so write entries.
REVOKE ALL ON FUNCTION audit.record FROM PUBLIC;
