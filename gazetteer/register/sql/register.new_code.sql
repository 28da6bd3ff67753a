-- A new opaque code: a letter for the kind, eight characters that tell nothing, and a check character.
-- The number is scattered over forty bits by bijections (odd multiplier, rotation, odd multiplier), so neighbours
-- do not look alike and no code ever comes twice; the alphabet is Crockford's, without I, L, O and U, so that a
-- code can be read aloud.
CREATE OR REPLACE FUNCTION register.new_code(prefix text) RETURNS text
LANGUAGE sql VOLATILE PARALLEL UNSAFE AS $$
  SELECT prefix || register.code_text((r.n * 7368787 + 271828182845) & 1099511627775)
  FROM (SELECT (m.n >> 20) | ((m.n & 1048575) << 20) AS n
        FROM (SELECT (nextval('register.code_number') * 5882353) & 1099511627775 AS n) m) r
$$;
