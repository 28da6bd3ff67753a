CREATE TABLE jobs.batch (
  id uuid CONSTRAINT pk_batch PRIMARY KEY,
  caller text NOT NULL,
  form text NOT NULL,
  headers text[] NOT NULL,
  address_field text NOT NULL,
  datum text NOT NULL,
  as_of date,
  row_count integer NOT NULL,
  rows_done integer NOT NULL DEFAULT 0,
  job_id bigint,
  problem text,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  CONSTRAINT ck_batch_form CHECK (form IN ('csv', 'jsonl')),
  CONSTRAINT ck_batch_rows CHECK (rows_done BETWEEN 0 AND row_count)
);
CREATE INDEX ix_batch_caller ON jobs.batch (caller) WHERE finished_at IS NULL;
CREATE INDEX ix_batch_finished_at ON jobs.batch (finished_at);
COMMENT ON TABLE jobs.batch IS '批量任务: a posted file of addresses';
COMMENT ON COLUMN jobs.batch.caller IS 'who may see it; empty: whoever knows its id';

CREATE TABLE jobs.batch_chunk (
  batch uuid NOT NULL CONSTRAINT fk_batch_chunk_batch REFERENCES jobs.batch ON DELETE CASCADE,
  number integer NOT NULL,
  given text[] NOT NULL,
  found jsonb,
  CONSTRAINT pk_batch_chunk PRIMARY KEY (batch, number)
);
COMMENT ON COLUMN jobs.batch_chunk.given IS 'the rows as they came: JSON lists of cells, or the JSON lines themselves';
COMMENT ON COLUMN jobs.batch_chunk.found IS 'one outcome a row, written in one transaction; NULL: still to be done';
