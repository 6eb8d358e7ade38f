#!/bin/bash
# In the place of Kafka's own: [-name NAME] [-loggc] [-daemon is not there] CLASS [ARGUMENTS].
while [ $# -gt 0 ]; do
  case $1 in
    -name) shift 2 ;;
    -loggc) shift ;;
    *) break ;;
  esac
done
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
: "${KAFKA_HEAP_OPTS:=-Xmx256M}"
: "${KAFKA_JVM_PERFORMANCE_OPTS:=-server -Djava.awt.headless=true}"
: "${KAFKA_LOG4J_OPTS:=-Dlog4j2.configurationFile=$root/config/tools-log4j2.yaml}"
# These are lists of words.
# shellcheck disable=SC2086
exec java $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_LOG4J_OPTS $KAFKA_OPTS -cp "$root/libs/*" "$@"
