-- Registered addresses (标准地址) in force with their best point: the door, else the building, else what there is.
CREATE OR REPLACE VIEW published.address AS
  SELECT a.code, a.standard_address, a.auxiliary_address, a.handle_name, a.number, a.sub, a.road, a.natvil, a.estate,
         a.name, a.division, d.name AS division_name, a.valid_from, a.made_up,
         register.data_note(a.made_up) AS data_note, p.kind AS point_kind, p.geom
  FROM register.address a
  JOIN register.division d ON d.code = a.division
  LEFT JOIN LATERAL (
    SELECT q.kind, q.geom FROM register.address_point q WHERE q.address = a.code
    ORDER BY array_position(ARRAY['entrance', 'plate', 'unit', 'building', 'parcel'], q.kind) LIMIT 1
  ) p ON true
  WHERE register.is_in_force(a.valid_from, a.valid_to, current_date);
