-- 地名申请 (命名、更名、销名): what somebody asks for, with what was checked, decided, filed and announced.
CREATE TABLE register.naming_batch (
  code text CONSTRAINT pk_naming_batch PRIMARY KEY DEFAULT register.new_code('B'),
  title text NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE register.naming_batch IS '批量申请: proposals that the road audit began together';

CREATE TABLE register.naming_decision (
  code text CONSTRAINT pk_naming_decision PRIMARY KEY DEFAULT register.new_code('D'),
  kind text NOT NULL,
  number text NOT NULL,
  decided_on date NOT NULL,
  body text NOT NULL,
  content text NOT NULL DEFAULT '',
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_naming_decision_kind CHECK (kind IN ('opinion', 'approval')),
  CONSTRAINT uq_naming_decision_number UNIQUE (kind, number)
);
COMMENT ON TABLE register.naming_decision IS '命名意见、批复: one document, which may speak of several names';
CREATE INDEX ix_naming_decision_day ON register.naming_decision (kind, decided_on);

CREATE TABLE register.proposal (
  code text CONSTRAINT pk_proposal PRIMARY KEY DEFAULT register.new_code('N'),
  act text NOT NULL DEFAULT '命名',
  category text NOT NULL,
  feature text NOT NULL DEFAULT '',
  name text NOT NULL DEFAULT '',
  old_name text NOT NULL DEFAULT '',
  record text NOT NULL DEFAULT '',
  pinyin text NOT NULL DEFAULT '',
  romanisation text NOT NULL DEFAULT '',
  division text NOT NULL,
  geom geometry(GEOMETRY, 4490),
  segments bigint[] NOT NULL DEFAULT '{}',
  planned_name text NOT NULL DEFAULT '',
  road_class text NOT NULL DEFAULT '',
  surface text NOT NULL DEFAULT '',
  start_text text NOT NULL DEFAULT '',
  end_text text NOT NULL DEFAULT '',
  direction text NOT NULL DEFAULT '',
  location text NOT NULL DEFAULT '',
  usage text NOT NULL DEFAULT '',
  built_on text NOT NULL DEFAULT '',
  width_m float,
  length_m float,
  floor_area_m2 float,
  land_area_m2 float,
  storeys integer,
  green_rate float,
  open_rate float,
  on_hill boolean,
  dead_end boolean,
  commercial boolean,
  origin text NOT NULL DEFAULT '',
  meaning text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  reasons jsonb NOT NULL DEFAULT '{}',
  applicant_kind text NOT NULL DEFAULT '单位',
  applicant text NOT NULL DEFAULT '',
  persons text[] NOT NULL DEFAULT '{}',
  contact text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  receive_by text NOT NULL DEFAULT '',
  collect_by text NOT NULL DEFAULT '',
  channel text NOT NULL DEFAULT '窗口',
  secret text NOT NULL DEFAULT '',
  network text NOT NULL DEFAULT '',
  candidates jsonb NOT NULL DEFAULT '[]',
  findings jsonb,
  checked_at timestamptz,
  rules text NOT NULL DEFAULT '',
  reports jsonb NOT NULL DEFAULT '{}',
  noticed_from date,
  noticed_to date,
  filed_on date,
  filing_number text NOT NULL DEFAULT '',
  announced_on date,
  announcement_number text NOT NULL DEFAULT '',
  signed_on date,
  batch text,
  opinion text,
  approval text,
  result text NOT NULL DEFAULT '',
  made_up boolean NOT NULL DEFAULT false,
  made_by text NOT NULL DEFAULT '',
  made_at timestamptz NOT NULL DEFAULT now(),
  act_id uuid DEFAULT audit.current_act(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT ck_proposal_act CHECK (act IN ('命名', '更名', '销名')),
  CONSTRAINT ck_proposal_category CHECK (category ~ '^[A-H]$'),
  CONSTRAINT ck_proposal_name CHECK (char_length(name) <= 50),
  CONSTRAINT ck_proposal_channel CHECK (channel IN ('窗口', '网上', '排查')),
  CONSTRAINT ck_proposal_rates CHECK (green_rate BETWEEN 0 AND 1 AND open_rate BETWEEN 0 AND 1),
  CONSTRAINT ck_proposal_sizes CHECK (width_m > 0 AND length_m > 0 AND floor_area_m2 > 0 AND land_area_m2 > 0
                                      AND storeys BETWEEN 1 AND 300),
  CONSTRAINT ck_proposal_notice CHECK (noticed_to >= noticed_from),
  CONSTRAINT fk_proposal_division FOREIGN KEY (division) REFERENCES register.division (code),
  CONSTRAINT fk_proposal_batch FOREIGN KEY (batch) REFERENCES register.naming_batch (code),
  CONSTRAINT fk_proposal_opinion FOREIGN KEY (opinion) REFERENCES register.naming_decision (code),
  CONSTRAINT fk_proposal_approval FOREIGN KEY (approval) REFERENCES register.naming_decision (code)
);
CREATE INDEX ix_proposal_geom ON register.proposal USING gist (geom);
CREATE INDEX ix_proposal_division ON register.proposal (division);
CREATE INDEX ix_proposal_batch ON register.proposal (batch) WHERE batch IS NOT NULL;
CREATE INDEX ix_proposal_opinion ON register.proposal (opinion) WHERE opinion IS NOT NULL;
CREATE INDEX ix_proposal_approval ON register.proposal (approval) WHERE approval IS NOT NULL;
CREATE INDEX ix_proposal_network ON register.proposal (network, made_at) WHERE network <> '';
CREATE INDEX ix_proposal_segments ON register.proposal USING gin (segments);
COMMENT ON COLUMN register.proposal.record IS 'register code of the place or road that is renamed, cancelled or unnamed so far';
COMMENT ON COLUMN register.proposal.secret IS 'SHA-256 of the private code (查询码) with which the applicant follows the case';
COMMENT ON COLUMN register.proposal.network IS 'a digest of the network address and the day, to slow down floods';
COMMENT ON COLUMN register.proposal.reasons IS 'written reason (书面理由) by check code';
COMMENT ON COLUMN register.proposal.findings IS '校验单: the last full check as it was answered';

-- 各方意见: experts, departments, meetings and the public on one proposal.
CREATE TABLE register.proposal_voice (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_proposal_voice PRIMARY KEY,
  proposal text NOT NULL CONSTRAINT fk_proposal_voice_proposal REFERENCES register.proposal (code),
  kind text NOT NULL,
  name text NOT NULL DEFAULT '',
  organisation text NOT NULL DEFAULT '',
  verdict text NOT NULL DEFAULT '',
  content text NOT NULL,
  contact text NOT NULL DEFAULT '',
  network text NOT NULL DEFAULT '',
  given_on date NOT NULL DEFAULT current_date,
  outcome text NOT NULL DEFAULT '',
  handling text NOT NULL DEFAULT '',
  shown text NOT NULL DEFAULT '',
  handled_by text NOT NULL DEFAULT '',
  handled_at timestamptz,
  made_by text NOT NULL DEFAULT '',
  made_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_proposal_voice_kind CHECK (kind IN ('expert', 'department', 'meeting', 'public')),
  CONSTRAINT ck_proposal_voice_content CHECK (char_length(content) BETWEEN 1 AND 2000),
  CONSTRAINT ck_proposal_voice_outcome CHECK (outcome IN ('', '采纳', '部分采纳', '不采纳'))
);
COMMENT ON COLUMN register.proposal_voice.shown IS 'what the notice page shows of a comment, as the office let it through; empty for nothing';
CREATE INDEX ix_proposal_voice_proposal ON register.proposal_voice (proposal, kind, id);
CREATE INDEX ix_proposal_voice_network ON register.proposal_voice (network, made_at) WHERE network <> '';

CREATE TABLE register.naming_expert (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_naming_expert PRIMARY KEY,
  name text NOT NULL,
  organisation text NOT NULL DEFAULT '',
  field text NOT NULL DEFAULT '',
  active boolean NOT NULL DEFAULT true,
  made_up boolean NOT NULL DEFAULT false,
  CONSTRAINT uq_naming_expert UNIQUE (name, organisation)
);
COMMENT ON TABLE register.naming_expert IS '地名专家名单';

CREATE TABLE register.document_wording (
  kind text NOT NULL,
  version integer NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT pk_document_wording PRIMARY KEY (kind, version),
  CONSTRAINT ck_document_wording_title CHECK (char_length(title) BETWEEN 1 AND 100),
  CONSTRAINT ck_document_wording_body CHECK (char_length(body) <= 4000)
);
COMMENT ON TABLE register.document_wording IS '文书措辞: the office''s own words in place of those that come with the program';

-- 地名标志: one row a sign, from its order to the day it stands and the day it is taken down.
CREATE TABLE register.name_sign (
  code text CONSTRAINT pk_name_sign PRIMARY KEY DEFAULT register.new_code('S'),
  proposal text NOT NULL CONSTRAINT fk_name_sign_proposal REFERENCES register.proposal (code),
  kind text NOT NULL,
  spot text NOT NULL,
  geom geometry(Point, 4490),
  maker text NOT NULL DEFAULT '',
  ordered_on date NOT NULL,
  made_on date,
  set_on date,
  removed_on date,
  reason text NOT NULL DEFAULT '',
  made_by text NOT NULL,
  made_up boolean NOT NULL DEFAULT false,
  act_id uuid DEFAULT audit.current_act(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT ck_name_sign_spot CHECK (char_length(spot) BETWEEN 1 AND 200),
  CONSTRAINT ck_name_sign_made CHECK (made_on >= ordered_on),
  CONSTRAINT ck_name_sign_set CHECK (set_on IS NULL OR set_on >= coalesce(made_on, ordered_on)),
  CONSTRAINT ck_name_sign_removed CHECK (removed_on IS NULL OR reason <> '')
);
CREATE INDEX ix_name_sign_proposal ON register.name_sign (proposal);
CREATE INDEX ix_name_sign_set ON register.name_sign (set_on);
COMMENT ON COLUMN register.name_sign.spot IS 'where it stands, in words: 永宁路与横街路口';

CREATE TABLE register.built_up_area (
  code text CONSTRAINT pk_built_up_area PRIMARY KEY DEFAULT register.new_code('U'),
  name text NOT NULL,
  division text NOT NULL CONSTRAINT fk_built_up_area_division REFERENCES register.division (code),
  geom geometry(GEOMETRY, 4490) NOT NULL,
  source text NOT NULL DEFAULT '',
  made_up boolean NOT NULL DEFAULT false,
  valid_to date
);
CREATE INDEX ix_built_up_area_geom ON register.built_up_area USING gist (geom);
COMMENT ON TABLE register.built_up_area IS '建成区: within one of them a road or estate name may stand only once';

-- 名称检索键: what the naming checks look a name up by. A trigger marks a row when its name changes; the keys, which
-- need readings and generic terms, are written before the next check.
CREATE TABLE register.name_key (
  kind text NOT NULL,
  code text NOT NULL,
  category text NOT NULL,
  name text NOT NULL,
  division text NOT NULL,
  state text NOT NULL,
  plain text NOT NULL DEFAULT '',
  words text[] NOT NULL DEFAULT '{}',
  sounds text[] NOT NULL DEFAULT '{}',
  stale boolean NOT NULL DEFAULT true,
  CONSTRAINT pk_name_key PRIMARY KEY (kind, code),
  CONSTRAINT ck_name_key_kind CHECK (kind IN ('place', 'road', 'proposal'))
);
CREATE INDEX ix_name_key_plain ON register.name_key (plain);
CREATE INDEX ix_name_key_words ON register.name_key USING gin (words);
CREATE INDEX ix_name_key_sounds ON register.name_key USING gin (sounds);
CREATE INDEX ix_name_key_stale ON register.name_key (kind, code) WHERE stale;
CREATE INDEX ix_division_short ON register.division (short);
CREATE INDEX ix_place_protected ON register.place (standard_name) WHERE heritage NOT IN ('', '否', '无');

INSERT INTO register.case_state (machine, state, label, final) VALUES
  ('proposal', 'draft', '草稿', false),
  ('proposal', 'submitted', '待受理', false),
  ('proposal', 'correcting', '待补正', false),
  ('proposal', 'accepted', '已受理', false),
  ('proposal', 'checked', '校验通过', false),
  ('proposal', 'arguing', '论证中', false),
  ('proposal', 'consulting', '征求意见中', false),
  ('proposal', 'noticed', '公示中', false),
  ('proposal', 'reviewing', '公示期满', false),
  ('proposal', 'opined', '已出具意见', false),
  ('proposal', 'approved', '已批准', false),
  ('proposal', 'filed', '已备案', false),
  ('proposal', 'announced', '已公告', false),
  ('proposal', 'signed', '标志已设置', true),
  ('proposal', 'refused', '不予同意', true),
  ('proposal', 'withdrawn', '已撤回', true),
  ('proposal', 'ended', '已终止', true);

INSERT INTO register.case_transition (machine, act, from_state, to_state, label, roles)
SELECT 'proposal', t.act, s.state, t.to_state, t.label, r.roles
FROM (VALUES
  ('submit', '{draft}', 'submitted', '提交', '{officer,reviewer,township,counter,public}'),
  ('resubmit', '{correcting}', 'submitted', '补正后提交', '{officer,reviewer,township,counter,public}'),
  ('accept', '{submitted}', 'accepted', '受理', '{officer,counter}'),
  ('correct', '{submitted}', 'correcting', '通知补正', '{officer,counter}'),
  ('return', '{accepted,checked,arguing,consulting,reviewing}', 'correcting', '退回', '{officer,reviewer}'),
  ('check', '{accepted}', 'checked', '校验通过', '{officer}'),
  ('argue', '{checked}', 'arguing', '组织论证', '{officer}'),
  ('consult', '{checked,arguing}', 'consulting', '征求意见', '{officer}'),
  ('notice', '{checked,arguing,consulting}', 'noticed', '公示', '{officer}'),
  ('close', '{noticed}', 'reviewing', '公示期满', '{officer}'),
  ('opine', '{checked,arguing,consulting,reviewing}', 'opined', '出具意见', '{reviewer}'),
  ('approve', '{checked,arguing,consulting,reviewing,opined}', 'approved', '登记批准', '{reviewer}'),
  ('refuse', '{accepted,checked,arguing,consulting,reviewing,opined}', 'refused', '不予同意', '{reviewer}'),
  ('file', '{approved}', 'filed', '备案', '{officer}'),
  ('announce', '{filed}', 'announced', '公告', '{officer}'),
  ('sign', '{announced}', 'signed', '标志已设置', '{officer}'),
  ('withdraw', '{draft,submitted,correcting,accepted}', 'withdrawn', '撤回', '{officer,township,counter,public}'),
  ('end', '{correcting,accepted,checked,arguing,consulting,noticed,reviewing,opined}', 'ended', '终止', '{officer,reviewer}')
) AS t(act, from_states, to_state, label, role_list),
LATERAL unnest(t.from_states::text[]) AS s(state),
LATERAL (SELECT t.role_list::text[] AS roles) r;
