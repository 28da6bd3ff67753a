-- Write one audit entry with what the transaction says of itself. Only the triggers call it: they run as the
-- owner, the program's role has no right to the table. A write through psql is recorded with the role's name.
CREATE OR REPLACE FUNCTION audit.append(
  operation text, table_name text, key jsonb, old_values jsonb, new_values jsonb, row_count bigint
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$
  INSERT INTO audit.entry (actor, action, request_id, act_id, operation, table_name, key, old_values, new_values,
                           row_count, detail)
  VALUES (
    coalesce(nullif(current_setting('diming.actor', true), ''), 'db:' || session_user),
    coalesce(nullif(current_setting('diming.action', true), ''), 'sql'),
    coalesce(current_setting('diming.request', true), ''),
    nullif(current_setting('diming.act', true), '')::uuid,
    operation, table_name, key, old_values, new_values, row_count,
    nullif(nullif(current_setting('diming.detail', true), ''), '{}')::jsonb
  )
$$;
REVOKE ALL ON FUNCTION audit.append FROM PUBLIC;
