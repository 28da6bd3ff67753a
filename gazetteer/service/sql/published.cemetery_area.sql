-- Outlines of cemeteries (公墓范围) for maps.
CREATE OR REPLACE VIEW published.cemetery_area AS
  SELECT c.facility AS code, f.name, c.category, c.made_up, register.data_note(c.made_up) AS data_note, c.area AS geom
  FROM register.cemetery c JOIN register.facility f ON f.code = c.facility
  WHERE c.area IS NOT NULL AND register.is_in_force(f.valid_from, f.valid_to, current_date);
