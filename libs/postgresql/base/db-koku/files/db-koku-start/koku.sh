# Idempotent: runs at every start, so that a changed Secret takes effect with a restart.
psql --quiet --set=ON_ERROR_STOP=1 --dbname="$POSTGRESQL_DATABASE" <<'SQL'
\getenv password REPLICATION_PASSWORD
SELECT 'CREATE ROLE replication' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replication') \gexec
ALTER ROLE replication WITH LOGIN REPLICATION PASSWORD :'password';
-- Only a superuser may create these, and migrations expect them to be there.
CREATE EXTENSION IF NOT EXISTS "pg_stat_statements";
SQL
