-- The road network as the audit reads it (道路排查): each line in force with the name it carries and its township.
-- A name that was only met on doors (未登记) names no road. A line of a road through several townships lies in the one
-- that holds its middle.
CREATE OR REPLACE VIEW register.network_segment AS
  SELECT s.id, s.geom, coalesce(r.name, '') AS name, coalesce(r.code, '') AS road,
         coalesce(nullif(s.road_class, ''), r.road_class, '') AS road_class,
         coalesce(CASE WHEN substr(coalesce(s.division, r.division), 7, 3) <> '000'
                       THEN left(coalesce(s.division, r.division), 9) || '000' END, t.code, '') AS township, s.made_up
  FROM register.road_segment s
  LEFT JOIN register.road r ON r.code = s.road AND r.valid_to IS NULL AND r.state IN ('现行', '拟命名')
  LEFT JOIN LATERAL (
    SELECT d.code FROM register.division d
    WHERE substr(coalesce(s.division, r.division, '000000000000'), 7, 3) = '000' AND d.level = 4 AND d.valid_to IS NULL
      AND ST_Contains(d.boundary, ST_LineInterpolatePoint(s.geom, 0.5)) LIMIT 1
  ) t ON true
  WHERE s.valid_to IS NULL;
