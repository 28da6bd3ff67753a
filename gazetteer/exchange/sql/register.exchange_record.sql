-- Names in force (现行地名、道路) with what the national database asks of a record; roads are category E.
CREATE OR REPLACE VIEW register.exchange_record AS
  SELECT 'place'::text AS kind, l.code, coalesce(nullif(l.national_code, ''), c.place_code, '') AS place_code,
         l.standard_name, l.category, l.class_code, coalesce(l.division, '') AS division, l.romanisation, l.pinyin,
         l.origin, l.meaning, l.history, l.location, l.geom, l.made_up
  FROM register.place l LEFT JOIN register.place_code c ON c.kind = 'place' AND c.code = l.code AND c.retired_on IS NULL
  WHERE l.state = '现行' AND l.valid_to IS NULL
  UNION ALL
  SELECT 'road', r.code, coalesce(c.place_code, ''), r.name, 'E', '', r.division, r.romanisation, r.pinyin, '', r.meaning, '',
         concat_ws('至', nullif(r.start_text, ''), nullif(r.end_text, '')),
         (SELECT ST_Multi(ST_Collect(s.geom ORDER BY s.id)) FROM register.road_segment s
          WHERE s.road = r.code AND s.valid_to IS NULL), r.made_up
  FROM register.road r LEFT JOIN register.place_code c ON c.kind = 'road' AND c.code = r.code AND c.retired_on IS NULL
  WHERE r.state = '现行' AND r.valid_to IS NULL;
