-- Where what the public reports lies: by the record that it names, or else by its point; null where neither tells.
CREATE OR REPLACE FUNCTION register.report_division() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.division := coalesce(
    (SELECT division FROM register.address WHERE code = NEW.code AND NEW.code <> ''),
    (SELECT division FROM register.place WHERE code = NEW.code AND NEW.code <> ''),
    (SELECT division FROM register.road WHERE code = NEW.code AND NEW.code <> ''),
    (SELECT code FROM register.division WHERE valid_to IS NULL AND level <= 4 AND ST_Intersects(boundary, NEW.point)
     ORDER BY level DESC LIMIT 1));
  RETURN NEW;
END
$$;
