CREATE TABLE register.repair_batch (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_repair_batch PRIMARY KEY,
  file_name text NOT NULL,
  format text NOT NULL,
  encoding text NOT NULL,
  layer text NOT NULL,
  sha256 text NOT NULL,
  headers text[] NOT NULL,
  address_field text NOT NULL,
  findings jsonb NOT NULL,
  row_count integer NOT NULL,
  rows_done integer NOT NULL DEFAULT 0,
  index_version text NOT NULL DEFAULT '',
  engine_version text NOT NULL DEFAULT '',
  actor text NOT NULL,
  actor_shown text NOT NULL,
  job_id bigint,
  problem text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  CONSTRAINT ck_repair_batch_format CHECK (format IN ('csv', 'xlsx')),
  CONSTRAINT ck_repair_batch_rows CHECK (rows_done BETWEEN 0 AND row_count)
);
COMMENT ON TABLE register.repair_batch IS '整改批次: a file of addresses to be repaired';
COMMENT ON COLUMN register.repair_batch.started_at IS 'the officer has confirmed the column; before that nothing is matched';

CREATE TABLE register.repair_decision (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_repair_decision PRIMARY KEY,
  batch bigint NOT NULL CONSTRAINT fk_repair_decision_batch REFERENCES register.repair_batch,
  action text NOT NULL,
  kind text NOT NULL,
  row_count integer NOT NULL DEFAULT 0,
  actor text NOT NULL,
  actor_shown text NOT NULL,
  act_id uuid NOT NULL,
  engine_version text NOT NULL,
  index_version text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz,
  undone_by text,
  undone_act uuid,
  CONSTRAINT ck_repair_decision_action CHECK (
    action IN ('accept', 'choose', 'manual', 'reject', 'bulk-auto', 'bulk-text'))
);
CREATE INDEX ix_repair_decision_batch ON register.repair_decision (batch, id);
COMMENT ON TABLE register.repair_decision IS '处理: one act of an officer, over one row or over many';
COMMENT ON COLUMN register.repair_decision.kind IS 'the defect (A12) a bulk act was about; empty for all';

CREATE TABLE register.repair_row (
  batch bigint NOT NULL CONSTRAINT fk_repair_row_batch REFERENCES register.repair_batch,
  number integer NOT NULL,
  source_row integer NOT NULL,
  given jsonb NOT NULL,
  refused text NOT NULL DEFAULT '',
  original text NOT NULL DEFAULT '',
  status text,
  level text NOT NULL DEFAULT '',
  confidence real,
  kinds text[] NOT NULL DEFAULT '{}',
  rules text[] NOT NULL DEFAULT '{}',
  text_only boolean NOT NULL DEFAULT false,
  answer jsonb,
  outcome jsonb,
  state text GENERATED ALWAYS AS (coalesce(outcome ->> 'state', 'open')) STORED,
  decision bigint CONSTRAINT fk_repair_row_decision REFERENCES register.repair_decision,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT pk_repair_row PRIMARY KEY (batch, number),
  CONSTRAINT ck_repair_row_status CHECK (status IN ('auto', 'review', 'none')),
  CONSTRAINT ck_repair_row_outcome CHECK ((outcome IS NULL) = (decision IS NULL))
);
CREATE INDEX ix_repair_row_waiting ON register.repair_row (batch, number) WHERE status IS NULL;
CREATE INDEX ix_repair_row_decision ON register.repair_row (decision);
COMMENT ON COLUMN register.repair_row.number IS 'place in the file from 1; source_row is the row as a person counts it';
COMMENT ON COLUMN register.repair_row.answer IS 'what the engine said: candidates, corrections, defects, elements, text in standard writing';
COMMENT ON COLUMN register.repair_row.text_only IS 'every defect is one that a reversible text rule mends';
COMMENT ON COLUMN register.repair_row.outcome IS 'what an officer decided; NULL: still open';

CREATE TABLE register.repair_change (
  decision bigint NOT NULL CONSTRAINT fk_repair_change_decision REFERENCES register.repair_decision,
  batch bigint NOT NULL,
  number integer NOT NULL,
  before jsonb,
  before_decision bigint,
  after jsonb NOT NULL,
  CONSTRAINT pk_repair_change PRIMARY KEY (decision, number),
  CONSTRAINT fk_repair_change_row FOREIGN KEY (batch, number) REFERENCES register.repair_row
);
CREATE INDEX ix_repair_change_row ON register.repair_change (batch, number);
COMMENT ON TABLE register.repair_change IS 'what a decision made of each row, and what stood before: that is what undoing brings back';

CREATE TABLE register.repair_draw (
  batch bigint NOT NULL CONSTRAINT fk_repair_draw_batch REFERENCES register.repair_batch,
  seed integer NOT NULL,
  size integer NOT NULL,
  drawn_from integer NOT NULL,
  actor text NOT NULL,
  drawn_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT pk_repair_draw PRIMARY KEY (batch, seed)
);
COMMENT ON TABLE register.repair_draw IS '抽样: a seeded sample of repaired rows to be checked by eye';

CREATE TABLE register.repair_checked (
  batch bigint NOT NULL,
  seed integer NOT NULL,
  number integer NOT NULL,
  place integer NOT NULL,
  address text NOT NULL,
  code text NOT NULL,
  verdict boolean,
  checked_by text,
  checked_at timestamptz,
  CONSTRAINT pk_repair_checked PRIMARY KEY (batch, seed, number),
  CONSTRAINT fk_repair_checked_draw FOREIGN KEY (batch, seed) REFERENCES register.repair_draw,
  CONSTRAINT fk_repair_checked_row FOREIGN KEY (batch, number) REFERENCES register.repair_row
);
COMMENT ON COLUMN register.repair_checked.address IS 'the repair as it stood when the sample was drawn';

CREATE TABLE register.repair_learnt (
  batch bigint NOT NULL,
  number integer NOT NULL,
  alias bigint NOT NULL CONSTRAINT fk_repair_learnt_alias REFERENCES register.alias,
  actor text NOT NULL,
  learnt_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  CONSTRAINT pk_repair_learnt PRIMARY KEY (batch, number, alias),
  CONSTRAINT fk_repair_learnt_row FOREIGN KEY (batch, number) REFERENCES register.repair_row
);
COMMENT ON TABLE register.repair_learnt IS '由整改得到的别名: which decision taught which alias';
