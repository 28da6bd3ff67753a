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
