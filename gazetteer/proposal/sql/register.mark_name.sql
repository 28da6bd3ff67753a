-- Keeps register.name_key at the present of a place, road or proposal: name, place and state at once, the keys later
-- (they need readings and generic terms, which the checks' library knows). A row that ended counts as 销名.
CREATE OR REPLACE FUNCTION register.mark_name() RETURNS trigger
LANGUAGE plpgsql SET search_path = register, pg_temp AS $$
DECLARE
  fields jsonb := to_jsonb(NEW);
  named text := fields ->> TG_ARGV[1];
BEGIN
  INSERT INTO register.name_key AS k (kind, code, category, name, division, state)
  VALUES (TG_ARGV[0], fields ->> 'code', coalesce(fields ->> 'category', 'E'), named,
          coalesce(fields ->> 'division', ''),
          CASE WHEN fields ->> 'valid_to' IS NOT NULL THEN '销名' ELSE coalesce(fields ->> 'state', '拟命名') END)
  ON CONFLICT (kind, code) DO UPDATE SET
    category = excluded.category, name = excluded.name, division = excluded.division, state = excluded.state,
    stale = k.stale OR k.name <> excluded.name OR k.category <> excluded.category
  WHERE (k.category, k.name, k.division, k.state)
        IS DISTINCT FROM (excluded.category, excluded.name, excluded.division, excluded.state);
  RETURN NULL;
END
$$;
