-- 办件: what moves along states, each step along a transition that is also a foreign key.
CREATE TABLE register.case_state (
  machine text NOT NULL,
  state text NOT NULL,
  label text NOT NULL,
  final boolean NOT NULL DEFAULT false,
  position integer GENERATED ALWAYS AS IDENTITY,
  CONSTRAINT pk_case_state PRIMARY KEY (machine, state)
);
CREATE TABLE register.case_transition (
  machine text NOT NULL,
  act text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  label text NOT NULL,
  roles text[] NOT NULL,
  CONSTRAINT pk_case_transition PRIMARY KEY (machine, act, from_state),
  CONSTRAINT uq_case_transition_step UNIQUE (machine, act, from_state, to_state),
  CONSTRAINT fk_case_transition_from FOREIGN KEY (machine, from_state) REFERENCES register.case_state,
  CONSTRAINT fk_case_transition_to FOREIGN KEY (machine, to_state) REFERENCES register.case_state,
  CONSTRAINT ck_case_transition_roles CHECK (cardinality(roles) > 0)
);
COMMENT ON COLUMN register.case_transition.label IS 'the word on the button: 受理 退回 出具意见';
CREATE TABLE register."case" (
  machine text NOT NULL,
  subject text NOT NULL,
  state text NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT pk_case PRIMARY KEY (machine, subject),
  CONSTRAINT fk_case_state FOREIGN KEY (machine, state) REFERENCES register.case_state
);
CREATE INDEX ix_case_state ON register."case" (machine, state);
COMMENT ON COLUMN register."case".subject IS 'the code of the record that the case is about';
CREATE TABLE register.case_event (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_case_event PRIMARY KEY,
  machine text NOT NULL,
  subject text NOT NULL,
  act text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  note text NOT NULL DEFAULT '',
  CONSTRAINT fk_case_event_case FOREIGN KEY (machine, subject) REFERENCES register."case",
  -- The first event begins the case and has no step: a foreign key with a null in it is not checked.
  CONSTRAINT fk_case_event_step FOREIGN KEY (machine, act, from_state, to_state)
    REFERENCES register.case_transition (machine, act, from_state, to_state),
  CONSTRAINT ck_case_event_note CHECK (char_length(note) <= 2000)
);
CREATE INDEX ix_case_event_subject ON register.case_event (machine, subject, id);
COMMENT ON TABLE register.case_event IS '办理过程: who did what when; rows are only ever added';
CREATE TABLE register.case_clock (
  machine text NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  label text NOT NULL,
  started_on date NOT NULL,
  days integer NOT NULL,
  basis text NOT NULL,
  due_on date NOT NULL,
  source text NOT NULL DEFAULT '',
  stopped_on date,
  CONSTRAINT pk_case_clock PRIMARY KEY (machine, subject, name),
  CONSTRAINT fk_case_clock_case FOREIGN KEY (machine, subject) REFERENCES register."case",
  CONSTRAINT ck_case_clock_days CHECK (days BETWEEN 0 AND 36500),
  CONSTRAINT ck_case_clock_basis CHECK (basis IN ('calendar', 'working')),
  CONSTRAINT ck_case_clock_stopped CHECK (stopped_on >= started_on)
);
CREATE INDEX ix_case_clock_open ON register.case_clock (due_on) WHERE stopped_on IS NULL;
COMMENT ON TABLE register.case_clock IS '时限: statutory clocks in calendar or working days, with the rule they come from';
CREATE TABLE register.day_off (
  day date CONSTRAINT pk_day_off PRIMARY KEY,
  working boolean NOT NULL,
  name text NOT NULL,
  source text NOT NULL
);
COMMENT ON TABLE register.day_off IS '节假日安排: days that differ from the holiday calendar the program brings';
CREATE TABLE register.attachment (
  id uuid CONSTRAINT pk_attachment PRIMARY KEY,
  owner text NOT NULL,
  subject text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  taken_at timestamptz,
  point geometry(Point, 4490),
  added_by text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz,
  CONSTRAINT ck_attachment_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT ck_attachment_name CHECK (char_length(name) BETWEEN 1 AND 200)
);
CREATE INDEX ix_attachment_subject ON register.attachment (owner, subject, added_at);
COMMENT ON TABLE register.attachment IS '附件: materials, scans, photos; the bytes lie by their SHA-256 in the data folder';
