-- The register's data version for readers of the published views.
CREATE OR REPLACE FUNCTION published.data_version() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = register, pg_temp AS $$
  SELECT register.data_version()
$$;
