-- Boundary lines (界线) as they were on a day: what is in force, and the wordings superseded since then.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.boundary_line_as_of(on_day date) RETURNS SETOF register.boundary_line
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT code, name, level, length_m, start_text, end_text, markers, single, double, triple, disputed,
         approval, agreed_on, lead, next_due, geom, source, crs_source, made_up, valid_from, valid_to,
         act_id, updated_at, version, agreement, detail_map
  FROM register.boundary_line
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, name, level, length_m, start_text, end_text, markers, single, double, triple, disputed,
         approval, agreed_on, lead, next_due, geom, source, crs_source, made_up, valid_from, valid_to,
         act_id, updated_at, version, agreement, detail_map
  FROM register.boundary_line_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
