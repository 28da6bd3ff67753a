-- Boundary markers (界桩) as they were on a day. Internal: holds precise positions.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.boundary_marker_as_of(on_day date) RETURNS SETOF register.boundary_marker
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT code, number, spatial_id, name, level, standing, faces, networked, material, data_type,
         is_public, sign_codes, height, north, east, location, entrusted, custodian, changes, state,
         attributes, geom, source, crs_source, made_up, valid_from, valid_to, act_id, updated_at,
         version
  FROM register.boundary_marker
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, number, spatial_id, name, level, standing, faces, networked, material, data_type,
         is_public, sign_codes, height, north, east, location, entrusted, custodian, changes, state,
         attributes, geom, source, crs_source, made_up, valid_from, valid_to, act_id, updated_at,
         version
  FROM register.boundary_marker_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
