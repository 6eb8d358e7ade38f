#!/bin/bash
# Replaces Kafka's own script.
if [ $# = 0 ]; then
  echo "USAGE: $0 [-daemon] PROPERTIES-FILE [--override PROPERTY=VALUE]..."
  exit 1
fi
folder=$(dirname "$0")
export KAFKA_HEAP_OPTS=${KAFKA_HEAP_OPTS:--Xmx1G -Xms1G}
export KAFKA_LOG4J_OPTS=${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=$folder/../config/log4j2.yaml}
options=${EXTRA_ARGS--name kafkaServer -loggc}
if [ "$1" = -daemon ]; then
  options="-daemon $options"
  shift
fi
# These are options.
# shellcheck disable=SC2086
exec "$folder/kafka-run-class.sh" $options kafka.Kafka "$@"
