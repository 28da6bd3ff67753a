-- Aliases (别名) as they were on a day: what is in force, and the wordings superseded since then.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.alias_as_of(on_day date) RETURNS SETOF register.alias
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT id, alias, kind, source_doc, scope, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.alias
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT id, alias, kind, source_doc, scope, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.alias_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
