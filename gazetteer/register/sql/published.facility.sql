-- Facilities (助餐点、公墓…) as anybody may see them: without the persons behind them and without loose attributes.
CREATE OR REPLACE VIEW published.facility AS
  SELECT f.code, f.kind, f.name, f.category, f.division, d.name AS division_name, f.address,
         coalesce(a.standard_address, f.address_text) AS address_text, f.operator, f.phone, f.opening, f.capacity,
         f.state, f.valid_from, f.made_up, register.data_note(f.made_up) AS data_note, f.geom
  FROM register.facility f
  LEFT JOIN register.division d ON d.code = f.division
  LEFT JOIN register.address a ON a.code = f.address
  WHERE register.is_in_force(f.valid_from, f.valid_to, current_date);
