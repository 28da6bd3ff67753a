-- Meal points (助餐点) as anybody may see them: today's hours and what an old person pays from 60 and from 80.
CREATE OR REPLACE VIEW published.meal_point AS
  SELECT f.code, f.name, m.tier, m.state, f.division, left(f.division, 9) || '000' AS town,
         coalesce(a.standard_address, f.address_text) AS address_text, f.operator, f.phone, m.step_free, m.delivers, m.delivery_minutes,
         m.per_sitting * m.sittings AS per_day, register.meal_hours_text(f.code, current_date) AS hours,
         register.meal_price_at(f.code, '中餐', 60, current_date) AS lunch_60,
         register.meal_price_at(f.code, '中餐', 80, current_date) AS lunch_80,
         f.made_up, register.data_note(f.made_up) AS data_note, f.geom
  FROM register.meal_point m JOIN register.facility f ON f.code = m.facility
  LEFT JOIN register.address a ON a.code = f.address
  WHERE register.is_in_force(f.valid_from, f.valid_to, current_date) AND m.state <> 'planned';
