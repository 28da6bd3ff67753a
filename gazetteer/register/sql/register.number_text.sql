-- A number as it is read: 118 -> 118号, with 附号 128 and 2 -> 128号-2, 400弄10 -> 400弄10号, 400弄 and 66幢 stay.
CREATE OR REPLACE FUNCTION register.number_text(number text, sub text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN number = '' THEN ''
              WHEN number ~ '[0-9A-Za-z]$' THEN number || '号'
              ELSE number END
      || CASE WHEN sub = '' THEN '' ELSE '-' || sub END
$$;
