-- The standard address (标准地址) from its elements: 省市区+镇街+(路+号 | 村+自然村+号 | 小区+幢)+[单元]+[层]+[室].
-- ``county`` comes with province and city before it (register.county_text). The village is said only before a natural
-- village, where it tells namesakes apart, and without its committee; elsewhere it may be left out.
CREATE OR REPLACE FUNCTION register.display_address(
  county text, town text, comm text, handle_kind text, handle_name text, number text, sub text,
  estate_name text, bld text, unit text, floor text, room text
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(county, '') || coalesce(town, '')
      || CASE WHEN handle_kind = 'natvil' AND register.village_text(coalesce(comm, '')) <> handle_name
              THEN register.village_text(coalesce(comm, '')) ELSE '' END
      || CASE WHEN handle_kind = 'estate'
              THEN handle_name || register.inside_text(bld, '', '', '') || register.number_text(number, sub)
                   || register.inside_text('', unit, floor, room)
              ELSE handle_name || register.number_text(number, sub) || register.inside_text(bld, unit, floor, room)
         END
$$;
