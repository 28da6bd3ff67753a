-- Gives the waiting changes their numbers: 1, 2, 3 … without a gap, in the order of the transactions that made them.
-- A change is numbered only when every transaction that began before its own has ended, so that a reader who has seen
-- number N never misses one that comes late below N. Transactions that are known to run in another database of the same
-- server cannot write here and are not waited for. One at a time numbers; each statement of a volatile function sees what
-- was committed before it.
-- Changes written before the database was restored elsewhere carry ids that this cluster has not reached: they are over.
CREATE OR REPLACE FUNCTION register.number_changes() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = register, pg_temp AS $$
DECLARE
  last bigint;
  seen pg_snapshot;
  horizon xid8;
BEGIN
  PERFORM pg_advisory_xact_lock(430000009);
  seen := pg_current_snapshot();
  SELECT coalesce((array_agg(x ORDER BY x))[1], pg_snapshot_xmax(seen)) INTO horizon FROM pg_snapshot_xip(seen) x
  WHERE NOT EXISTS (
    SELECT FROM pg_stat_activity a
    WHERE a.backend_xid::text::bigint = (x::text::bigint & 4294967295) AND a.datname <> current_database()
  );
  SELECT coalesce(max(seq), 0) INTO last FROM register.change;
  UPDATE register.change c SET seq = last + n.at
  FROM (
    SELECT id, row_number() OVER (ORDER BY transaction, id) AS at FROM register.change
    WHERE seq IS NULL AND (transaction < horizon OR transaction >= pg_snapshot_xmax(pg_current_snapshot()))
  ) n WHERE c.id = n.id;
  RETURN (SELECT coalesce(max(seq), 0) FROM register.change);
END
$$;
