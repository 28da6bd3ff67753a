-- Plates (门牌) with the state each was in at the end of a day, read from the steps that were taken until then.
-- Of today that is the state of the case, which needs no steps: the page of progress asks it all day long.
CREATE OR REPLACE FUNCTION register.plate_as_of(on_day date) RETURNS TABLE (
  code text, address text, kind text, reason text, replaces text, batch text, installed_by text,
  installed_at timestamptz, source text, made_up boolean, ordered_at timestamptz, state text
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.code, p.address, p.kind, p.reason, p.replaces, p.batch, p.installed_by, p.installed_at, p.source, p.made_up,
         p.ordered_at, c.state
  FROM register.plate p JOIN register."case" c ON c.machine = 'plate' AND c.subject = p.code
  WHERE on_day >= current_date
  UNION ALL
  SELECT p.code, p.address, p.kind, p.reason, p.replaces, p.batch, p.installed_by, p.installed_at, p.source, p.made_up,
         p.ordered_at, e.to_state
  FROM register.plate p
  CROSS JOIN LATERAL (
    SELECT v.to_state FROM register.case_event v
    WHERE v.machine = 'plate' AND v.subject = p.code AND v.at < on_day + 1
    ORDER BY v.id DESC LIMIT 1
  ) e
  WHERE on_day < current_date
$$;
