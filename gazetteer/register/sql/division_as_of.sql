-- Divisions (行政区划) as they were on a day: what is in force, and the wordings superseded since then.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.division_as_of(on_day date) RETURNS SETOF register.division
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT code, level, parent, name, short, kind, pinyin, point, boundary, source, crs_source, made_up,
         valid_from, valid_to, act_id, updated_at, version
  FROM register.division
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, level, parent, name, short, kind, pinyin, point, boundary, source, crs_source, made_up,
         valid_from, valid_to, act_id, updated_at, version
  FROM register.division_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
