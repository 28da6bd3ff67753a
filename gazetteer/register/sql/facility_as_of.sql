-- Facilities (设施) as they were on a day: what is in force, and the wordings superseded since then.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.facility_as_of(on_day date) RETURNS SETOF register.facility
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT code, kind, name, category, division, address, address_text, operator, phone, contact, opening,
         capacity, state, attributes, geom, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.facility
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, kind, name, category, division, address, address_text, operator, phone, contact, opening,
         capacity, state, attributes, geom, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.facility_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
