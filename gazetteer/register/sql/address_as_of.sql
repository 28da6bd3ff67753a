-- Addresses (标准地址) as they were on a day: what is in force, and the wordings superseded since then.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.address_as_of(on_day date) RETURNS SETOF register.address
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT code, county, town, comm, road, natvil, estate, handle_kind, handle_name, number, number_order, sub,
         estate_name, bld, unit, floor, room, name, note, standard_address, auxiliary_address, principal,
         division, natural_key, source, crs_source, made_up, valid_from, valid_to, act_id, updated_at,
         version
  FROM register.address
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, county, town, comm, road, natvil, estate, handle_kind, handle_name, number, number_order, sub,
         estate_name, bld, unit, floor, room, name, note, standard_address, auxiliary_address, principal,
         division, natural_key, source, crs_source, made_up, valid_from, valid_to, act_id, updated_at,
         version
  FROM register.address_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
