-- 号码占用: one row a number that is held, kept back or used, so that two officers never get the same.
CREATE TABLE register.number_claim (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_number_claim PRIMARY KEY,
  handle text NOT NULL,
  number text NOT NULL,
  main integer GENERATED ALWAYS AS (left(substring(number FROM '^[0-9]+'), 9)::integer) STORED,
  sub text NOT NULL DEFAULT '',
  state text NOT NULL,
  along_m double precision,
  side smallint,
  batch bigint,
  registration text,
  address text CONSTRAINT fk_number_claim_address REFERENCES register.address,
  actor text NOT NULL,
  reason text NOT NULL DEFAULT '',
  claimed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_number_claim_state CHECK (state IN ('held', 'reserved', 'used', 'released')),
  CONSTRAINT ck_number_claim_number CHECK (number ~ '^[0-9]')
);
CREATE UNIQUE INDEX uq_number_claim ON register.number_claim (handle, number, sub) WHERE state <> 'released';
CREATE INDEX ix_number_claim_main ON register.number_claim (handle, main DESC) WHERE state <> 'released';
CREATE INDEX ix_number_claim_registration ON register.number_claim (registration) WHERE registration IS NOT NULL;
CREATE INDEX ix_number_claim_batch ON register.number_claim (batch) WHERE batch IS NOT NULL;
COMMENT ON TABLE register.number_claim IS '号码占用与预留号: the unique key is what keeps officers apart, whatever the program does';

CREATE TABLE register.number_batch (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_number_batch PRIMARY KEY,
  kind text NOT NULL,
  title text NOT NULL,
  handle text NOT NULL DEFAULT '',
  rules text NOT NULL,
  row_count integer NOT NULL,
  actor text NOT NULL,
  actor_shown text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz,
  undone_by text,
  CONSTRAINT ck_number_batch_kind CHECK (kind IN ('street', 'village', 'estate', 'import'))
);
COMMENT ON TABLE register.number_batch IS '批量编号: a street, an estate or a file written in one stroke; undone as a whole';
CREATE TABLE register.number_batch_row (
  batch bigint NOT NULL CONSTRAINT fk_number_batch_row_batch REFERENCES register.number_batch,
  address text NOT NULL CONSTRAINT fk_number_batch_row_address REFERENCES register.address,
  CONSTRAINT pk_number_batch_row PRIMARY KEY (batch, address)
);
CREATE INDEX ix_number_batch_row_address ON register.number_batch_row (address);

-- 门牌登记: one case; who applied stands in a table of its own that no public answer reads.
CREATE TABLE register.registration (
  code text DEFAULT register.new_code('G') CONSTRAINT pk_registration PRIMARY KEY,
  kind text NOT NULL,
  channel text NOT NULL DEFAULT '窗口',
  address text CONSTRAINT fk_registration_address REFERENCES register.address,
  result text CONSTRAINT fk_registration_result REFERENCES register.address,
  county text NOT NULL CONSTRAINT fk_registration_county REFERENCES register.division,
  town text CONSTRAINT fk_registration_town REFERENCES register.division,
  comm text CONSTRAINT fk_registration_comm REFERENCES register.division,
  handle_kind text NOT NULL DEFAULT 'road',
  handle text,
  handle_name text NOT NULL DEFAULT '',
  number text NOT NULL DEFAULT '',
  sub text NOT NULL DEFAULT '',
  bld text NOT NULL DEFAULT '',
  unit text NOT NULL DEFAULT '',
  room text NOT NULL DEFAULT '',
  temporary boolean NOT NULL DEFAULT false,
  plate_size text NOT NULL DEFAULT '小门牌',
  postcode text NOT NULL DEFAULT '',
  former text NOT NULL DEFAULT '',
  successor text CONSTRAINT fk_registration_successor REFERENCES register.address,
  same_as text[] NOT NULL DEFAULT '{}',
  materials text[] NOT NULL DEFAULT '{}',
  note text NOT NULL DEFAULT '',
  point geometry(Point, 4490),
  rules text NOT NULL,
  batch bigint CONSTRAINT fk_registration_batch REFERENCES register.number_batch,
  private_hash text NOT NULL DEFAULT '',
  applied_on date NOT NULL DEFAULT current_date,
  decided_on date,
  decided_by text NOT NULL DEFAULT '',
  seconds integer,
  made_up boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT ck_registration_kind CHECK (kind IN ('新编', '变更', '换发', '补发', '注销', '证明')),
  CONSTRAINT ck_registration_channel CHECK (channel IN ('窗口', '网上', '批量', '接口')),
  CONSTRAINT ck_registration_handle CHECK (handle_kind IN ('road', 'natvil', 'estate')),
  CONSTRAINT ck_registration_note CHECK (char_length(note) <= 500)
);
CREATE INDEX ix_registration_applied_on ON register.registration (applied_on DESC, code);
CREATE INDEX ix_registration_address ON register.registration (address) WHERE address IS NOT NULL;
CREATE INDEX ix_registration_result ON register.registration (result) WHERE result IS NOT NULL;
COMMENT ON TABLE register.registration IS '门牌登记 新编 变更 换发 补发 注销 证明';
COMMENT ON COLUMN register.registration.seconds IS 'from opening the form to handing it in, for the median of the counter';
COMMENT ON COLUMN register.registration.same_as IS '证明：与标准地址指向同一不动产的其他写法';

CREATE TABLE register.registration_person (
  registration text CONSTRAINT pk_registration_person PRIMARY KEY
    CONSTRAINT fk_registration_person_registration REFERENCES register.registration,
  applicant_kind text NOT NULL DEFAULT '个人',
  applicant text NOT NULL DEFAULT '',
  id_number text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  title_number text NOT NULL DEFAULT '',
  CONSTRAINT ck_registration_person_kind CHECK (applicant_kind IN ('个人', '单位')),
  CONSTRAINT ck_registration_person_length CHECK (char_length(applicant) <= 100 AND char_length(title_number) <= 100)
);
COMMENT ON TABLE register.registration_person IS '申请人: personal data; never in a public answer, a log or the audit';

CREATE TABLE register.registration_version (
  registration text NOT NULL CONSTRAINT fk_registration_version_registration REFERENCES register.registration,
  version integer NOT NULL,
  fields jsonb NOT NULL,
  person jsonb NOT NULL,
  changed text[] NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT pk_registration_version PRIMARY KEY (registration, version)
);
COMMENT ON TABLE register.registration_version IS '补正前的内容: an application as it was before it was corrected; rows are only ever added';
COMMENT ON COLUMN register.registration_version.person IS 'personal data, like registration_person';

CREATE TABLE register.registration_paper (
  number text CONSTRAINT pk_registration_paper PRIMARY KEY,
  registration text NOT NULL CONSTRAINT fk_registration_paper_registration REFERENCES register.registration,
  kind text NOT NULL,
  issued_on date NOT NULL,
  actor text NOT NULL,
  CONSTRAINT ck_registration_paper_kind CHECK (kind IN ('门牌证', '地名证明')),
  CONSTRAINT uq_registration_paper UNIQUE (registration, kind)
);
CREATE SEQUENCE register.paper_number;

CREATE TABLE register.address_succession (
  predecessor text NOT NULL CONSTRAINT fk_address_succession_predecessor REFERENCES register.address,
  successor text NOT NULL CONSTRAINT fk_address_succession_successor REFERENCES register.address,
  on_day date NOT NULL,
  reason text NOT NULL,
  CONSTRAINT pk_address_succession PRIMARY KEY (predecessor, successor),
  CONSTRAINT ck_address_succession_other CHECK (predecessor <> successor)
);
CREATE INDEX ix_address_succession_successor ON register.address_succession (successor);
COMMENT ON TABLE register.address_succession IS '地址承继: which address took the place of a retired one';

-- 编号诊断
CREATE TABLE register.diagnosis_run (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_diagnosis_run PRIMARY KEY,
  rules text NOT NULL,
  actor text NOT NULL,
  scope text NOT NULL DEFAULT '',
  doors integer NOT NULL,
  handles integer NOT NULL,
  found integer NOT NULL,
  seconds real NOT NULL,
  counts jsonb NOT NULL,
  skipped text[] NOT NULL DEFAULT '{}',
  ran_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE register.diagnosis_finding (
  key text CONSTRAINT pk_diagnosis_finding PRIMARY KEY,
  kind text NOT NULL,
  handle text NOT NULL,
  handle_name text NOT NULL,
  town text,
  addresses text[] NOT NULL DEFAULT '{}',
  numbers text NOT NULL DEFAULT '',
  along_m real,
  side smallint,
  evidence text NOT NULL,
  remedy text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  note text NOT NULL DEFAULT '',
  state_by text NOT NULL DEFAULT '',
  state_at timestamptz,
  first_run bigint NOT NULL CONSTRAINT fk_diagnosis_finding_first_run REFERENCES register.diagnosis_run,
  last_run bigint NOT NULL CONSTRAINT fk_diagnosis_finding_last_run REFERENCES register.diagnosis_run,
  CONSTRAINT ck_diagnosis_finding_kind CHECK (kind ~ '^D([1-9]|10)$'),
  CONSTRAINT ck_diagnosis_finding_state CHECK (state IN ('open', 'confirmed', 'repaired', 'dismissed', 'gone'))
);
CREATE INDEX ix_diagnosis_finding_handle ON register.diagnosis_finding (handle, state);
CREATE INDEX ix_diagnosis_finding_kind ON register.diagnosis_finding (kind, state, town);
COMMENT ON COLUMN register.diagnosis_finding.state IS 'open 待处理, confirmed 属实, repaired 已整改, dismissed 不是问题, gone 复查已消失';

CREATE TABLE register.plate_seen (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_plate_seen PRIMARY KEY,
  face text NOT NULL,
  handle text,
  number text NOT NULL DEFAULT '',
  point geometry(Point, 4490),
  reporter text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  CONSTRAINT ck_plate_seen_face CHECK (char_length(face) BETWEEN 1 AND 100)
);
COMMENT ON TABLE register.plate_seen IS '现场看到的牌: what hangs there, read off by an inspector; D10 finds those nobody registered';

INSERT INTO register.case_state (machine, state, label, final) VALUES
  ('registration', 'submitted', '已提交', false),
  ('registration', 'accepted', '已受理', false),
  ('registration', 'returned', '待补正', false),
  ('registration', 'approved', '已办结', true),
  ('registration', 'refused', '不予办理', true),
  ('registration', 'withdrawn', '已撤回', true);
INSERT INTO register.case_transition (machine, act, from_state, to_state, label, roles) VALUES
  ('registration', 'accept', 'submitted', 'accepted', '受理', '{officer,reviewer,counter}'),
  ('registration', 'return', 'submitted', 'returned', '退回补正', '{officer,reviewer,counter}'),
  ('registration', 'return', 'accepted', 'returned', '退回补正', '{officer,reviewer,counter}'),
  ('registration', 'resubmit', 'returned', 'submitted', '补正后提交', '{officer,reviewer,counter,public}'),
  ('registration', 'approve', 'accepted', 'approved', '核准', '{officer,reviewer,counter}'),
  ('registration', 'undo', 'approved', 'withdrawn', '整批撤销', '{officer,reviewer,counter}'),
  ('registration', 'refuse', 'submitted', 'refused', '不予办理', '{officer,reviewer,counter}'),
  ('registration', 'refuse', 'accepted', 'refused', '不予办理', '{officer,reviewer,counter}'),
  ('registration', 'withdraw', 'submitted', 'withdrawn', '撤回', '{officer,reviewer,counter,public}'),
  ('registration', 'withdraw', 'accepted', 'withdrawn', '撤回', '{officer,reviewer,counter,public}'),
  ('registration', 'withdraw', 'returned', 'withdrawn', '撤回', '{officer,reviewer,counter,public}');
