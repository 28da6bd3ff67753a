-- Make anew what addresses derive from the names of their handle and estate; the codes stay. Gives how many were written.
-- A plain function and not an update in the program, so that renaming, merging and undoing cannot differ.
CREATE OR REPLACE FUNCTION register.rederive_addresses(codes text[], on_day date) RETURNS bigint
LANGUAGE sql VOLATILE AS $$
  WITH named AS (
    SELECT a.code, register.county_text(c.code) AS county, coalesce(t.name, '') AS town, coalesce(v.name, '') AS comm,
           coalesce(CASE a.handle_kind WHEN 'road' THEN r.name WHEN 'natvil' THEN n.standard_name
                                       ELSE e.standard_name END, a.handle_name) AS handle,
           CASE WHEN a.estate_name = '' THEN '' ELSE coalesce(e.standard_name, a.estate_name) END AS estate
    FROM register.address a
    JOIN register.division c ON c.code = a.county
    LEFT JOIN register.division t ON t.code = a.town
    LEFT JOIN register.division v ON v.code = a.comm
    LEFT JOIN register.road r ON r.code = a.road
    LEFT JOIN register.place n ON n.code = a.natvil
    LEFT JOIN register.place e ON e.code = a.estate
    WHERE a.code = ANY (codes)
  ), written AS (
    UPDATE register.address a SET
      handle_name = n.handle, estate_name = n.estate, valid_from = greatest(a.valid_from, on_day), version = a.version + 1,
      standard_address = register.display_address(
        n.county, n.town, n.comm, a.handle_kind, n.handle, a.number, a.sub, n.estate, a.bld, a.unit, a.floor, a.room),
      auxiliary_address = CASE WHEN a.auxiliary_address = '' THEN '' ELSE register.auxiliary_address(
        n.county, n.town, a.handle_kind, n.estate, a.bld, a.unit, a.floor, a.room) END
    FROM named n WHERE n.code = a.code
    RETURNING 1
  )
  SELECT count(*) FROM written
$$;
