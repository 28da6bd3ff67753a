-- Whether a row that lies in a division shows to the caller of this transaction (可见范围, geo/store/sight.py); one that
-- lies nowhere in particular shows to the whole district alone.
CREATE OR REPLACE FUNCTION access.sees(division text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('diming.sees', true), '') = ''
    OR starts_with(division, current_setting('diming.sees', true))
$$;
