# What an administrator of PostgreSQL is asked to do for Koku (overlays/options/external-postgresql).
psql --quiet --dbname=koku --command='CREATE EXTENSION IF NOT EXISTS pg_stat_statements'
