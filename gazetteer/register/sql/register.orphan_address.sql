-- Addresses (地址) in force that no name in force carries: the query that proves a renaming left none behind.
-- Either the handle has ended, or what the address says differs from the name its handle has now.
CREATE OR REPLACE VIEW register.orphan_address AS
  SELECT a.code, a.standard_address, a.handle_kind, a.handle_name, h.code AS handle, h.name AS now_called,
         CASE WHEN h.ended THEN '所属名称已停用' ELSE '门牌文字与现名不一致' END AS why
  FROM register.address a
  JOIN LATERAL (
    SELECT r.code, r.name, r.valid_to IS NOT NULL AS ended FROM register.road r
    WHERE a.handle_kind = 'road' AND r.code = a.road
    UNION ALL
    SELECT p.code, p.standard_name, p.valid_to IS NOT NULL FROM register.place p
    WHERE p.code = CASE a.handle_kind WHEN 'natvil' THEN a.natvil WHEN 'estate' THEN a.estate END
  ) h ON true
  WHERE a.valid_to IS NULL
    AND (h.ended OR h.name <> a.handle_name OR position(h.name IN a.standard_address) = 0);
