-- Record that protected values were read (读取留痕): precise coordinates of markers, personal data.
CREATE OR REPLACE FUNCTION audit.note_read(table_name text, key jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT audit.append('read', table_name, key, NULL, NULL, 1) $$;
REVOKE ALL ON FUNCTION audit.note_read FROM PUBLIC;
