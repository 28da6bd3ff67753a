"""The register's kinds of record as read resources: one query each, JSON made by the database."""
