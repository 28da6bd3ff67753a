-- Write into the audit that somebody read precise positions: which markers, through which door. The program's role
-- may add such entries and, as with all of the audit, change none.
CREATE OR REPLACE FUNCTION register.note_read(markers text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT audit.append('read', 'register.boundary_marker', jsonb_build_object('markers', to_jsonb(markers)),
                      NULL, NULL, cardinality(markers))
$$;
REVOKE ALL ON FUNCTION register.note_read FROM PUBLIC;
