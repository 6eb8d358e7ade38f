"""The database of the resource optimisation, configured by its variables, and the commands that change it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import psycopg2
import psycopg2.extensions

#: One file for each migration, by its number. The Containerfile says how many.
MIGRATIONS = Path("migrations")

#: As the library that makes the migrations creates it.
TABLE = "create table if not exists schema_migrations (version bigint not null primary key, dirty boolean not null)"

Row = tuple[int, bool] | None


def database() -> psycopg2.extensions.connection:
    """Opens a connection. The certificate is a text, and the library reads a file."""
    e = os.environ
    mode = e.get("DB_SSL") or "disable"
    with tempfile.TemporaryDirectory() as folder:
        authority = Path(folder, "ca.crt")
        authority.write_text(e.get("DB_CA_CERT", ""))
        return psycopg2.connect(
            host=e["DB_HOST"],
            port=e["DB_PORT"],
            dbname=e["DB_NAME"],
            user=e["DB_USER"],
            password=e["DB_PASSWORD"],
            connect_timeout=10,
            sslmode=mode,
            **({} if mode == "disable" else {"sslrootcert": str(authority)}),
        )


def prepared() -> psycopg2.extensions.connection:
    """A connection to a database that has the table of migrations. Raises SystemExit with 1 without one."""
    try:
        connection = database()
        with connection, connection.cursor() as cursor:
            cursor.execute(TABLE)
    except psycopg2.Error as error:
        print(f"Unable to get migration instance: {error}")
        sys.exit(1)
    return connection


def newest() -> int:
    """The number of the newest migration."""
    return max(int(file.name.split("_")[0]) for file in MIGRATIONS.glob("*.up.sql"))


def state(cursor: psycopg2.extensions.cursor) -> Row:
    """The version of the schema, and whether its migration failed."""
    cursor.execute("select version, dirty from schema_migrations limit 1")
    return cursor.fetchone()  # type: ignore[return-value]


def migrate() -> None:
    """Brings the schema to the newest version. As the real one, it only reports a failure, and exits with 0."""
    print("Forward database migration", flush=True)
    connection = prepared()
    with connection, connection.cursor() as cursor:
        found = state(cursor)
        if found and found[1]:
            print(f"Dirty database version {found[0]}. Fix and force version.")
        elif found and found[0] == newest():
            print("no change")
        elif found and found[0] > newest():
            print(f"no migration found for version {found[0]}")
        else:
            cursor.execute("delete from schema_migrations")
            cursor.execute("insert into schema_migrations values (%s, false)", (newest(),))


def revision() -> None:
    """Prints the state of the schema, in the words of the real one."""
    with prepared().cursor() as cursor:
        found = state(cursor)
    if not found:
        print("no migration")
        return
    version, dirty = found
    print(f"Current migration version is: {version} ")
    print(f"Is dirty: {str(dirty).lower()} ")


def clean() -> None:
    """Replaces the removal of old partitions, which needs the right to change the schema."""
    with database() as connection, connection.cursor() as cursor:
        cursor.execute("create table understudy_partition (day date); drop table understudy_partition")
