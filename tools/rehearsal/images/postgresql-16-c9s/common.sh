# Functions of run-postgresql; libs/postgresql's replica calls set_pgdata, generate_passwd_file and
# generate_postgresql_config by these names.

# Written at every start, because the environment and the memory limit may have changed; the cluster includes this file.
configuration_file=$HOME/container.conf

fail() {
  echo "postgresql: $*" >&2
  exit 1
}

# Refuses what the real image supports and this one does not, instead of ignoring it.
refuse_what_is_not_here() {
  local name
  for name in ${!POSTGRESQL_MIGRATION_@} ${!POSTGRESQL_UPGRADE@} ${!POSTGRESQL_EXTENSIONS@}; do
    fail "$name is set, and this stand-in does not do what it asks for"
  done
  case ${POSTGRESQL_LOG_DESTINATION:-/dev/stderr} in
  /dev/stderr) ;;
  *) fail "POSTGRESQL_LOG_DESTINATION is '$POSTGRESQL_LOG_DESTINATION': this stand-in allows /dev/stderr, or none" ;;
  esac
}

require_variables() {
  local name given=
  for name in POSTGRESQL_USER POSTGRESQL_PASSWORD POSTGRESQL_DATABASE; do
    [ -z "${!name-}" ] || given+=" $name"
  done
  case $given in
  ' POSTGRESQL_USER POSTGRESQL_PASSWORD POSTGRESQL_DATABASE') ;;
  '') [ -n "${POSTGRESQL_ADMIN_PASSWORD-}" ] ||
    fail 'set POSTGRESQL_USER, POSTGRESQL_PASSWORD and POSTGRESQL_DATABASE, or POSTGRESQL_ADMIN_PASSWORD, or all four' ;;
  *) fail "only$given of POSTGRESQL_USER, POSTGRESQL_PASSWORD and POSTGRESQL_DATABASE is set: set all three, or none" ;;
  esac
  [ "${POSTGRESQL_USER-}" != postgres ] ||
    fail "POSTGRESQL_USER is 'postgres', which is reserved: choose another, or set POSTGRESQL_ADMIN_PASSWORD alone"
  for name in POSTGRESQL_USER POSTGRESQL_DATABASE; do
    [ "$(LC_ALL=C; name=${!name-}; echo "${#name}")" -le 63 ] || fail "$name is longer than 63 bytes"
  done
}

# Below the volume's top folder, which the server cannot own.
set_pgdata() {
  export PGDATA=$HOME/data/userdata
  # A volume with fsGroup may give the group access to the folder, and the server refuses such a folder.
  [ ! -d "$PGDATA" ] || chmod 700 "$PGDATA"
}

# initdb and libpq look up the name of the UID, which can be any.
generate_passwd_file() {
  ! getent passwd "$(id -u)" >/dev/null || return 0
  sed '/^postgres:/d' /etc/passwd >"$HOME/passwd"
  echo "postgres:x:$(id -u):$(id -g)::$HOME:/bin/bash" >>"$HOME/passwd"
  export LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD=$HOME/passwd NSS_WRAPPER_GROUP=/etc/group
}

# Prints a share of the memory limit in megabytes, or the default without a limit.
memory_share() {
  local parts=$1 otherwise=$2
  if [ -n "${NO_MEMORY_LIMIT-}" ] || [ -z "${MEMORY_LIMIT_IN_BYTES-}" ]; then
    echo "$otherwise"
  else
    echo "$((MEMORY_LIMIT_IN_BYTES / parts / 1024 / 1024))MB"
  fi
}

generate_postgresql_config() {
  local more=$APP_DATA/src/postgresql-cfg
  case ${ENABLE_REPLICATION:-false} in
  false) ;;
  *) fail "ENABLE_REPLICATION is '$ENABLE_REPLICATION': this stand-in allows false, or none" ;;
  esac
  cat >"$configuration_file" <<END
listen_addresses = '*'
unix_socket_directories = '/run/postgresql, /tmp'
max_connections = '${POSTGRESQL_MAX_CONNECTIONS:-100}'
max_prepared_transactions = '${POSTGRESQL_MAX_PREPARED_TRANSACTIONS:-0}'
shared_buffers = '${POSTGRESQL_SHARED_BUFFERS:-$(memory_share 4 32MB)}'
effective_cache_size = '${POSTGRESQL_EFFECTIVE_CACHE_SIZE:-$(memory_share 2 128MB)}'
shared_preload_libraries = '${POSTGRESQL_LIBRARIES-}'
# One file per weekday, overwritten after a week, as in Red Hat's packages.
logging_collector = '$([ -n "${POSTGRESQL_LOG_DESTINATION-}" ] && echo off || echo on)'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
END
  # Included last, so that it overrides the rest.
  [ ! -d "$more" ] || echo "include_dir '$more'" >>"$configuration_file"
}

# A client in the pod needs no password; all others do.
initialize_cluster() {
  initdb --username=postgres --auth=trust --locale="${LANG:-en_US.utf8}" --encoding=UTF8
  echo "include '$configuration_file'" >>"$PGDATA/postgresql.conf"
  # "md5" accepts a scram-sha-256 password as well.
  printf 'host %s all all md5\n' all replication >>"$PGDATA/pg_hba.conf"
}

# Runs SQL as the superuser. Values reach it through psql's environment, because other processes can read a command line.
superuser_sql() {
  psql --quiet --set=ON_ERROR_STOP=1 --dbname=postgres
}

create_user_and_database() {
  [ -n "${POSTGRESQL_USER-}" ] || return 0
  superuser_sql <<'SQL'
\getenv user POSTGRESQL_USER
\getenv database POSTGRESQL_DATABASE
CREATE ROLE :"user" LOGIN;
CREATE DATABASE :"database" OWNER :"user";
SQL
}

set_passwords() {
  [ -z "${POSTGRESQL_USER-}" ] || superuser_sql <<'SQL'
\getenv user POSTGRESQL_USER
\getenv password POSTGRESQL_PASSWORD
ALTER ROLE :"user" PASSWORD :'password';
SQL
  [ -z "${POSTGRESQL_ADMIN_PASSWORD-}" ] || superuser_sql <<'SQL'
\getenv password POSTGRESQL_ADMIN_PASSWORD
ALTER ROLE postgres PASSWORD :'password';
SQL
}

# Sources *.sh of a folder that a pod may mount, in the order of their names.
source_scripts() {
  local script
  for script in "$APP_DATA/src/$1"/*.sh; do
    [ ! -e "$script" ] || source "$script"
  done
}
