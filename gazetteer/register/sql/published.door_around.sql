-- Doors (门牌点) of published.address_point that lie in a frame, by code and place alone; for tiles that only count them.
-- Which doors are not in force is asked once, of two indexes: they are few, and looking thirty thousand others up in the
-- register one by one was nine tenths of a tile.
CREATE OR REPLACE FUNCTION published.door_around(around geometry)
RETURNS TABLE (code text, geom geometry)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.address, p.geom FROM register.address_point p
  WHERE p.geom && around AND p.address NOT IN (
    SELECT a.code FROM register.address a WHERE a.valid_to <= current_date
    UNION ALL
    SELECT a.code FROM register.address a WHERE a.valid_from > current_date)
$$;
