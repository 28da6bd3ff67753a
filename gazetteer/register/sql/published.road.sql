-- Named roads (街路巷) in force with their lines put together.
CREATE OR REPLACE VIEW published.road AS
  SELECT r.code, r.name, r.specific, r.generic, r.romanisation, r.pinyin, r.road_class, r.width_m, r.length_m,
         r.start_text, r.end_text, r.direction, r.number_from, r.number_to, r.meaning, r.state, r.division,
         d.name AS division_name, r.valid_from, r.made_up, register.data_note(r.made_up) AS data_note, s.geom
  FROM register.road r
  JOIN register.division d ON d.code = r.division
  LEFT JOIN LATERAL (
    SELECT ST_Multi(ST_Collect(g.geom))::geometry(MULTILINESTRING, 4490) AS geom
    FROM register.road_segment g WHERE g.road = r.code AND g.valid_to IS NULL
  ) s ON true
  WHERE r.state = '现行' AND register.is_in_force(r.valid_from, r.valid_to, current_date);
