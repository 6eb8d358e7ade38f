# What overlays/options/external-postgresql asks of the database's administrator for Koku.
psql --quiet --dbname=koku --command='CREATE EXTENSION IF NOT EXISTS pg_stat_statements'
