#!/bin/bash
# Replaces Kafka's own script: the same arguments and variables, with the same defaults.
if [ $# = 0 ]; then
  echo "USAGE: $0 [-daemon] [-name NAME] [-loggc] CLASS [ARGUMENT]..."
  exit 1
fi
root=$(dirname "$0")/..
# Turn off file name patterns, because no argument is one.
set -f
log_dir=${LOG_DIR:-$root/logs}
while [ $# != 0 ]; do
  case $1 in
  -daemon) daemon=yes ;;
  -name)
    name=$2
    shift
    ;;
  -loggc) : "${KAFKA_GC_LOG_OPTS:=-Xlog:gc*:file=$log_dir/$name-gc.log:time,tags:filecount=10,filesize=100M}" ;;
  *) break ;;
  esac
  shift
done

# Tools write to stderr, though this variable may name files.
if [ -n "$KAFKA_LOG4J_OPTS" ]; then
  mkdir -p "$log_dir"
else
  KAFKA_LOG4J_OPTS=-Dlog4j2.configurationFile=$root/config/tools-log4j2.yaml
fi
management=com.sun.management.jmxremote
: "${KAFKA_JMX_OPTS:=-D$management=true -D$management.authenticate=false -D$management.ssl=false}"
[ -z "$JMX_PORT" ] || KAFKA_JMX_OPTS+=" -D$management.port=$JMX_PORT -D$management.rmi.port=$JMX_PORT"
: "${KAFKA_HEAP_OPTS:=-Xmx256M}"
: "${KAFKA_JVM_PERFORMANCE_OPTS:=-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true}"

# These are lists of words.
# shellcheck disable=SC2206
command=(
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_GC_LOG_OPTS $KAFKA_JMX_OPTS
  "-Dkafka.logs.dir=$log_dir" $KAFKA_LOG4J_OPTS -cp "${CLASSPATH:+$CLASSPATH:}$root/libs/*" $KAFKA_OPTS "$@"
)
[ -n "$daemon" ] || exec "${command[@]}"
nohup "${command[@]}" >"$log_dir/$name.out" 2>&1 </dev/null &
