-- Reference objects (方位物) as they were on a day. Internal: a marker's position follows from them.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.reference_object_as_of(on_day date) RETURNS SETOF register.reference_object
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT marker, serial, name, azimuth, distance, geom, source, crs_source, made_up, valid_from,
         valid_to, act_id, updated_at, version
  FROM register.reference_object
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT marker, serial, name, azimuth, distance, geom, source, crs_source, made_up, valid_from,
         valid_to, act_id, updated_at, version
  FROM register.reference_object_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
