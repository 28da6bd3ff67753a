-- Keep the version of a row that a newer one supersedes (历史版本), with the period it was in force.
-- A row whose valid_from moves forward is a new version; any other change corrects the version in force and
-- is seen in the audit alone. Also stamps the row with the act that wrote it.
CREATE OR REPLACE FUNCTION audit.keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  columns text;
BEGIN
  IF TG_OP = 'DELETE' OR NEW.valid_from > coalesce(OLD.valid_from, '-infinity') THEN
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
    FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped;
    OLD.valid_to := least(OLD.valid_to, CASE WHEN TG_OP = 'DELETE' THEN current_date ELSE NEW.valid_from END);
    EXECUTE format(
      'INSERT INTO %I.%I (%s, superseded_act) SELECT %s, $2 FROM (SELECT ($1).*) AS superseded',
      TG_TABLE_SCHEMA, TG_TABLE_NAME || '_history', columns, columns
    ) USING OLD, audit.current_act();
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  NEW.act_id := coalesce(audit.current_act(), NEW.act_id);
  NEW.updated_at := now();
  RETURN NEW;
END
$$;
-- Nobody may attach it to a table of his own and so write entries.
REVOKE ALL ON FUNCTION audit.keep_history FROM PUBLIC;
