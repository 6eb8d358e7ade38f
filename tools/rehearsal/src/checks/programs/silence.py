"""
Holds connections to servers that vanish without a packet, and prints after how many seconds each call fails. Appended to
kafka.py. It connects as Koku does, without time-outs of its own.
"""

import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import http.client
import psycopg2
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

e = os.environ
# With this run's name, because files of an earlier run may exist.
ready, vanished = (Path(f"/tmp/{task['run']}-{what}") for what in ("ready", "vanished"))


def connect_database():
    return psycopg2.connect(
        host=e["DATABASE_SERVICE_HOST"],
        port=e["DATABASE_SERVICE_PORT"],
        dbname=e["DATABASE_NAME"],
        user=e["DATABASE_USER"],
        password=e["DATABASE_PASSWORD"],
    )


def connect_cache():
    cache = redis.Redis(
        host=e["REDIS_HOST"],
        port=int(e["REDIS_PORT"]),
        password=e["REDIS_PASSWORD"],
        # kombu passes none of these, so the defaults of redis-py are off in Koku.
        socket_timeout=None,
        socket_connect_timeout=None,
        socket_keepalive=None,
        # A retry would find the replacement of a server; here none comes.
        retry=Retry(NoBackoff(), 0),
        single_connection_client=True,
    )
    cache.ping()
    return cache


def connect_store():
    where = urlsplit(e["S3_ENDPOINT"])
    store = http.client.HTTPConnection(where.hostname, where.port or 80)
    store.connect()
    return store


def ask(store):
    store.request("GET", "/")
    store.getresponse()


CALLS = {
    ("db-koku", "reading"): (connect_database, lambda server: server.cursor().execute("select pg_sleep(300)"), True),
    ("db-koku", "writing"): (connect_database, lambda server: server.cursor().execute("select 1"), False),
    ("valkey", "reading"): (connect_cache, lambda server: server.blpop("rehearsal-silence", 0), True),
    ("valkey", "writing"): (connect_cache, lambda server: server.ping(), False),
    ("object-storage", "reading"): (connect_store, lambda server: server.sock.recv(1), True),
    ("object-storage", "writing"): (connect_store, ask, False),
}
results = []


def hold(server, way, connect, call, before):
    connection = connect()
    connected.wait()
    if not before:
        while not vanished.exists():
            time.sleep(0.1)
    try:
        call(connection)
        reason = "answered"
    except Exception as error:
        reason = " ".join(str(error).split())
    results.append({"server": server, "way": way, "seconds": round(time.time() - vanished.stat().st_mtime), "reason": reason})


connected = threading.Barrier(len(CALLS) + 1)
threads = [
    threading.Thread(target=hold, args=(*key, *call), daemon=True) for key, call in CALLS.items()
]
for thread in threads:
    thread.start()
connected.wait(30)
# By then the reading calls have started.
time.sleep(1)
ready.touch()
until = time.monotonic() + task["patience"]
for thread in threads:
    thread.join(max(0, until - time.monotonic()))
for server, way in CALLS.keys() - {(one["server"], one["way"]) for one in results}:
    results.append({"server": server, "way": way, "seconds": None, "reason": "it still waits"})
print(json.dumps(sorted(results, key=lambda one: (one["server"], one["way"]))))
