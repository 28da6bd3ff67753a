-- 更名、并名、销名 as one act each, so that it can be shown and undone.
CREATE TABLE register.renaming (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_renaming PRIMARY KEY,
  kind text NOT NULL,
  code text NOT NULL,
  act text NOT NULL,
  old_name text NOT NULL,
  new_name text NOT NULL DEFAULT '',
  successor text,
  on_day date NOT NULL,
  reason text NOT NULL DEFAULT '',
  document text NOT NULL DEFAULT '',
  alias bigint,
  moved text[] NOT NULL DEFAULT '{}',
  merged text[] NOT NULL DEFAULT '{}',
  addresses integer NOT NULL DEFAULT 0,
  actor text NOT NULL,
  act_id uuid DEFAULT audit.current_act(),
  at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz,
  undone_by text NOT NULL DEFAULT '',
  CONSTRAINT ck_renaming_kind CHECK (kind IN ('road', 'place')),
  CONSTRAINT ck_renaming_act CHECK (act IN ('更名', '并名', '销名')),
  CONSTRAINT fk_renaming_alias FOREIGN KEY (alias) REFERENCES register.alias (id)
);
CREATE INDEX ix_renaming_code ON register.renaming (code, id);
COMMENT ON COLUMN register.renaming.moved IS 'codes of the addresses that follow; after 并名 they stand on the successor';
COMMENT ON COLUMN register.renaming.merged IS 'doors that both names had: the losing code ends and points to the kept one';
INSERT INTO register.name_transition (before, state) VALUES ('未登记', '更名'), ('更名', '现行');

-- 道路排查: one run over the network with its rule version; findings keep their state from run to run by key.
CREATE TABLE register.road_audit (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_road_audit PRIMARY KEY,
  run_on date NOT NULL DEFAULT current_date,
  rule_version text NOT NULL,
  rule jsonb NOT NULL,
  segments integer NOT NULL,
  seconds double precision NOT NULL,
  counts jsonb NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE register.road_finding (
  code text DEFAULT register.new_code('Q') CONSTRAINT pk_road_finding PRIMARY KEY,
  key text NOT NULL CONSTRAINT uq_road_finding_key UNIQUE,
  kind text NOT NULL,
  township text,
  title text NOT NULL,
  evidence text NOT NULL,
  remedy text NOT NULL,
  roads text[] NOT NULL DEFAULT '{}',
  segments bigint[] NOT NULL DEFAULT '{}',
  detail jsonb NOT NULL DEFAULT '{}',
  geom geometry(Geometry, 4490),
  length_m double precision,
  state text NOT NULL DEFAULT '待处理',
  reason text NOT NULL DEFAULT '',
  proposal text,
  first_run bigint NOT NULL,
  last_run bigint NOT NULL,
  found_on date NOT NULL DEFAULT current_date,
  settled_on date,
  version integer NOT NULL DEFAULT 1,
  act_id uuid DEFAULT audit.current_act(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  made_up boolean NOT NULL DEFAULT false,
  CONSTRAINT ck_road_finding_state CHECK (state IN ('待处理', '已发起', '已解决', '不是问题')),
  CONSTRAINT ck_road_finding_reason CHECK (state <> '不是问题' OR reason <> ''),
  CONSTRAINT fk_road_finding_first FOREIGN KEY (first_run) REFERENCES register.road_audit (id),
  CONSTRAINT fk_road_finding_last FOREIGN KEY (last_run) REFERENCES register.road_audit (id),
  CONSTRAINT fk_road_finding_township FOREIGN KEY (township) REFERENCES register.division (code)
);
CREATE INDEX ix_road_finding_kind ON register.road_finding (kind, state, township);
CREATE INDEX ix_road_finding_geom ON register.road_finding USING gist (geom);

-- 国家地名库核对: one batch a file, one row a record of either side, and a state for every row.
CREATE TABLE register.exchange_batch (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_exchange_batch PRIMARY KEY,
  file_name text NOT NULL,
  sha256 text NOT NULL,
  rule_version text NOT NULL,
  row_count integer NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  act_id uuid DEFAULT audit.current_act()
);
CREATE TABLE register.exchange_row (
  batch bigint NOT NULL,
  number integer NOT NULL,
  place_code text NOT NULL DEFAULT '',
  name text NOT NULL,
  side text NOT NULL,
  kind text,
  code text,
  matched_by text NOT NULL DEFAULT '',
  theirs jsonb NOT NULL DEFAULT '{}',
  ours jsonb NOT NULL DEFAULT '{}',
  differing text[] NOT NULL DEFAULT '{}',
  choice jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT '待核',
  note text NOT NULL DEFAULT '',
  checked_by text NOT NULL DEFAULT '',
  checked_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT pk_exchange_row PRIMARY KEY (batch, number),
  CONSTRAINT fk_exchange_row_batch FOREIGN KEY (batch) REFERENCES register.exchange_batch (id),
  CONSTRAINT ck_exchange_row_state CHECK (state IN ('待核', '一致', '需改', '已改', '存疑')),
  CONSTRAINT ck_exchange_row_side CHECK (side IN ('both', 'national', 'local')),
  CONSTRAINT ck_exchange_row_doubt CHECK (state <> '存疑' OR note <> '')
);
CREATE INDEX ix_exchange_row_state ON register.exchange_row (batch, state, number);
-- 国家库类别码表、省平台数据项: the bureau's own rows take the place of those that come with the program.
CREATE TABLE register.exchange_term (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_exchange_term PRIMARY KEY,
  list text NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  place text NOT NULL,
  certainty text NOT NULL,
  source text NOT NULL,
  imported_by text NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz,
  act_id uuid DEFAULT audit.current_act(),
  CONSTRAINT ck_exchange_term_list CHECK (list IN ('class', 'item')),
  CONSTRAINT ck_exchange_term_certainty CHECK (certainty IN ('S', 'L', 'G')),
  CONSTRAINT ck_exchange_term_source CHECK (source <> ''),
  CONSTRAINT ck_exchange_term_code CHECK (list <> 'class' OR code ~ '^[0-9]{5}$')
);
CREATE UNIQUE INDEX uq_exchange_term ON register.exchange_term (list, code, place) WHERE retired_at IS NULL;
COMMENT ON COLUMN register.exchange_term.place IS
  'class: category and kind it is given to (E, C/village); item: the field of a record that fills it, empty for none';
COMMENT ON COLUMN register.exchange_term.certainty IS 'S the text was read, L likely, G a guess to be settled';
CREATE TABLE register.place_code (
  place_code text CONSTRAINT pk_place_code PRIMARY KEY,
  kind text NOT NULL,
  code text NOT NULL,
  given_on date NOT NULL DEFAULT current_date,
  certainty text NOT NULL DEFAULT 'S',
  retired_on date,
  CONSTRAINT ck_place_code_digits CHECK (place_code ~ '^[0-9]{20}$'),
  CONSTRAINT ck_place_code_certainty CHECK (certainty IN ('S', 'L', 'G'))
);
-- The code first: a plan made before the table's size is known then still looks each record up by itself.
CREATE UNIQUE INDEX uq_place_code_record ON register.place_code (code, kind) WHERE retired_on IS NULL;
COMMENT ON TABLE register.place_code IS '地名代码 (20 digits) of roads and of places that had none; unique for ever';
COMMENT ON COLUMN register.place_code.certainty IS
  'that of its class when it was given: a G code is provisional and is replaced once the bureau settles the class';
CREATE TABLE register.push (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_push PRIMARY KEY,
  change bigint NOT NULL,
  form text NOT NULL,
  target text NOT NULL,
  body jsonb NOT NULL,
  answer text NOT NULL DEFAULT '',
  delivered_at timestamptz,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_push_change UNIQUE (target, change)
);

-- 变更订阅: what changed, numbered only once every earlier transaction has ended, so that no number comes late.
CREATE TABLE register.change (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_change PRIMARY KEY,
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
  kind text NOT NULL,
  code text NOT NULL,
  op text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  seq bigint CONSTRAINT uq_change_seq UNIQUE,
  CONSTRAINT ck_change_op CHECK (op IN ('insert', 'update', 'retire'))
);
CREATE INDEX ix_change_unnumbered ON register.change (transaction, id) WHERE seq IS NULL;

-- 地名文化
CREATE TABLE register.heritage (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_heritage PRIMARY KEY,
  kind text NOT NULL,
  code text NOT NULL,
  class text NOT NULL,
  level text NOT NULL DEFAULT '',
  since_year integer,
  evidence text NOT NULL,
  listed_on date,
  document text NOT NULL DEFAULT '',
  protection text NOT NULL DEFAULT '',
  retired_at timestamptz,
  made_up boolean NOT NULL DEFAULT false,
  act_id uuid DEFAULT audit.current_act(),
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_heritage_kind CHECK (kind IN ('road', 'place')),
  CONSTRAINT ck_heritage_evidence CHECK (evidence <> ''),
  CONSTRAINT ck_heritage_year CHECK (since_year BETWEEN -3000 AND 2200)
);
CREATE INDEX ix_heritage_code ON register.heritage (code);
CREATE TABLE register.story (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_story PRIMARY KEY,
  kind text NOT NULL,
  code text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  teller text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT '草稿',
  made_up boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  act_id uuid DEFAULT audit.current_act(),
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_story_kind CHECK (kind IN ('road', 'place')),
  CONSTRAINT ck_story_state CHECK (state IN ('草稿', '公开', '撤下')),
  CONSTRAINT ck_story_title CHECK (char_length(title) BETWEEN 1 AND 100),
  CONSTRAINT ck_story_body CHECK (char_length(body) BETWEEN 1 AND 20000)
);
CREATE INDEX ix_story_code ON register.story (code);
CREATE TABLE register.planned_name (
  code text DEFAULT register.new_code('G') CONSTRAINT pk_planned_name PRIMARY KEY,
  name text NOT NULL,
  category text NOT NULL,
  division text,
  plan text NOT NULL,
  approved_on date,
  meaning text NOT NULL DEFAULT '',
  geom geometry(Geometry, 4490),
  used_by text,
  retired_at timestamptz,
  source text NOT NULL DEFAULT '',
  made_up boolean NOT NULL DEFAULT false,
  act_id uuid DEFAULT audit.current_act(),
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_planned_name_category CHECK (category ~ '^[A-H]$'),
  CONSTRAINT ck_planned_name_named CHECK (name <> ''),
  CONSTRAINT uq_planned_name UNIQUE NULLS NOT DISTINCT (plan, name, division),
  CONSTRAINT fk_planned_name_division FOREIGN KEY (division) REFERENCES register.division (code)
);
CREATE INDEX ix_planned_name_geom ON register.planned_name USING gist (geom);
CREATE INDEX ix_planned_name_name ON register.planned_name (name);
