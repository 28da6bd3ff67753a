-- What is said behind the door or the estate: 幢, 单元, 层, 室; a bare number gets its word.
CREATE OR REPLACE FUNCTION register.inside_text(bld text, unit text, floor text, room text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN bld ~ '[0-9A-Za-z]$' THEN bld || '幢' ELSE bld END
      || CASE WHEN unit ~ '[0-9A-Za-z]$' THEN unit || '单元' ELSE unit END
      || CASE WHEN floor ~ '[0-9A-Za-z]$' THEN floor || '层' ELSE floor END
      || CASE WHEN room ~ '[0-9A-Za-z]$' THEN room || '室' ELSE room END
$$;
