-- Statement trigger of the audit for bulk acts (批量导入): one entry a statement with the count of its rows.
CREATE OR REPLACE FUNCTION audit.record_bulk() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  touched bigint;
BEGIN
  SELECT count(*) INTO touched FROM touched_rows;
  IF touched > 0 THEN
    PERFORM audit.append(lower(TG_OP), TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, NULL, NULL, NULL, touched);
  END IF;
  RETURN NULL;
END
$$;
-- Nobody may attach it to a table of his own and so write entries.
REVOKE ALL ON FUNCTION audit.record_bulk FROM PUBLIC;
