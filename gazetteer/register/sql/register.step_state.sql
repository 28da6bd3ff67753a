-- Remembers the state a record comes from, so that (state_before, state) is checked by the foreign key into
-- register.name_transition: no update can jump over the table of transitions. An import that is taken back brings the
-- state from before it with the step that had led there.
CREATE OR REPLACE FUNCTION register.step_state() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.state_before := '';
  ELSIF current_setting('diming.taking_back', true) = 'on' THEN
    RETURN NEW;
  ELSIF NEW.state IS DISTINCT FROM OLD.state THEN
    NEW.state_before := OLD.state;
  ELSE
    NEW.state_before := OLD.state_before;
  END IF;
  RETURN NEW;
END
$$;
