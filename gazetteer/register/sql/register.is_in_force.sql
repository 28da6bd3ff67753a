-- Whether a period holds on a day; an empty start means since ever, the end is the first day it no longer holds.
CREATE OR REPLACE FUNCTION register.is_in_force(valid_from date, valid_to date, on_day date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (valid_from IS NULL OR valid_from <= on_day) AND (valid_to IS NULL OR valid_to > on_day)
$$;
