-- Notes that this transaction changed the register: one row a transaction, so that writers never wait for each
-- other (a counter in one row would queue them, and could deadlock them). Whoever listens hears of it at commit.
CREATE OR REPLACE FUNCTION register.mark_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = register, pg_temp AS $$
BEGIN
  INSERT INTO register.data_change (transaction) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
  PERFORM pg_notify('register_change', '');
  RETURN NULL;
END
$$;
