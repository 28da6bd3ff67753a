-- Divisions (行政区划) as anybody may see them; vertices of areas are rounded, as boundary markers stand there.
CREATE OR REPLACE VIEW published.division AS
  SELECT d.code, d.name, d.level, d.parent, p.name AS parent_name, d.short, d.pinyin, d.valid_from, d.made_up,
         register.data_note(d.made_up) AS data_note,
         coalesce(published.rough_area(d.boundary, published.rough_grid_m()), d.point) AS geom
  FROM register.division d LEFT JOIN register.division p ON p.code = d.parent
  WHERE register.is_in_force(d.valid_from, d.valid_to, current_date);
