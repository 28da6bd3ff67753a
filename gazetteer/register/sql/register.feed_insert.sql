-- Statement trigger of the change feed (变更订阅): one row a new record. Arguments: key column, word for the kind.
CREATE OR REPLACE FUNCTION register.feed_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = register, pg_temp AS $$
BEGIN
  EXECUTE format('INSERT INTO register.change (kind, code, op) SELECT %L, %I::text, ''insert'' FROM come', TG_ARGV[1], TG_ARGV[0]);
  RETURN NULL;
END
$$;
