-- Statement trigger of the change feed: an address whose point moved has changed.
CREATE OR REPLACE FUNCTION register.feed_point() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = register, pg_temp AS $$
BEGIN
  INSERT INTO register.change (kind, code, op) SELECT DISTINCT 'address', address, 'update' FROM come;
  RETURN NULL;
END
$$;
