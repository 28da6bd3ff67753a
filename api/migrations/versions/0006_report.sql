CREATE TABLE register.report (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_report PRIMARY KEY,
  kind text NOT NULL,
  text text NOT NULL,
  contact text NOT NULL DEFAULT '',
  question text NOT NULL DEFAULT '',
  code text NOT NULL DEFAULT '',
  standard_address text NOT NULL DEFAULT '',
  point geometry(Point, 4490),
  origin text NOT NULL,
  state text NOT NULL DEFAULT 'new',
  made_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_report_kind CHECK (kind IN ('wrong-point', 'wrong-name', 'missing-address', 'other')),
  CONSTRAINT ck_report_text CHECK (char_length(text) BETWEEN 1 AND 500),
  CONSTRAINT ck_report_contact CHECK (char_length(contact) <= 100),
  CONSTRAINT ck_report_state CHECK (state IN ('new', 'accepted', 'refused'))
);
CREATE INDEX ix_report_origin ON register.report (origin, made_at);
COMMENT ON TABLE register.report IS '报错: what the public says is wrong in the register';
COMMENT ON COLUMN register.report.contact IS '联系方式, never shown in public';
COMMENT ON COLUMN register.report.origin IS 'a keyed digest of the network address and the day, to slow down floods';
