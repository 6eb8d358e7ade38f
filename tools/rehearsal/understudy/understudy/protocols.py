"""
Connections in the real protocols, with the client libraries that applications use.

Each function returns when the server did its work, and raises otherwise. Times are seconds.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Mapping

from .declaration import Connection

#: The kind of value in a variable, by its name in the declaration.
Values = Mapping[str, str]

#: Seconds that a server has to answer.
PATIENCE = 4


def postgresql(given: Values, _: Connection) -> None:
    """Logs in and runs a statement."""
    import psycopg2

    encrypted = {"sslmode": "verify-full", "sslrootcert": given["ca-file"]} if given.get("ca-file") else {}
    connection = psycopg2.connect(
        host=given["host"],
        port=given["port"],
        dbname=given["database"],
        user=given["username"],
        password=given["password"],
        connect_timeout=PATIENCE,
        **encrypted,
    )
    try:
        connection.cursor().execute("select 1")
    finally:
        connection.close()


def redis(given: Values, _: Connection) -> None:
    """Logs in and asks for an answer."""
    import redis as library
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    encrypted = {"ssl": True, "ssl_ca_certs": given["ca-file"]} if given.get("tls") else {}
    client = library.Redis(
        host=given["host"],
        port=int(given["port"]),
        username=given.get("username"),
        password=given["password"],
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
        **encrypted,
    )
    try:
        client.ping()
    finally:
        client.close()


#: Settings of Kafka's client, by the value's name in the declaration.
KAFKA_SETTINGS = {
    "security-protocol": "security.protocol",
    "sasl-mechanism": "sasl.mechanisms",
    "sasl-username": "sasl.username",
    "ca-file": "ssl.ca.location",
}


def kafka(given: Values, connection: Connection) -> None:
    """Asks for the topics. Joins no group and reads no message, because those belong to the application."""
    from confluent_kafka import KafkaException
    from confluent_kafka.admin import AdminClient

    said: list[str] = []
    settings = {setting: given[key] for key, setting in KAFKA_SETTINGS.items() if key in given}
    # Without SASL the client refuses a password.
    if "sasl-mechanism" in given:
        settings["sasl.password"] = given.get("password", "")
    client = AdminClient(
        {
            "bootstrap.servers": given.get("authority") or f"{given['host']}:{given['port']}",
            "socket.timeout.ms": PATIENCE * 1000,
            "error_cb": lambda error: said.append(error.str()),
            # The client logs to standard error, line by line while a broker is away.
            "log_level": 0,
            **settings,
        }
    )
    try:
        present = client.list_topics(timeout=PATIENCE).topics
    except KafkaException as error:
        # The callback knows the cause; the exception only reports the timeout.
        client.poll(0)
        raise ConnectionError(said[-1] if said else error.args[0].str()) from error
    missing = [topic for topic in connection.topics if topic not in present]
    if missing:
        raise LookupError(f"topics are missing: {', '.join(missing)}")


def s3(given: Values, connection: Connection) -> None:
    """Asks for each bucket."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError

    scheme = "https" if given.get("tls") == "true" else "http"
    # A program that does not read the file of settings knows AWS' style for AWS alone.
    style = {} if "aws-configuration" in given else {"s3": {"addressing_style": "path"}}
    client = boto3.client(
        "s3",
        endpoint_url=given.get("url") or f"{scheme}://{given['host']}",
        region_name=given.get("region"),
        aws_access_key_id=given["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=given["AWS_SECRET_ACCESS_KEY"],
        verify=given.get("ca-file"),
        config=Config(connect_timeout=PATIENCE, read_timeout=PATIENCE, retries={"total_max_attempts": 1}, **style),
    )
    # A claim's bucket replaces all others.
    names = [given["BUCKET_NAME"]] if given.get("BUCKET_NAME") else [given[name] for name in connection.buckets]
    for name in names:
        try:
            client.head_bucket(Bucket=name)
        except ClientError as error:
            # The answer to HEAD has no body, so the library knows only its status.
            meaning = {403: "the keys are refused", 404: "does not exist"}
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            raise LookupError(f"bucket {name}: {meaning.get(status, status)}") from error


def http(given: Values, connection: Connection) -> None:
    """Asks for the root path. Any answer but a server error counts. A server without variables is never elsewhere."""
    server = f"{given['host']}:{given['port']}" if "host" in given else connection.server
    address = given.get("url") or f"http://{server}/"
    try:
        urllib.request.urlopen(address, timeout=PATIENCE).close()
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise


PROTOCOLS: dict[str, Callable[[Values, Connection], None]] = {
    "postgresql": postgresql,
    "redis": redis,
    "kafka": kafka,
    "s3": s3,
    "http": http,
}
