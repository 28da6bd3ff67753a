-- 联检: rounds of joint inspection, what was found at each marker and along each section, and events of a line.
ALTER TABLE register.boundary_line
  ADD COLUMN agreement text NOT NULL DEFAULT '',
  ADD COLUMN detail_map text NOT NULL DEFAULT '';
ALTER TABLE register.boundary_line_history
  ADD COLUMN agreement text NOT NULL DEFAULT '',
  ADD COLUMN detail_map text NOT NULL DEFAULT '';
COMMENT ON COLUMN register.boundary_line.agreement IS '协议书: title and number of the agreement of both sides';
COMMENT ON COLUMN register.boundary_line.detail_map IS '界线详图: sheets and scale of the detail map';

CREATE TABLE register.boundary_round (
  code text NOT NULL,
  line text NOT NULL,
  number smallint NOT NULL DEFAULT 1,
  year smallint NOT NULL,
  lead text NOT NULL,
  partner text NOT NULL,
  reason text NOT NULL DEFAULT '五年联检',
  report_number text NOT NULL DEFAULT '',
  made_up boolean NOT NULL DEFAULT false,
  act_id uuid DEFAULT audit.current_act(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT pk_boundary_round PRIMARY KEY (code),
  CONSTRAINT fk_boundary_round_line FOREIGN KEY (line) REFERENCES register.boundary_line (code),
  CONSTRAINT fk_boundary_round_lead FOREIGN KEY (lead) REFERENCES register.division (code),
  CONSTRAINT fk_boundary_round_partner FOREIGN KEY (partner) REFERENCES register.division (code),
  CONSTRAINT ck_boundary_round_sides CHECK (lead <> partner),
  CONSTRAINT ck_boundary_round_number CHECK (number >= 1),
  CONSTRAINT ck_boundary_round_year CHECK (year BETWEEN 1990 AND 2200)
);
-- 补充联检: an extra round has no number among the five-year rounds.
CREATE UNIQUE INDEX uq_boundary_round_line_number ON register.boundary_round (line, number) WHERE reason = '五年联检';
CREATE INDEX ix_boundary_round_year ON register.boundary_round (year);
COMMENT ON TABLE register.boundary_round IS '一轮联检: one line in one round; lead and partner swap from round to round';

CREATE TABLE register.boundary_task (
  round text NOT NULL,
  marker text NOT NULL,
  year smallint NOT NULL,
  place smallint NOT NULL,
  planned_on date,
  extra boolean NOT NULL DEFAULT false,
  retired_at timestamptz,
  CONSTRAINT pk_boundary_task PRIMARY KEY (round, marker),
  CONSTRAINT fk_boundary_task_round FOREIGN KEY (round) REFERENCES register.boundary_round (code),
  CONSTRAINT fk_boundary_task_marker FOREIGN KEY (marker) REFERENCES register.boundary_marker (code)
);
-- 三交点: a tri-point is walked with one of its lines, once a year at the most.
CREATE UNIQUE INDEX uq_boundary_task_marker_year ON register.boundary_task (marker, year)
  WHERE retired_at IS NULL AND NOT extra;
COMMENT ON COLUMN register.boundary_task.extra IS 'of an extra round (补充联检), which may visit a marker again in the same year';
COMMENT ON TABLE register.boundary_task IS '外业任务: the markers of a round in the order of the walk';

CREATE TABLE register.boundary_team (
  round text NOT NULL,
  division text NOT NULL,
  name text NOT NULL,
  duty text NOT NULL DEFAULT '',
  account text NOT NULL DEFAULT '',
  retired_at timestamptz,
  CONSTRAINT pk_boundary_team PRIMARY KEY (round, division, name),
  CONSTRAINT fk_boundary_team_round FOREIGN KEY (round) REFERENCES register.boundary_round (code),
  CONSTRAINT fk_boundary_team_division FOREIGN KEY (division) REFERENCES register.division (code),
  CONSTRAINT ck_boundary_team_name CHECK (char_length(name) BETWEEN 1 AND 40)
);
COMMENT ON TABLE register.boundary_team IS '联检人员: who walks for which side';

CREATE TABLE register.boundary_inspection (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  round text NOT NULL,
  marker text NOT NULL,
  state text NOT NULL,
  geom geometry(Point, 4490),
  accuracy_m double precision,
  height double precision,
  epoch text NOT NULL DEFAULT '',
  correction text NOT NULL DEFAULT '',
  inspected_at timestamptz NOT NULL,
  inspectors text NOT NULL DEFAULT '',
  cleaned boolean NOT NULL DEFAULT false,
  repainted boolean NOT NULL DEFAULT false,
  action text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT '',
  made_up boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  withdrawn_at timestamptz,
  act_id uuid DEFAULT audit.current_act(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT pk_boundary_inspection PRIMARY KEY (id),
  CONSTRAINT uq_boundary_inspection_round_marker UNIQUE (round, marker),
  CONSTRAINT fk_boundary_inspection_task FOREIGN KEY (round, marker) REFERENCES register.boundary_task (round, marker),
  CONSTRAINT ck_boundary_inspection_state CHECK (state IN ('完好', '损坏', '移位', '倾斜', '缺失', '字迹不清')),
  CONSTRAINT ck_boundary_inspection_accuracy CHECK (accuracy_m >= 0 AND accuracy_m < 10000),
  CONSTRAINT ck_boundary_inspection_height CHECK (height BETWEEN -500 AND 9000),
  CONSTRAINT ck_boundary_inspection_note CHECK (char_length(note) <= 2000 AND char_length(action) <= 500)
);
CREATE INDEX ix_boundary_inspection_marker ON register.boundary_inspection (marker, inspected_at);
COMMENT ON TABLE register.boundary_inspection IS '界桩联检记录: what one round found at one marker';
COMMENT ON COLUMN register.boundary_inspection.withdrawn_at IS '撤销: who wrote it took it back in the field; kept, and counted nowhere until it is written anew';

CREATE TABLE register.inspection_reference (
  inspection uuid NOT NULL,
  serial smallint NOT NULL,
  state text NOT NULL,
  azimuth double precision,
  distance double precision,
  note text NOT NULL DEFAULT '',
  CONSTRAINT pk_inspection_reference PRIMARY KEY (inspection, serial),
  CONSTRAINT fk_inspection_reference_inspection FOREIGN KEY (inspection) REFERENCES register.boundary_inspection (id),
  CONSTRAINT ck_inspection_reference_serial CHECK (serial BETWEEN 1 AND 3),
  CONSTRAINT ck_inspection_reference_state CHECK (state IN ('存在', '变化', '灭失', '未查')),
  CONSTRAINT ck_inspection_reference_azimuth CHECK (azimuth >= 0 AND azimuth < 360),
  CONSTRAINT ck_inspection_reference_distance CHECK (distance > 0)
);
COMMENT ON TABLE register.inspection_reference IS '方位物核查: azimuth and distance as measured again, internal';

CREATE TABLE register.inspection_photo (
  attachment uuid NOT NULL,
  inspection uuid NOT NULL,
  face text NOT NULL,
  direction double precision,
  CONSTRAINT pk_inspection_photo PRIMARY KEY (attachment),
  CONSTRAINT fk_inspection_photo_attachment FOREIGN KEY (attachment) REFERENCES register.attachment (id),
  CONSTRAINT fk_inspection_photo_inspection FOREIGN KEY (inspection) REFERENCES register.boundary_inspection (id),
  CONSTRAINT ck_inspection_photo_face CHECK (char_length(face) BETWEEN 1 AND 20),
  CONSTRAINT ck_inspection_photo_direction CHECK (direction >= 0 AND direction < 360)
);
CREATE INDEX ix_inspection_photo_inspection ON register.inspection_photo (inspection);
COMMENT ON COLUMN register.inspection_photo.direction IS 'degrees from true north into which the camera looked';

CREATE TABLE register.inspection_signature (
  inspection uuid NOT NULL,
  division text NOT NULL,
  signer text NOT NULL,
  signed_at timestamptz NOT NULL,
  signed_version integer NOT NULL,
  strokes jsonb NOT NULL,
  CONSTRAINT pk_inspection_signature PRIMARY KEY (inspection, division),
  CONSTRAINT fk_inspection_signature_inspection FOREIGN KEY (inspection) REFERENCES register.boundary_inspection (id),
  CONSTRAINT fk_inspection_signature_division FOREIGN KEY (division) REFERENCES register.division (code),
  CONSTRAINT ck_inspection_signature_signer CHECK (char_length(signer) BETWEEN 1 AND 40)
);
COMMENT ON COLUMN register.inspection_signature.signed_version IS 'the wording that was signed; a later one must be signed anew';

CREATE TABLE register.boundary_section (
  round text NOT NULL,
  place smallint NOT NULL,
  from_marker text NOT NULL,
  to_marker text NOT NULL,
  follows text NOT NULL DEFAULT '',
  changed boolean NOT NULL DEFAULT false,
  finding text NOT NULL DEFAULT '',
  inspected_on date,
  made_up boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT pk_boundary_section PRIMARY KEY (round, place),
  CONSTRAINT fk_boundary_section_round FOREIGN KEY (round) REFERENCES register.boundary_round (code),
  CONSTRAINT fk_boundary_section_from FOREIGN KEY (from_marker) REFERENCES register.boundary_marker (code),
  CONSTRAINT fk_boundary_section_to FOREIGN KEY (to_marker) REFERENCES register.boundary_marker (code),
  CONSTRAINT ck_boundary_section_finding CHECK (char_length(finding) <= 2000)
);
COMMENT ON TABLE register.boundary_section IS '界线段: what was found between two markers, and what the line follows there';

CREATE TABLE register.boundary_event (
  code text NOT NULL DEFAULT register.new_code('BE'),
  line text NOT NULL,
  marker text,
  kind text NOT NULL,
  found_on date NOT NULL,
  found_by text NOT NULL DEFAULT '',
  found_side text,
  description text NOT NULL DEFAULT '',
  geom geometry(Geometry, 4490),
  handling text NOT NULL DEFAULT '',
  handled_on date,
  responsible text,
  made_up boolean NOT NULL DEFAULT false,
  act_id uuid DEFAULT audit.current_act(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT pk_boundary_event PRIMARY KEY (code),
  CONSTRAINT fk_boundary_event_line FOREIGN KEY (line) REFERENCES register.boundary_line (code),
  CONSTRAINT fk_boundary_event_marker FOREIGN KEY (marker) REFERENCES register.boundary_marker (code),
  CONSTRAINT fk_boundary_event_found_side FOREIGN KEY (found_side) REFERENCES register.division (code),
  CONSTRAINT fk_boundary_event_responsible FOREIGN KEY (responsible) REFERENCES register.division (code),
  CONSTRAINT ck_boundary_event_kind CHECK (kind IN ('界桩损坏', '界桩缺失', '界桩移位', '界桩倾斜', '字迹不清', '方位物灭失',
    '河流改道', '道路变化', '跨界建设', '单方设标志', '权属纠纷')),
  CONSTRAINT ck_boundary_event_words CHECK (char_length(description) <= 2000 AND char_length(handling) <= 2000)
);
CREATE INDEX ix_boundary_event_line ON register.boundary_event (line, found_on);
CREATE INDEX ix_boundary_event_geom ON register.boundary_event USING gist (geom);

CREATE TABLE register.event_party (
  event text NOT NULL,
  division text NOT NULL,
  part text NOT NULL,
  person text NOT NULL DEFAULT '',
  document text NOT NULL DEFAULT '',
  on_day date NOT NULL,
  CONSTRAINT pk_event_party PRIMARY KEY (event, division, part),
  CONSTRAINT fk_event_party_event FOREIGN KEY (event) REFERENCES register.boundary_event (code),
  CONSTRAINT fk_event_party_division FOREIGN KEY (division) REFERENCES register.division (code),
  CONSTRAINT ck_event_party_part CHECK (part IN ('通报', '核实', '见证', '同意'))
);
COMMENT ON TABLE register.event_party IS '各方参与: notified, verified, witnessed a repair, consented to construction';

CREATE TABLE jobs.boundary_bundle (
  round text NOT NULL,
  papers smallint NOT NULL,
  drawn smallint NOT NULL DEFAULT 0,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  problem text NOT NULL DEFAULT '',
  job_id bigint,
  CONSTRAINT pk_boundary_bundle PRIMARY KEY (round),
  CONSTRAINT fk_boundary_bundle_round FOREIGN KEY (round) REFERENCES register.boundary_round (code)
);
COMMENT ON TABLE jobs.boundary_bundle IS '成套文书: how far the papers of a round are drawn; no office record';

INSERT INTO register.case_state (machine, state, label, final) VALUES
  ('boundary_round', 'planned', '计划', false),
  ('boundary_round', 'checked', '内业检查', false),
  ('boundary_round', 'field', '外业', false),
  ('boundary_round', 'summed', '汇总', false),
  ('boundary_round', 'signed', '会签', false),
  ('boundary_round', 'filed', '备案', false),
  ('boundary_round', 'archived', '归档', true),
  ('boundary_event', 'found', '发现', false),
  ('boundary_event', 'told', '通报', false),
  ('boundary_event', 'verified', '会同核实', false),
  ('boundary_event', 'handled', '处理', false),
  ('boundary_event', 'filed', '备案', false),
  ('boundary_event', 'archived', '归档', true);
INSERT INTO register.case_transition (machine, act, from_state, to_state, label, roles) VALUES
  ('boundary_round', 'check', 'planned', 'checked', '完成内业检查', '{officer,reviewer}'),
  ('boundary_round', 'start', 'checked', 'field', '开始外业', '{officer,reviewer}'),
  ('boundary_round', 'sum', 'field', 'summed', '外业结束，汇总', '{officer,reviewer}'),
  ('boundary_round', 'reopen', 'summed', 'field', '退回外业', '{officer,reviewer}'),
  ('boundary_round', 'sign', 'summed', 'signed', '各方会签', '{officer,reviewer}'),
  ('boundary_round', 'file', 'signed', 'filed', '报送备案', '{officer,reviewer}'),
  ('boundary_round', 'archive', 'filed', 'archived', '归档', '{officer,reviewer}'),
  ('boundary_event', 'tell', 'found', 'told', '通报对方', '{officer,reviewer}'),
  ('boundary_event', 'verify', 'told', 'verified', '会同核实', '{officer,reviewer,inspector}'),
  ('boundary_event', 'handle', 'verified', 'handled', '处理', '{officer,reviewer}'),
  ('boundary_event', 'file', 'handled', 'filed', '备案', '{officer,reviewer}'),
  ('boundary_event', 'archive', 'filed', 'archived', '归档', '{officer,reviewer}');
