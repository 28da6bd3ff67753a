-- Road segments (路段) as they were on a day: what is in force, and the wordings superseded since then.
-- The columns stand in the table's order; a test compares them with it.
CREATE OR REPLACE FUNCTION register.road_segment_as_of(on_day date) RETURNS SETOF register.road_segment
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT id, road, road_class, division, geom, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.road_segment
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT id, road, road_class, division, geom, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.road_segment_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
