-- Pieces of the road network (路段), named or not: what a map draws.
CREATE OR REPLACE VIEW published.road_segment AS
  SELECT s.id, s.road, coalesce(r.name, '') AS name, coalesce(nullif(s.road_class, ''), r.road_class, '') AS road_class,
         r.width_m, s.made_up, register.data_note(s.made_up) AS data_note, s.geom
  FROM register.road_segment s LEFT JOIN register.road r ON r.code = s.road
  WHERE register.is_in_force(s.valid_from, s.valid_to, current_date);
