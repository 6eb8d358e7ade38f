/** The Kafka client of Koku's image, for our small programs that do not load Koku. */

/**
 * A Python expression: the configuration of a client, from the variables that Koku itself reads (`kafka` in
 * connections.ts), so that both connect in the same way. The program must `import os`.
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
