/** Kafka's client in the image of Koku, for small programs of ours that do without the rest of Koku. */

/**
 * A Python expression: the configuration of a client, by the variables that Koku itself has (`kafka` in
 * connections.ts), so that what works for the one works for the other. Wants `import os`.
 */
export const kafkaClient = `{
    "bootstrap.servers": f"{os.environ['INSIGHTS_KAFKA_HOST']}:{os.environ['INSIGHTS_KAFKA_PORT']}",
    **{
        key: os.environ[name]
        for key, name in {
            "security.protocol": "KAFKA_SECURITY_PROTOCOL", "sasl.mechanisms": "KAFKA_SASL_MECHANISM",
            "sasl.username": "KAFKA_SASL_USERNAME", "sasl.password": "KAFKA_SASL_PASSWORD",
            "ssl.ca.location": "KAFKA_SSL_CA_LOCATION",
        }.items()
        if name in os.environ
    },
}`;
