-- The auxiliary form (辅地址) of a door on a road that belongs to an estate: the same door named by the estate.
CREATE OR REPLACE FUNCTION register.auxiliary_address(
  county text, town text, handle_kind text, estate_name text, bld text, unit text, floor text, room text
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN handle_kind <> 'estate' AND estate_name <> ''
              THEN coalesce(county, '') || coalesce(town, '') || estate_name
                   || register.inside_text(bld, unit, floor, room)
              ELSE '' END
$$;
