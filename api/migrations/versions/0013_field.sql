-- 外业同步: devices, what each brought in, the records that grow from it, conflicts kept for a person, photos under way.

CREATE TABLE register.field_device (
  id uuid CONSTRAINT pk_field_device PRIMARY KEY,
  account text NOT NULL,
  division text NOT NULL DEFAULT '',
  label text NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  wiped_at timestamptz,
  revoked_at timestamptz,
  CONSTRAINT ck_field_device_account CHECK (account <> ''),
  CONSTRAINT ck_field_device_label CHECK (char_length(label) BETWEEN 1 AND 80)
);
CREATE INDEX ix_field_device_account ON register.field_device (account);
COMMENT ON TABLE register.field_device IS '外业设备: a browser that an account works with; the id is made there';
COMMENT ON COLUMN register.field_device.wiped_at IS 'the device said that it wiped itself';
COMMENT ON COLUMN register.field_device.revoked_at IS 'the office takes nothing more from it: lost or passed on';

CREATE TABLE register.field_record (
  subject text CONSTRAINT pk_field_record PRIMARY KEY,
  kind text NOT NULL,
  version integer NOT NULL DEFAULT 0,
  content jsonb NOT NULL DEFAULT '{}',
  marks jsonb NOT NULL DEFAULT '{}',
  withdrawn boolean NOT NULL DEFAULT false,
  changed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ck_field_record_version CHECK (version >= 0)
);
CREATE INDEX ix_field_record_kind ON register.field_record (kind, changed_at);
COMMENT ON TABLE register.field_record IS '外业记录: the joint state of what devices and the office wrote about one subject';
COMMENT ON COLUMN register.field_record.marks IS 'field -> version at which it was written last, by which device and item';

CREATE TABLE register.field_item (
  client_id uuid CONSTRAINT pk_field_item PRIMARY KEY,
  device uuid,
  seq bigint NOT NULL,
  subject text NOT NULL,
  act text NOT NULL,
  base_version integer NOT NULL,
  content jsonb NOT NULL,
  seen jsonb NOT NULL DEFAULT '{}',
  actor text NOT NULL,
  made_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT now(),
  outcome text NOT NULL,
  version integer,
  fields jsonb NOT NULL DEFAULT '{}',
  reason text NOT NULL DEFAULT '',
  CONSTRAINT fk_field_item_device FOREIGN KEY (device) REFERENCES register.field_device,
  CONSTRAINT ck_field_item_act CHECK (act IN ('write', 'withdraw')),
  CONSTRAINT ck_field_item_outcome CHECK (outcome IN ('applied', 'conflict', 'refused'))
);
CREATE INDEX ix_field_item_subject ON register.field_item (subject, device, seq);
COMMENT ON TABLE register.field_item IS '外业条目: every item once, by the id its device gave it, with the answer it got';
COMMENT ON COLUMN register.field_item.device IS 'empty: written at the desk';
COMMENT ON COLUMN register.field_item.fields IS 'field -> written, same, superseded (by a later item of the same device) or held';

CREATE TABLE register.field_conflict (
  code text DEFAULT register.new_code('FC') CONSTRAINT pk_field_conflict PRIMARY KEY,
  client_id uuid NOT NULL,
  subject text NOT NULL,
  kind text NOT NULL,
  fields text[] NOT NULL,
  mine jsonb NOT NULL,
  theirs jsonb NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  choice jsonb,
  note text NOT NULL DEFAULT '',
  settled_by text,
  settled_at timestamptz,
  settled_item uuid,
  CONSTRAINT uq_field_conflict_client_id UNIQUE (client_id),
  CONSTRAINT fk_field_conflict_item FOREIGN KEY (client_id) REFERENCES register.field_item,
  CONSTRAINT fk_field_conflict_settled_item FOREIGN KEY (settled_item) REFERENCES register.field_item,
  CONSTRAINT ck_field_conflict_kind CHECK (kind IN ('field', 'deleted', 'repaired', 'signed')),
  CONSTRAINT ck_field_conflict_settled CHECK ((settled_at IS NULL) = (settled_by IS NULL))
);
CREATE INDEX ix_field_conflict_open ON register.field_conflict (subject) WHERE settled_at IS NULL;
COMMENT ON TABLE register.field_conflict IS '同步冲突: both sides as they were, and what a person chose';

CREATE TABLE register.field_upload (
  id uuid CONSTRAINT pk_field_upload PRIMARY KEY,
  device uuid NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  face text NOT NULL DEFAULT '',
  direction double precision,
  taken_at timestamptz,
  lon double precision,
  lat double precision,
  accuracy_m double precision,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  received bigint NOT NULL DEFAULT 0,
  actor text NOT NULL,
  announced_at timestamptz NOT NULL DEFAULT now(),
  attachment uuid,
  carried uuid,
  CONSTRAINT fk_field_upload_device FOREIGN KEY (device) REFERENCES register.field_device,
  CONSTRAINT fk_field_upload_attachment FOREIGN KEY (attachment) REFERENCES register.attachment,
  CONSTRAINT fk_field_upload_carried FOREIGN KEY (carried) REFERENCES register.attachment,
  CONSTRAINT ck_field_upload_direction CHECK (direction >= 0 AND direction < 360),
  CONSTRAINT ck_field_upload_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT ck_field_upload_size CHECK (size BETWEEN 1 AND 20971520),
  CONSTRAINT ck_field_upload_received CHECK (received BETWEEN 0 AND size)
);
CREATE INDEX ix_field_upload_subject ON register.field_upload (subject);
COMMENT ON COLUMN register.field_upload.carried IS 'the attachment of the inspection record, once there is one';
COMMENT ON TABLE register.field_upload IS '外业照片: announced, brought in piece by piece, attached when the sum agrees';

INSERT INTO register.case_state (machine, state, label, final) VALUES
  ('field_conflict', 'open', '待处理', false),
  ('field_conflict', 'settled', '已处理', true);
INSERT INTO register.case_transition (machine, act, from_state, to_state, label, roles) VALUES
  ('field_conflict', 'settle', 'open', 'settled', '确定', '{officer,reviewer}');
