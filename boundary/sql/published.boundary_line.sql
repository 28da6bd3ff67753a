-- Boundary lines (界线) as anybody may see them: markers stand at the line's bends, so its vertices are rounded too.
CREATE OR REPLACE VIEW published.boundary_line AS
  SELECT l.code, l.name, l.level, l.length_m, l.start_text, l.end_text, l.markers, l.valid_from, l.made_up,
         register.data_note(l.made_up) AS data_note,
         ST_Multi(published.rough(l.geom, published.rough_grid_m()))::geometry(MULTILINESTRING, 4490) AS geom
  FROM register.boundary_line l
  WHERE NOT l.disputed AND register.is_in_force(l.valid_from, l.valid_to, current_date);
