-- The data version of the register: how many transactions that changed it have been committed. Counting, and not
-- the highest number, is what makes a transaction that commits late raise the version too.
CREATE OR REPLACE FUNCTION register.data_version() RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(changes), 0)::bigint FROM register.data_change
$$;
