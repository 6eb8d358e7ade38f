# What overlays/options/external-postgresql asks of the database's administrator: an owner and a database for each
# application, and an extension for Koku. The folder has the owners' passwords in files of the databases' names.
for file in /owners/*; do
  PASSWORD=$(cat "$file") psql --quiet --set=ON_ERROR_STOP=1 --set=name="$(basename "$file")" <<'SQL'
\getenv password PASSWORD
SELECT format('CREATE ROLE %I LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SQL
done
psql --quiet --dbname=koku --command='CREATE EXTENSION IF NOT EXISTS pg_stat_statements'
