-- Whether a case, its steps, its clocks and its papers show to the caller of this transaction (可见范围): as the record does
-- that it is about. Cases of boundary lines, which lie between two divisions, are held by boundary/access.py.
CREATE OR REPLACE FUNCTION access.sees_case(machine text, subject text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT access.sees_all() OR CASE machine
    WHEN 'proposal' THEN EXISTS (SELECT FROM register.proposal p WHERE p.code = subject)
    WHEN 'name_sign' THEN EXISTS (SELECT FROM register.name_sign s WHERE s.code = subject)
    WHEN 'registration' THEN EXISTS (SELECT FROM register.registration g WHERE g.code = subject)
    WHEN 'plate' THEN EXISTS (SELECT FROM register.plate p WHERE p.code = subject)
    WHEN 'plate-repair' THEN EXISTS (SELECT FROM register.plate_repair r WHERE r.code = subject)
    WHEN 'cemetery' THEN EXISTS (SELECT FROM register.cemetery_check k WHERE 'K' || k.id = subject)
    ELSE true END
$$;
