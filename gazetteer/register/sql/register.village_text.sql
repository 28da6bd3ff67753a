-- A village as an address says it: without the committee that governs it. 药山村委会 -> 药山村, 塔山村村委会 -> 塔山村,
-- 迎春社区居委会 -> 迎春社区; but 羽村村委会 -> 羽村村. A residents' committee that is no 社区 (城关居委会) keeps its name.
CREATE OR REPLACE FUNCTION register.village_text(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN name ~ '社区(居民委员会|居委会|村民委员会|村委会)$' THEN regexp_replace(name, '社区[^社]*$', '社区')
              WHEN name ~ '..村(村民委员会|村委会)$' THEN regexp_replace(name, '(村民委员会|村委会)$', '')
              ELSE regexp_replace(name, '(.)(村民委员会|村委会)$', '\1村') END
$$;
