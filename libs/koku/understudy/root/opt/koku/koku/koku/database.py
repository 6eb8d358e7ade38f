"""Koku's database, configured by Koku's variables."""

from __future__ import annotations

import os

import psycopg2
import psycopg2.extensions


def database() -> psycopg2.extensions.connection:
    """Opens a connection."""
    e = os.environ
    certificate = e.get("DATABASE_SERVICE_CERTFILE")
    return psycopg2.connect(
        host=e["DATABASE_SERVICE_HOST"],
        port=e["DATABASE_SERVICE_PORT"],
        dbname=e["DATABASE_NAME"],
        user=e["DATABASE_USER"],
        password=e["DATABASE_PASSWORD"],
        **({"sslmode": "verify-full", "sslrootcert": certificate} if certificate else {}),
    )
