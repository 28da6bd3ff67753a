-- Place names (地名) in force as anybody may see them; what was only met on doors (未登记) is not a name yet.
CREATE OR REPLACE VIEW published.place AS
  SELECT l.code, l.national_code, l.category, l.class_code, l.standard_name, l.specific, l.generic, l.romanisation,
         l.pinyin, l.origin, l.meaning, l.history, l.heritage, l.state, l.division, d.name AS division_name,
         l.location, l.valid_from, l.made_up, register.data_note(l.made_up) AS data_note, l.geom
  FROM register.place l LEFT JOIN register.division d ON d.code = l.division
  WHERE l.state = '现行' AND register.is_in_force(l.valid_from, l.valid_to, current_date);
