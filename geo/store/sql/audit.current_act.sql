-- The id of the act that this transaction is part of (办件), or null when nobody named one.
CREATE OR REPLACE FUNCTION audit.current_act() RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED
AS $$
  SELECT nullif(current_setting('diming.act', true), '')::uuid
$$;
