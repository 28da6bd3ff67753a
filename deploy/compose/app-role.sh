#!/bin/sh
# The program's own role: it cannot change the audit and cannot delete from the register.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$DIMING_APP_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE diming_app LOGIN PASSWORD :'password';
SQL
