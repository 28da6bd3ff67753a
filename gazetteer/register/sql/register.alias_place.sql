-- Where the names of an alias lie: the division of each of its targets.
CREATE OR REPLACE VIEW register.alias_place AS
SELECT t.alias, coalesce(t.division, r.division, l.division, a.division) AS division
FROM register.alias_target t
LEFT JOIN register.road r ON r.code = t.road
LEFT JOIN register.place l ON l.code = t.place
LEFT JOIN register.address a ON a.code = t.address;
