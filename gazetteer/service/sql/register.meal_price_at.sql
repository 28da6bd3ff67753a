-- What a person of an age pays for a meal (个人应付) on a day, in yuan; null where no price is known.
CREATE OR REPLACE FUNCTION register.meal_price_at(point text, asked_meal text, age integer, on_day date) RETURNS numeric
LANGUAGE sql STABLE AS $$
  SELECT amount FROM register.meal_price
  WHERE facility = point AND meal = asked_meal AND payer = '个人' AND age_from <= age
    AND register.is_in_force(valid_from, valid_to, on_day)
  ORDER BY age_from DESC, valid_from DESC LIMIT 1
$$;
