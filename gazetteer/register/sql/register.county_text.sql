-- A county with what is above it, as an address begins: 浙江省台州市黄岩区. Levels that are no places (市辖区) are left out.
CREATE OR REPLACE FUNCTION register.county_text(county text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(d.name, '' ORDER BY d.level), '') FROM register.division d
  WHERE d.code IN (left(county, 2) || '0000000000', left(county, 4) || '00000000', county)
    AND d.name NOT IN ('市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划', '直辖县级')
    AND NOT EXISTS (SELECT FROM register.division above WHERE above.code = d.parent AND above.name = d.name)
$$;
