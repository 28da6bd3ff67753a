-- Seal one block and give whether it held anything. Called by audit.seal_entries alone.
CREATE OR REPLACE FUNCTION audit.seal_block(after_id bigint, from_txid xid8, to_txid xid8) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  previous bytea := coalesce((SELECT hash FROM audit.seal ORDER BY id DESC LIMIT 1), ''::bytea);
  found bigint;
  last_id bigint;
BEGIN
  SELECT count(*), max(e.id) INTO found, last_id FROM audit.entry e
  WHERE e.id > seal_block.after_id AND e.txid >= seal_block.from_txid AND e.txid < seal_block.to_txid;
  IF found > 0 THEN
    INSERT INTO audit.seal (id, after_id, from_txid, to_txid, last_id, entries, previous, hash)
    VALUES (coalesce((SELECT max(s.id) FROM audit.seal s), 0) + 1, after_id, from_txid, to_txid, last_id, found, previous,
            audit.block_hash(previous, after_id, last_id, from_txid, to_txid));
  END IF;
  RETURN found;
END
$$;
REVOKE ALL ON FUNCTION audit.seal_block FROM PUBLIC;
