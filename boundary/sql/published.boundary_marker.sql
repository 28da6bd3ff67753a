-- Boundary markers (界桩) that may be shown, in the square they stand in: no precise position, no projected
-- coordinates, no height, no reference objects, no words that say where exactly.
CREATE OR REPLACE VIEW published.boundary_marker AS
  SELECT m.code, m.number, m.name, m.level, m.standing, m.faces, m.state, m.valid_from, m.made_up,
         register.data_note(m.made_up) AS data_note, published.rough_grid_m() AS rounded_to_m,
         published.rough(m.geom, published.rough_grid_m())::geometry(POINT, 4490) AS geom
  FROM register.boundary_marker m
  WHERE m.is_public AND register.is_in_force(m.valid_from, m.valid_to, current_date);
