-- Areas of divisions (区划范围) for maps; published.division mixes areas with points.
CREATE OR REPLACE VIEW published.division_area AS
  SELECT d.code, d.name, d.level, d.made_up, d.boundary AS geom
  FROM register.division d
  WHERE d.boundary IS NOT NULL AND register.is_in_force(d.valid_from, d.valid_to, current_date);
