-- The hash of one block of audit entries over the hash of the block before. Values are written in a form that no
-- setting of the session changes.
CREATE OR REPLACE FUNCTION audit.block_hash(
  previous bytea, after_id bigint, last_id bigint, from_txid xid8, to_txid xid8
) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog
AS $$
  SELECT sha256(previous || coalesce(string_agg(
    sha256(convert_to(jsonb_build_array(
      e.id, extract(epoch FROM e.at)::text, e.txid::text, e.actor, e.action, e.request_id, e.act_id, e.operation,
      e.table_name, e.key, e.old_values, e.new_values, e.row_count, e.detail)::text, 'UTF8')),
    ''::bytea ORDER BY e.txid, e.id), ''::bytea))
  FROM audit.entry e
  WHERE e.id > block_hash.after_id AND e.id <= block_hash.last_id AND e.txid >= block_hash.from_txid AND e.txid < block_hash.to_txid
$$;
REVOKE ALL ON FUNCTION audit.block_hash FROM PUBLIC;
