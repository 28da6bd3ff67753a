-- Places (地名) as they were on a day: what is in force, and the wordings superseded since then.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.place_as_of(on_day date) RETURNS SETOF register.place
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT code, national_code, category, class_code, specific, generic, standard_name, romanisation, pinyin,
         origin, meaning, history, heritage, state, state_before, division, location, geom, source,
         crs_source, made_up, valid_from, valid_to, act_id, updated_at, version
  FROM register.place
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, national_code, category, class_code, specific, generic, standard_name, romanisation, pinyin,
         origin, meaning, history, heritage, state, state_before, division, location, geom, source,
         crs_source, made_up, valid_from, valid_to, act_id, updated_at, version
  FROM register.place_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
