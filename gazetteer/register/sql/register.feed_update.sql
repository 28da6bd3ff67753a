-- Statement trigger of the change feed: one row a changed record; a record that got its last day is retired.
CREATE OR REPLACE FUNCTION register.feed_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = register, pg_temp AS $$
BEGIN
  EXECUTE format(
    'INSERT INTO register.change (kind, code, op)
     SELECT %L, n.%I::text, CASE WHEN o.valid_to IS NULL AND n.valid_to IS NOT NULL THEN ''retire'' ELSE ''update'' END
     FROM come n JOIN gone o USING (%I)', TG_ARGV[1], TG_ARGV[0], TG_ARGV[0]);
  RETURN NULL;
END
$$;
