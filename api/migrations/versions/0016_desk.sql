-- 工作台: lists under a name, forms that are not sent yet; and what became of a report.
CREATE TABLE register.saved_view (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_saved_view PRIMARY KEY,
  account text NOT NULL,
  path text NOT NULL,
  query text NOT NULL,
  name text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz,
  CONSTRAINT ck_saved_view_path CHECK (path LIKE '/desk%' AND char_length(path) <= 200),
  CONSTRAINT ck_saved_view_query CHECK (char_length(query) <= 2000),
  CONSTRAINT ck_saved_view_name CHECK (char_length(name) BETWEEN 1 AND 60)
);
CREATE UNIQUE INDEX uq_saved_view_name ON register.saved_view (account, path, name) WHERE retired_at IS NULL;
COMMENT ON TABLE register.saved_view IS '视图: the filters and the order of a list under a name, for one account';
COMMENT ON COLUMN register.saved_view.query IS 'the query string of the list, as it stood in the address bar';

CREATE TABLE register.draft (
  account text NOT NULL,
  path text NOT NULL,
  form text NOT NULL,
  title text NOT NULL,
  content jsonb NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  CONSTRAINT pk_draft PRIMARY KEY (account, path, form),
  CONSTRAINT ck_draft_path CHECK (path LIKE '/%' AND char_length(path) <= 300),
  CONSTRAINT ck_draft_form CHECK (char_length(form) BETWEEN 1 AND 60),
  CONSTRAINT ck_draft_title CHECK (char_length(title) <= 200),
  CONSTRAINT ck_draft_content CHECK (pg_column_size(content) <= 200000)
);
CREATE INDEX ix_draft_open ON register.draft (account, changed_at DESC) WHERE done_at IS NULL;
COMMENT ON TABLE register.draft IS '草稿: what somebody has typed into a form and not sent; emptied when it is sent or thrown away';
COMMENT ON COLUMN register.draft.content IS 'field -> value; may be personal, so nobody but the account reads it';

ALTER TABLE register.report
  ADD COLUMN reason text NOT NULL DEFAULT '',
  ADD COLUMN decided_by text,
  ADD COLUMN decided_at timestamptz,
  ADD CONSTRAINT ck_report_reason CHECK (char_length(reason) <= 500),
  ADD CONSTRAINT ck_report_decided CHECK ((state = 'new') = (decided_at IS NULL));
CREATE INDEX ix_report_state ON register.report (state, id);
COMMENT ON COLUMN register.report.reason IS 'what was done about it, or why it was refused';

-- 撤销导入: what an import added, and how each row was that it changed (gazetteer/register/importing/trace.py).
ALTER TABLE register.import_batch
  ADD COLUMN undo_asked_at timestamptz,
  ADD COLUMN undo_said text NOT NULL DEFAULT '',
  ADD COLUMN undone_at timestamptz,
  ADD COLUMN undone_by text,
  ADD COLUMN undone_act uuid;
CREATE UNIQUE INDEX uq_import_batch_undone_act ON register.import_batch (undone_act) WHERE undone_act IS NOT NULL;

CREATE TABLE register.import_added (
  act_id uuid NOT NULL,
  table_name text NOT NULL,
  keys text[] NOT NULL,
  CONSTRAINT pk_import_added PRIMARY KEY (act_id, table_name)
);
COMMENT ON TABLE register.import_added IS '导入新增: the keys of the rows that an import made';

CREATE TABLE register.import_before (
  act_id uuid NOT NULL,
  table_name text NOT NULL,
  key text NOT NULL,
  before jsonb NOT NULL,
  CONSTRAINT pk_import_before PRIMARY KEY (act_id, table_name, key)
);
COMMENT ON TABLE register.import_before IS '导入前: each row that an import changed, as it was; shapes in the hex form of PostGIS';
