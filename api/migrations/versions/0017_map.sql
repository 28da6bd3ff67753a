CREATE TABLE jobs.map_file (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  kind text NOT NULL,
  title text NOT NULL,
  wish jsonb NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  name text NOT NULL DEFAULT '',
  size_bytes bigint,
  finished_at timestamptz,
  problem text NOT NULL DEFAULT '',
  job_id bigint,
  CONSTRAINT pk_map_file PRIMARY KEY (id),
  CONSTRAINT ck_map_file_kind CHECK (kind IN ('paper', 'archive', 'package')),
  CONSTRAINT ck_map_file_done CHECK (done BETWEEN 0 AND total)
);
CREATE INDEX ix_map_file_asked_by ON jobs.map_file (asked_by, asked_at);
COMMENT ON TABLE jobs.map_file IS '地图文件: sheets and archives that are made in the background; no office record';
-- Which addresses are not in force today: retired ones, and those that begin later. Tiles of doors ask for these few.
CREATE INDEX ix_address_valid_to ON register.address (valid_to) INCLUDE (code) WHERE valid_to IS NOT NULL;
CREATE INDEX ix_address_valid_from ON register.address (valid_from);
