-- Places of cemeteries (穴位) by type at the end of a day, counted from the movements.
CREATE OR REPLACE FUNCTION register.cemetery_places(on_date date)
RETURNS TABLE (facility text, plot text, grave_area_m2 double precision, total bigint, used bigint, reserved bigint, free bigint)
LANGUAGE sql STABLE AS $$
  WITH counted AS (
    SELECT m.facility, m.plot, max(m.grave_area_m2) AS grave_area_m2,
           coalesce(sum(places) FILTER (WHERE change = '新建'), 0) - coalesce(sum(places) FILTER (WHERE change = '封闭'), 0) AS total,
           coalesce(sum(places) FILTER (WHERE change = '使用'), 0) - coalesce(sum(places) FILTER (WHERE change = '迁出'), 0) AS used,
           coalesce(sum(places) FILTER (WHERE change = '预留'), 0) - coalesce(sum(places) FILTER (WHERE change = '取消预留'), 0) AS reserved
    FROM register.cemetery_movement m WHERE m.on_day <= on_date GROUP BY m.facility, m.plot
  )
  SELECT facility, plot, grave_area_m2, total, used, reserved, greatest(total - used - reserved, 0) FROM counted
$$;
