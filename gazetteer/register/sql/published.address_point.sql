-- Doors (门牌点) for maps: every point of an address in force, indexed by place, unlike the joined published.address.
CREATE OR REPLACE VIEW published.address_point AS
  SELECT p.address AS code, a.handle_name, a.number, a.sub, a.name, p.kind, p.made_up, p.geom
  FROM register.address_point p
  JOIN register.address a ON a.code = p.address
  WHERE register.is_in_force(a.valid_from, a.valid_to, current_date);
