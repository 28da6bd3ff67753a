-- Forty bits as eight characters of Crockford's alphabet and a ninth that catches a wrong or swapped character.
CREATE OR REPLACE FUNCTION register.code_text(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 35 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 30 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 25 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 20 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 15 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 10 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 5 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXY', (n % 31)::int + 1, 1)
$$;
