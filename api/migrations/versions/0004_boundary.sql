-- Boundary lines (界线), markers (界桩), reference objects (方位物).

CREATE TABLE register.boundary_line (
  code TEXT DEFAULT register.new_code('L') NOT NULL,
  name TEXT NOT NULL,
  level TEXT DEFAULT '' NOT NULL,
  length_m FLOAT,
  start_text TEXT DEFAULT '' NOT NULL,
  end_text TEXT DEFAULT '' NOT NULL,
  markers INTEGER,
  single INTEGER,
  double INTEGER,
  triple INTEGER,
  disputed BOOLEAN DEFAULT false NOT NULL,
  approval TEXT DEFAULT '' NOT NULL,
  agreed_on DATE,
  lead TEXT DEFAULT '' NOT NULL,
  next_due SMALLINT,
  geom geometry(MULTILINESTRING,4490),
  source TEXT DEFAULT '' NOT NULL,
  crs_source TEXT DEFAULT 'cgcs2000' NOT NULL,
  made_up BOOLEAN DEFAULT false NOT NULL,
  valid_from DATE,
  valid_to DATE,
  act_id UUID DEFAULT audit.current_act(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  version INTEGER DEFAULT 1 NOT NULL,
  CONSTRAINT pk_boundary_line PRIMARY KEY (code),
  CONSTRAINT ck_boundary_line_named CHECK (name <> ''),
  CONSTRAINT ck_boundary_line_level CHECK (level IN ('', '省级', '市级', '县级', '乡级', '村级')),
  CONSTRAINT ck_boundary_line_length CHECK (length_m > 0),
  CONSTRAINT ck_boundary_line_counts CHECK (markers >= 0 AND single >= 0 AND double >= 0 AND triple >= 0),
  CONSTRAINT ck_boundary_line_next_due CHECK (next_due BETWEEN 1990 AND 2200),
  CONSTRAINT ck_boundary_line_period CHECK (valid_to >= valid_from)
);
CREATE INDEX ix_boundary_line_geom ON register.boundary_line USING gist (geom);
CREATE INDEX ix_boundary_line_name ON register.boundary_line (name);

CREATE TABLE register.boundary_side (
  line TEXT NOT NULL,
  division TEXT NOT NULL,
  CONSTRAINT pk_boundary_side PRIMARY KEY (line, division),
  CONSTRAINT fk_boundary_side_line FOREIGN KEY(line) REFERENCES register.boundary_line (code),
  CONSTRAINT fk_boundary_side_division FOREIGN KEY(division) REFERENCES register.division (code)
);
CREATE INDEX ix_boundary_side_division ON register.boundary_side (division);

CREATE TABLE register.boundary_marker (
  code TEXT NOT NULL,
  number TEXT DEFAULT '' NOT NULL,
  spatial_id TEXT DEFAULT '' NOT NULL,
  name TEXT DEFAULT '' NOT NULL,
  level TEXT DEFAULT '' NOT NULL,
  standing TEXT DEFAULT 'single' NOT NULL,
  faces SMALLINT,
  networked BOOLEAN DEFAULT false NOT NULL,
  material TEXT DEFAULT '' NOT NULL,
  data_type TEXT DEFAULT '' NOT NULL,
  is_public BOOLEAN DEFAULT false NOT NULL,
  sign_codes TEXT DEFAULT '' NOT NULL,
  height FLOAT,
  north FLOAT,
  east FLOAT,
  location TEXT DEFAULT '' NOT NULL,
  entrusted BOOLEAN DEFAULT false NOT NULL,
  custodian TEXT DEFAULT '' NOT NULL,
  changes TEXT DEFAULT '' NOT NULL,
  state TEXT DEFAULT '完好' NOT NULL,
  attributes JSONB DEFAULT '{}'::jsonb NOT NULL,
  geom geometry(POINT,4490),
  source TEXT DEFAULT '' NOT NULL,
  crs_source TEXT DEFAULT 'cgcs2000' NOT NULL,
  made_up BOOLEAN DEFAULT false NOT NULL,
  valid_from DATE,
  valid_to DATE,
  act_id UUID DEFAULT audit.current_act(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  version INTEGER DEFAULT 1 NOT NULL,
  CONSTRAINT pk_boundary_marker PRIMARY KEY (code),
  CONSTRAINT ck_boundary_marker_coded CHECK (code <> ''),
  CONSTRAINT ck_boundary_marker_level CHECK (level IN ('', '省级', '市级', '县级', '乡级', '村级')),
  CONSTRAINT ck_boundary_marker_standing CHECK (standing IN ('single', 'double', 'triple')),
  CONSTRAINT ck_boundary_marker_faces CHECK (faces IN (2, 3)),
  CONSTRAINT ck_boundary_marker_projected CHECK ((north IS NULL) = (east IS NULL)),
  CONSTRAINT ck_boundary_marker_height CHECK (height BETWEEN -500 AND 9000),
  CONSTRAINT ck_boundary_marker_period CHECK (valid_to >= valid_from)
);
CREATE INDEX ix_boundary_marker_geom ON register.boundary_marker USING gist (geom);
CREATE INDEX ix_boundary_marker_number ON register.boundary_marker (number);

CREATE TABLE register.boundary_marker_line (
  marker TEXT NOT NULL,
  line TEXT NOT NULL,
  serial INTEGER,
  CONSTRAINT pk_boundary_marker_line PRIMARY KEY (marker, line),
  CONSTRAINT fk_boundary_marker_line_marker FOREIGN KEY(marker) REFERENCES register.boundary_marker (code),
  CONSTRAINT fk_boundary_marker_line_line FOREIGN KEY(line) REFERENCES register.boundary_line (code)
);
CREATE INDEX ix_boundary_marker_line_line_serial ON register.boundary_marker_line (line, serial);

CREATE TABLE register.reference_object (
  marker TEXT NOT NULL,
  serial SMALLINT NOT NULL,
  name TEXT NOT NULL,
  azimuth FLOAT,
  distance FLOAT,
  geom geometry(POINT,4490),
  source TEXT DEFAULT '' NOT NULL,
  crs_source TEXT DEFAULT 'cgcs2000' NOT NULL,
  made_up BOOLEAN DEFAULT false NOT NULL,
  valid_from DATE,
  valid_to DATE,
  act_id UUID DEFAULT audit.current_act(),
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
  version INTEGER DEFAULT 1 NOT NULL,
  CONSTRAINT pk_reference_object PRIMARY KEY (marker, serial),
  CONSTRAINT ck_reference_object_serial CHECK (serial BETWEEN 1 AND 3),
  CONSTRAINT ck_reference_object_named CHECK (name <> ''),
  CONSTRAINT ck_reference_object_azimuth CHECK (azimuth >= 0 AND azimuth < 360),
  CONSTRAINT ck_reference_object_distance CHECK (distance > 0),
  CONSTRAINT ck_reference_object_period CHECK (valid_to >= valid_from),
  CONSTRAINT fk_reference_object_marker FOREIGN KEY(marker) REFERENCES register.boundary_marker (code)
);
