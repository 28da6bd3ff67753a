-- Cemeteries (公墓) as anybody may see them: places, lowest price in force, whether the civil-affairs approval stands.
CREATE OR REPLACE VIEW published.cemetery AS
  SELECT f.code, f.name, c.category, f.division, left(f.division, 9) || '000' AS town,
         coalesce(a.standard_address, f.address_text) AS address_text, c.operator, f.phone, c.eco, c.green_rate,
         p.total, p.used, p.reserved, p.free,
         (SELECT min(price) FROM register.cemetery_price r WHERE r.facility = f.code
            AND register.is_in_force(r.valid_from, r.valid_to, current_date)) AS price_from,
         coalesce((SELECT stage FROM register.cemetery_approval v WHERE v.facility = f.code AND kind = '民政'
            ORDER BY on_day DESC NULLS LAST, id DESC LIMIT 1), '未办') AS approval,
         f.made_up, register.data_note(f.made_up) AS data_note, f.geom
  FROM register.cemetery c JOIN register.facility f ON f.code = c.facility
  LEFT JOIN register.address a ON a.code = f.address
  LEFT JOIN (SELECT facility, sum(total) AS total, sum(used) AS used, sum(reserved) AS reserved, sum(free) AS free
             FROM register.cemetery_places(current_date) GROUP BY facility) p ON p.facility = f.code
  WHERE register.is_in_force(f.valid_from, f.valid_to, current_date);
