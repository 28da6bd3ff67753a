-- The hours of a meal point on a day's rows (供餐时间), as people read them: 中餐 10:30-12:30.
CREATE OR REPLACE FUNCTION register.meal_hours_text(point text, on_day date) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(meal || ' ' || to_char(opens, 'HH24:MI') || '-' || to_char(closes, 'HH24:MI'), '，' ORDER BY opens), '')
  FROM register.meal_hours WHERE facility = point AND register.is_in_force(valid_from, valid_to, on_day)
$$;
