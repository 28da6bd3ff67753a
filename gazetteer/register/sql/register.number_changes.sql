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
  elsewhere bigint[];
  horizon xid8;
BEGIN
  PERFORM pg_advisory_xact_lock(430000009);
  seen := pg_current_snapshot();
  elsewhere := ARRAY(
    SELECT backend_xid::text::bigint FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname <> current_database()
  );
  -- What has ended since the snapshot was taken holds nothing up: the update below sees it, unless it sees no more than that.
  SELECT coalesce((array_agg(x ORDER BY x))[1], pg_snapshot_xmax(seen)) INTO horizon FROM pg_snapshot_xip(seen) x
  WHERE (x::text::bigint & 4294967295) <> ALL (elsewhere)
    AND (pg_xact_status(x) = 'in progress' OR current_setting('transaction_isolation') <> 'read committed');
  SELECT coalesce(max(seq), 0) INTO last FROM register.change;
  UPDATE register.change c SET seq = last + n.at
  FROM (
    SELECT id, row_number() OVER (ORDER BY transaction, id) AS at FROM register.change
    WHERE seq IS NULL AND (transaction < horizon OR transaction >= pg_snapshot_xmax(pg_current_snapshot()))
  ) n WHERE c.id = n.id;
  RETURN (SELECT coalesce(max(seq), 0) FROM register.change);
END
$$;
