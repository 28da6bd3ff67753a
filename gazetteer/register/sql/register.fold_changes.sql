-- Puts the rows of committed transactions into row 0 and leaves the data version as it is; gives how many there were.
-- What is not committed yet is not seen here and stays for the next time. After a restore into another server it also
-- takes away numbers of transactions that will be given out again.
CREATE OR REPLACE FUNCTION register.fold_changes() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = register, pg_temp AS $$
  WITH gone AS (DELETE FROM data_change WHERE transaction <> '0'::xid8 RETURNING changes, changed_at),
  folded AS (
    INSERT INTO data_change AS kept (transaction, changed_at, changes)
    SELECT '0'::xid8, max(changed_at), sum(changes) FROM gone HAVING count(*) > 0
    ON CONFLICT (transaction) DO UPDATE SET changes = kept.changes + excluded.changes,
      changed_at = greatest(kept.changed_at, excluded.changed_at))
  SELECT count(*) FROM gone
$$;
