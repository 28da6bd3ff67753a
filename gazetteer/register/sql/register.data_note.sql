-- What every page and export says beside a row whose geometry is sample data.
CREATE OR REPLACE FUNCTION register.data_note(made_up boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN made_up THEN '示例数据' ELSE '' END
$$;
