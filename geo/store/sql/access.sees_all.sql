-- Whether the caller of this transaction may read of the whole district: nobody has set a range (可见范围).
CREATE OR REPLACE FUNCTION access.sees_all() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('diming.sees', true), '') = ''
$$;
