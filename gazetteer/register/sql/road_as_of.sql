-- Roads (街路巷) as they were on a day: what is in force, and the wordings superseded since then.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.road_as_of(on_day date) RETURNS SETOF register.road
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT code, name, specific, generic, romanisation, pinyin, road_class, width_m, length_m, start_text,
         end_text, direction, number_from, number_to, meaning, state, state_before, division, source,
         crs_source, made_up, valid_from, valid_to, act_id, updated_at, version
  FROM register.road
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, name, specific, generic, romanisation, pinyin, road_class, width_m, length_m, start_text,
         end_text, direction, number_from, number_to, meaning, state, state_before, division, source,
         crs_source, made_up, valid_from, valid_to, act_id, updated_at, version
  FROM register.road_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
