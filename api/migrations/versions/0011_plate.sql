-- 门牌: each plate by its opaque code; where it stands in its life says the case of machine 'plate'.
CREATE TABLE register.plate_maker (
  name text CONSTRAINT pk_plate_maker PRIMARY KEY,
  added_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_plate_maker_name CHECK (char_length(name) BETWEEN 1 AND 60)
);
COMMENT ON TABLE register.plate_maker IS '制作单位';

CREATE TABLE register.plate_batch (
  code text CONSTRAINT pk_plate_batch PRIMARY KEY,
  maker text NOT NULL CONSTRAINT fk_plate_batch_maker REFERENCES register.plate_maker,
  title text NOT NULL,
  town text CONSTRAINT fk_plate_batch_town REFERENCES register.division,
  road text CONSTRAINT fk_plate_batch_road REFERENCES register.road,
  ordered integer NOT NULL,
  made_up boolean NOT NULL DEFAULT false,
  sent_on date NOT NULL,
  received_on date,
  actor text NOT NULL,
  note text NOT NULL DEFAULT '',
  CONSTRAINT ck_plate_batch_ordered CHECK (ordered > 0),
  CONSTRAINT ck_plate_batch_received CHECK (received_on >= sent_on)
);
COMMENT ON TABLE register.plate_batch IS '制作批次: plates that one maker makes in one go';

CREATE TABLE register.plate (
  code text CONSTRAINT pk_plate PRIMARY KEY,
  address text NOT NULL CONSTRAINT fk_plate_address REFERENCES register.address,
  kind text NOT NULL,
  reason text NOT NULL,
  replaces text CONSTRAINT fk_plate_replaces REFERENCES register.plate,
  batch text CONSTRAINT fk_plate_batch REFERENCES register.plate_batch,
  installed_by text NOT NULL DEFAULT '',
  installed_at timestamptz,
  installed_point geometry(Point, 4490),
  accuracy_m real,
  source text NOT NULL DEFAULT '',
  made_up boolean NOT NULL DEFAULT false,
  ordered_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz,
  CONSTRAINT ck_plate_code CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{11}$'),
  CONSTRAINT ck_plate_reason CHECK (reason IN ('新编', '变更', '换发', '补发')),
  CONSTRAINT ck_plate_accuracy CHECK (accuracy_m >= 0)
);
CREATE INDEX ix_plate_address ON register.plate (address);
CREATE UNIQUE INDEX uq_plate_replaces ON register.plate (replaces) WHERE retired_at IS NULL;
CREATE INDEX ix_plate_batch ON register.plate (batch) WHERE batch IS NOT NULL;
CREATE INDEX ix_plate_ordered ON register.plate (ordered_at);
COMMENT ON COLUMN register.plate.installed_point IS '安装位置, CGCS2000; precise, for the office only';
COMMENT ON COLUMN register.plate.accuracy_m IS 'what the phone said about its own position, metres';

CREATE TABLE register.plate_fault (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_plate_fault PRIMARY KEY,
  plate text NOT NULL CONSTRAINT fk_plate_fault_plate REFERENCES register.plate,
  batch text NOT NULL CONSTRAINT fk_plate_fault_batch REFERENCES register.plate_batch,
  fault text NOT NULL,
  actor text NOT NULL,
  found_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_plate_fault_text CHECK (char_length(fault) BETWEEN 1 AND 200)
);
CREATE INDEX ix_plate_fault_batch ON register.plate_fault (batch);
CREATE INDEX ix_plate_fault_plate ON register.plate_fault (plate);
COMMENT ON TABLE register.plate_fault IS '到货问题: what was wrong with a plate when it came';

CREATE TABLE register.plate_repair (
  code text CONSTRAINT pk_plate_repair PRIMARY KEY,
  plate text NOT NULL CONSTRAINT fk_plate_repair_plate REFERENCES register.plate,
  cause text NOT NULL,
  note text NOT NULL DEFAULT '',
  reporter text NOT NULL,
  origin text NOT NULL DEFAULT '',
  replacement text CONSTRAINT fk_plate_repair_replacement REFERENCES register.plate,
  made_up boolean NOT NULL DEFAULT false,
  reported_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_plate_repair_cause CHECK (cause IN ('damaged', 'missing', 'loose', 'faded', 'wrong', 'code')),
  CONSTRAINT ck_plate_repair_note CHECK (char_length(note) <= 200)
);
CREATE INDEX ix_plate_repair_plate ON register.plate_repair (plate);
CREATE INDEX ix_plate_repair_origin ON register.plate_repair (origin, reported_at) WHERE origin <> '';
COMMENT ON TABLE register.plate_repair IS '维修工单: a defect that somebody saw, and what came of it';
COMMENT ON COLUMN register.plate_repair.origin IS 'a digest of the network address and the day, to slow down floods';

CREATE TABLE register.plate_check (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_plate_check PRIMARY KEY,
  title text NOT NULL,
  rate numeric NOT NULL,
  seed integer NOT NULL,
  day date NOT NULL,
  population integer NOT NULL,
  made_up boolean NOT NULL DEFAULT false,
  actor text NOT NULL,
  drawn_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_plate_check_rate CHECK (rate > 0 AND rate <= 1)
);
COMMENT ON TABLE register.plate_check IS '抽查: a seeded sample of hung plates, drawn in proportion to maker and township';
CREATE TABLE register.plate_check_item (
  "check" bigint NOT NULL CONSTRAINT fk_plate_check_item_check REFERENCES register.plate_check,
  plate text NOT NULL CONSTRAINT fk_plate_check_item_plate REFERENCES register.plate,
  maker text NOT NULL,
  town text NOT NULL,
  passed boolean,
  fault text NOT NULL DEFAULT '',
  actor text NOT NULL DEFAULT '',
  at timestamptz,
  CONSTRAINT pk_plate_check_item PRIMARY KEY ("check", plate),
  CONSTRAINT ck_plate_check_item_judged CHECK ((passed IS NULL) = (at IS NULL))
);

CREATE TABLE register.plate_sync (
  key uuid CONSTRAINT pk_plate_sync PRIMARY KEY,
  plate text NOT NULL CONSTRAINT fk_plate_sync_plate REFERENCES register.plate,
  act text NOT NULL,
  answer jsonb NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE register.plate_sync IS 'acts that phones sent, by the key each made: a second sending does nothing twice';

CREATE TABLE access.plate_look (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_plate_look PRIMARY KEY,
  origin text NOT NULL,
  missed boolean NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ix_plate_look_origin ON access.plate_look (origin, at);
COMMENT ON TABLE access.plate_look IS 'plates looked up without a valid signature, by digest of the asker and the day';

-- The list of plates is the list of their codes: a key must be made for it.
ALTER TABLE access.api_key DROP CONSTRAINT ck_api_key_scopes;
ALTER TABLE access.api_key ADD CONSTRAINT ck_api_key_scopes
  CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'batch', 'write', 'feed', 'plates']);

INSERT INTO register.case_state (machine, state, label, final) VALUES
  ('plate', 'ordered', '待制作', false),
  ('plate', 'making', '制作中', false),
  ('plate', 'arrived', '已到货', false),
  ('plate', 'hung', '已安装', false),
  ('plate', 'damaged', '损坏', false),
  ('plate', 'missing', '缺失', false),
  ('plate', 'replaced', '已更换', false),
  ('plate', 'retired', '已注销', true),
  ('plate-repair', 'open', '待处理', false),
  ('plate-repair', 'working', '处理中', false),
  ('plate-repair', 'done', '已办结', true),
  ('plate-repair', 'refused', '不属实', true);

INSERT INTO register.case_transition (machine, act, from_state, to_state, label, roles) VALUES
  ('plate', 'make', 'ordered', 'making', '交付制作', '{officer,reviewer}'),
  ('plate', 'remake', 'making', 'ordered', '退回重做', '{officer,reviewer,counter}'),
  ('plate', 'receive', 'making', 'arrived', '收货', '{officer,reviewer,counter}'),
  ('plate', 'hang', 'arrived', 'hung', '安装', '{officer,reviewer,township,inspector}'),
  ('plate', 'damage', 'hung', 'damaged', '报损', '{officer,reviewer,township,inspector,counter}'),
  ('plate', 'lose', 'hung', 'missing', '报缺失', '{officer,reviewer,township,inspector,counter}'),
  ('plate', 'lose', 'damaged', 'missing', '报缺失', '{officer,reviewer,township,inspector,counter}'),
  ('plate', 'mend', 'damaged', 'hung', '修复', '{officer,reviewer,township,inspector}'),
  ('plate', 'mend', 'missing', 'hung', '找回装好', '{officer,reviewer,township,inspector}'),
  ('plate', 'replace', 'hung', 'replaced', '换新', '{officer,reviewer,township,inspector}'),
  ('plate', 'replace', 'damaged', 'replaced', '换新', '{officer,reviewer,township,inspector}'),
  ('plate', 'replace', 'missing', 'replaced', '换新', '{officer,reviewer,township,inspector}'),
  ('plate', 'retire', 'ordered', 'retired', '注销', '{officer,reviewer,counter}'),
  ('plate', 'retire', 'making', 'retired', '注销', '{officer,reviewer,counter}'),
  ('plate', 'retire', 'arrived', 'retired', '注销', '{officer,reviewer,counter}'),
  ('plate', 'retire', 'hung', 'retired', '注销', '{officer,reviewer,counter}'),
  ('plate', 'retire', 'damaged', 'retired', '注销', '{officer,reviewer,counter}'),
  ('plate', 'retire', 'missing', 'retired', '注销', '{officer,reviewer,counter}'),
  ('plate', 'retire', 'replaced', 'retired', '注销', '{officer,reviewer,counter}'),
  ('plate-repair', 'take', 'open', 'working', '派单', '{officer,reviewer,township}'),
  ('plate-repair', 'finish', 'open', 'done', '办结', '{officer,reviewer,township,inspector}'),
  ('plate-repair', 'finish', 'working', 'done', '办结', '{officer,reviewer,township,inspector}'),
  ('plate-repair', 'refuse', 'open', 'refused', '不属实', '{officer,reviewer,township}'),
  ('plate-repair', 'refuse', 'working', 'refused', '不属实', '{officer,reviewer,township}');
