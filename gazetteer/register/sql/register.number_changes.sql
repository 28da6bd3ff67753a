-- Gives the waiting changes their numbers: 1, 2, 3 … without a gap, in the order of the transactions that made them.
-- A change is numbered only when every transaction that began before its own has ended (its id lies below the
-- snapshot's xmin), so that a reader who has seen number N never misses one that comes late below N. One at a time
-- numbers; each statement of a volatile function sees what was committed before it.
-- Changes written before the database was restored elsewhere carry ids that this cluster has not reached: they are over.
CREATE OR REPLACE FUNCTION register.number_changes() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = register, pg_temp AS $$
DECLARE
  last bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(430000009);
  SELECT coalesce(max(seq), 0) INTO last FROM register.change;
  UPDATE register.change c SET seq = last + n.at
  FROM (
    SELECT id, row_number() OVER (ORDER BY transaction, id) AS at FROM register.change
    WHERE seq IS NULL AND (transaction < pg_snapshot_xmin(pg_current_snapshot())
                           OR transaction >= pg_snapshot_xmax(pg_current_snapshot()))
  ) n WHERE c.id = n.id;
  RETURN (SELECT coalesce(max(seq), 0) FROM register.change);
END
$$;
