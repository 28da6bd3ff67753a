-- Areas of divisions (区划范围) for maps; published.division mixes areas with points. Their vertices are rounded, because
-- boundary markers stand at the bends.
CREATE OR REPLACE VIEW published.division_area AS
  SELECT d.code, d.name, d.level, d.made_up, published.rough_area(d.boundary, published.rough_grid_m()) AS geom
  FROM register.division d
  WHERE d.boundary IS NOT NULL AND register.is_in_force(d.valid_from, d.valid_to, current_date);
