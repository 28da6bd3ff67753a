-- Seal every entry of ended transactions that no block holds yet; gives how many. Writers never wait for it.
-- A database restored into another server counts its transactions from the beginning: the old count is closed
-- with a block of its own, and what comes later is told apart by its id.
CREATE OR REPLACE FUNCTION audit.seal_entries() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  latest audit.seal;
  ended xid8;
  sealed bigint := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(430000002);
  -- Looked at only now: who waited for another's sealing must not come with an older count than its block ends at.
  ended := pg_snapshot_xmin(pg_current_snapshot());
  SELECT * INTO latest FROM audit.seal ORDER BY id DESC LIMIT 1;
  IF latest.id IS NULL THEN
    RETURN audit.seal_block(0, '0'::xid8, ended);
  END IF;
  IF ended < latest.to_txid THEN
    sealed := audit.seal_block(latest.after_id, latest.to_txid, '18446744073709551615'::xid8);
    SELECT max(last_id) INTO latest.after_id FROM audit.seal;
    latest.to_txid := '0'::xid8;
  END IF;
  RETURN sealed + audit.seal_block(latest.after_id, latest.to_txid, ended);
END
$$;
REVOKE ALL ON FUNCTION audit.seal_entries FROM PUBLIC;
