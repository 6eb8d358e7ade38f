"""Replaces those commands of Koku that our manifests and programs call."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg2

# `python3 -c` with `runpy` does not put the folder of this file on the path.
sys.path.insert(0, str(Path(__file__).parent))

from koku.database import database  # noqa: E402
from understudy.__main__ import main as play  # noqa: E402

#: The tables and columns of Koku that our own programs read (models of project-koku/koku at 768be8253).
TABLES = """
create schema if not exists understudy;
create table if not exists understudy.done (mark text not null, worker text not null, at timestamptz default now());
create table if not exists public.api_customer (id serial, schema_name text);
create table if not exists public.api_providerauthentication (id serial, credentials jsonb);
create table if not exists public.api_provider (
  uuid uuid, type text, customer_id integer, authentication_id integer, data_updated_timestamp timestamptz
);
create table if not exists public.api_sources (provider_id uuid, org_id text);
create table if not exists public.reporting_common_costusagereportmanifest (
  id serial, assembly_id text, provider_id uuid, cluster_id text, creation_datetime timestamptz,
  completed_datetime timestamptz, operator_daily_reports boolean, billing_period_start_datetime timestamptz,
  report_tracker jsonb, state jsonb
);
create table if not exists public.reporting_common_costusagereportstatus (
  manifest_id integer, report_name text, started_datetime timestamptz, completed_datetime timestamptz
);
create table if not exists public.worker_cache_table (cache_key text, value text, expires timestamptz);
"""


def migrate() -> None:
    """Creates the tables. Safe to repeat."""
    connection = database()
    with connection, connection.cursor() as cursor:
        cursor.execute(TABLES)


def check_migrations() -> None:
    """Prints whether the tables exist, as Koku does: the last line is True or False."""
    connection = database()
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('public.worker_cache_table') is not null")
        print(cursor.fetchone() == (True,))


def connect() -> None:
    """Replaces commands of which the understudy plays only the connection."""
    database().close()


COMMANDS: dict[str, Callable[[], None]] = {
    "check_migrations": check_migrations,
    "listener": play,
    "migrate": migrate,
    "migrate_schemas": connect,
    "shell": connect,
    "sources_listener": play,
}


def run(command: str) -> None:
    """
    Runs one command.

    Raises SystemExit if the understudy does not play it, or if the database is not usable.
    """
    if command not in COMMANDS:
        sys.exit(f"manage.py {command}: the understudy plays {', '.join(COMMANDS)}")
    try:
        COMMANDS[command]()
    except psycopg2.OperationalError as error:
        sys.exit(f"manage.py {command}: {error}")


if __name__ == "__main__":
    # A Job that is told to stop ends at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    run(sys.argv[1] if len(sys.argv) > 1 else "")
