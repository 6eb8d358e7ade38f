"""Koku's own tables: reads what Koku knows of manifests, and makes a few changes."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import psycopg2
import psycopg2.extensions
from psycopg2 import sql

from rules import Lock, Manifest, Month, next_month

#: The fields of `Manifest`, in their order. The times in `state` are Koku's own marks of its three steps.
MANIFESTS = """
select m.id, m.assembly_id, m.provider_id::text, coalesce(m.cluster_id, ''), c.schema_name,
  m.creation_datetime, m.completed_datetime is not null, coalesce(m.operator_daily_reports, false),
  m.billing_period_start_datetime, coalesce(m.report_tracker, '{}'), files.processed, files.unprocessed,
  greatest(m.creation_datetime, m.completed_datetime, files.last, (
    select max((mark #>> '{}')::timestamptz) from jsonb_path_query(m.state, '$.*.* ? (@.type() == "string")') mark
  ))
from public.reporting_common_costusagereportmanifest m
join public.api_provider p on p.uuid = m.provider_id and p.type = 'OCP'
join public.api_customer c on c.id = p.customer_id
cross join lateral (
  select coalesce(array_agg(f.report_name) filter (where f.completed_datetime is not null), '{}') as processed,
    coalesce(array_agg(f.report_name) filter (where f.completed_datetime is null), '{}') as unprocessed,
    max(greatest(f.started_datetime, f.completed_datetime)) as last
  from public.reporting_common_costusagereportstatus f where f.manifest_id = m.id
) files
"""

#: Koku's id of a cluster, found as Koku itself does. An organisation sees only its own clusters.
SOURCE = """
select s.provider_id::text
from public.api_sources s
join public.api_provider p on p.uuid = s.provider_id
join public.api_providerauthentication a on a.id = p.authentication_id
where a.credentials = jsonb_build_object('cluster_id', %s::text) and s.org_id = %s
limit 1
"""

#: Whether Koku summarised a month after a moment, and calculated the cluster's cost after that. Summaries that an
#: upload caused meanwhile do not count, because they cover only that upload's days; its manifest has their times.
SUMMARISED = """
select 1 from {table} period join public.api_provider p on p.uuid = period.provider_id
where p.uuid = %s and period.report_period_start >= %s and period.report_period_start < %s
  and period.summary_data_updated_datetime > %s
  and p.data_updated_timestamp > period.summary_data_updated_datetime
  and not exists (
    select from public.reporting_common_costusagereportmanifest m where m.provider_id = p.uuid
    and period.summary_data_updated_datetime between (m.state #>> '{{summary,start}}')::timestamptz
    and (m.state #>> '{{summary,end}}')::timestamptz
  )
"""

#: Marks a manifest as Koku does after its own summaries. A summary that masu starts names no manifest.
COMPLETE = """
update public.reporting_common_costusagereportmanifest set completed_datetime = now()
where id = %s and completed_datetime is null
"""

#: Opens a manifest again, so that the other half of the repair asks for its totals.
OPEN_AGAIN = "update public.reporting_common_costusagereportmanifest set completed_datetime = null where id = %s"

#: Two equal rows mean that Koku wrote one twice, because a row has the hour, the pod and all figures.
WRITTEN_TWICE = """
with rows as (
  select id, row_number() over (partition by md5((to_jsonb(item) - 'id')::text) order by id) as copy
  from {table} item
  where source = %(source)s and usage_start = %(day)s
)
delete from {table} item using rows
where item.id = rows.id and item.source = %(source)s and item.usage_start = %(day)s and rows.copy > 1
"""


class Database:
    """A connection to Koku's database, configured by Koku's variables."""

    def __init__(self) -> None:
        e = os.environ
        encrypted = bool(e.get("DATABASE_SERVICE_CERT"))
        self.connection = psycopg2.connect(
            host=e["DATABASE_SERVICE_HOST"],
            port=e["DATABASE_SERVICE_PORT"],
            dbname=e["DATABASE_NAME"],
            user=e["DATABASE_USER"],
            password=e["DATABASE_PASSWORD"],
            sslmode="verify-full" if encrypted else "prefer",
            sslrootcert=e["DATABASE_SERVICE_CERTFILE"] if encrypted else None,
            connect_timeout=10,
            application_name="koku-repair",
            # Koku counts days and months in UTC.
            options="-c timezone=UTC",
        )

    @contextmanager
    def _cursor(self) -> Iterator[psycopg2.extensions.cursor]:
        with self.connection, self.connection.cursor() as cursor:
            yield cursor

    def _manifests(self, where: str, *values: object) -> list[Manifest]:
        with self._cursor() as cursor:
            cursor.execute(MANIFESTS + where, values)
            return [
                Manifest(*plain, billing.date(), tracker, frozenset(processed), frozenset(unprocessed), sign_of_life)
                for *plain, billing, tracker, processed, unprocessed, sign_of_life in cursor
            ]

    def provider(self, cluster: str, organisation: str) -> str | None:
        """Koku's id of a cluster; None without a source."""
        with self._cursor() as cursor:
            cursor.execute(SOURCE, (cluster, organisation))
            row = cursor.fetchone()
            return row[0] if row else None

    def manifest(self, provider: str, uuid: str) -> Manifest | None:
        """What Koku knows of a manifest; None before the listener has read it."""
        found = self._manifests("where m.provider_id = %s and m.assembly_id = %s", provider, uuid)
        return found[0] if found else None

    def unfinished(self, since: datetime) -> list[Manifest]:
        """Manifests whose files Koku knows, but which it has never completed."""
        found = self._manifests("where m.completed_datetime is null and m.creation_datetime > %s order by m.id", since)
        return [manifest for manifest in found if manifest.processed or manifest.unprocessed]

    def summarised_since(self, schema: str, month: Month, moment: datetime) -> bool:
        """Whether Koku made a month's totals after a moment."""
        statement = sql.SQL(SUMMARISED).format(table=sql.Identifier(schema, "reporting_ocpusagereportperiod"))
        with self._cursor() as cursor:
            cursor.execute(statement, (month.provider, month.month, next_month(month.month), moment))
            return cursor.fetchone() is not None

    def complete(self, manifest: Manifest) -> None:
        """Marks a manifest as completed."""
        with self._cursor() as cursor:
            cursor.execute(COMPLETE, (manifest.number,))

    def remove_second_copies(self, manifest: Manifest) -> int:
        """
        Removes rows that Koku wrote twice, and opens the manifest again if there were any; returns their number.

        Koku commits each write. After its own end or the database's, it writes the whole interrupted file again.
        So this looks only at files that Koku began more than once.
        """
        with self._cursor() as cursor:
            removed = sum(
                remove_second_copies(cursor, manifest, kind, day)
                for kind, day, times in manifest.day_files()
                if times > 1
            )
            if removed:
                cursor.execute(OPEN_AGAIN, (manifest.number,))
        return removed

    def locks(self, provider: str) -> list[Lock]:
        """Koku's locks on the totals of a cluster."""
        lifetime = timedelta(seconds=float(os.environ["WORKER_CACHE_TIMEOUT"]))
        with self._cursor() as cursor:
            cursor.execute(
                "select cache_key, value, expires from public.worker_cache_table where cache_key like %s",
                (f"%.tasks.update\\_%:{provider}:%",),
            )
            return [Lock(key, base64.b64decode(value), expires - lifetime, expires) for key, value, expires in cursor]

    def free(self, lock: Lock) -> None:
        """Removes a lock. Compares the time, so that it does not remove a lock that a task has taken since."""
        with self._cursor() as cursor:
            cursor.execute(
                "delete from public.worker_cache_table where cache_key = %s and expires = %s", (lock.key, lock.expires)
            )


def remove_second_copies(cursor: psycopg2.extensions.cursor, manifest: Manifest, kind: str, day: date) -> int:
    """
    Removes the second copies of a day's rows. Rows of whole days are sums of one file each, and two may be equal by
    chance, so this looks at them only if it found hours twice.
    """
    removed = 0
    for table in (f"openshift_{kind}_line_items", f"openshift_{kind}_line_items_daily"):
        cursor.execute("select to_regclass(%s) is not null", (f"{manifest.schema}.{table}",))
        if cursor.fetchone() != (True,):
            break
        statement = sql.SQL(WRITTEN_TWICE).format(table=sql.Identifier(manifest.schema, table))
        cursor.execute(statement, {"source": manifest.provider, "day": day})
        removed += cursor.rowcount
        if not removed:
            break
    return removed
