import { kafka as listens, kafkaClaim } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';

/**
 * Koku's consumers work with it although they ask for an old protocol
 * (tools/documentation/facts/kafka.md#kokus-old-protocol).
 */
// renovate: datasource=docker
const image = 'docker.io/apache/kafka:4.1.0';

const dataFolder = '/var/lib/kafka/data';
const configurationFolder = '/etc/kafka-configuration';

/** Controller and broker run in one process; the controller listens only on the pod's loopback address. */
const controller = '127.0.0.1:29093';

/**
 * Listener for `kafka-*.sh` in the pod itself. The other listener's advertised address is out of reach there, because
 * of policies.
 */
const local = '127.0.0.1:9092';

const serverProperties = `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@${controller}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CLIENT:PLAINTEXT,LOCAL:PLAINTEXT,CONTROLLER:PLAINTEXT
listeners=CLIENT://:${listens.client.number},LOCAL://${local},CONTROLLER://${controller}
advertised.listeners=CLIENT://${listens.client.workload}:${listens.client.number},LOCAL://${local}
inter.broker.listener.name=CLIENT
# A folder of the volume, because file systems put folders such as lost+found into its root.
log.dirs=${dataFolder}/logs
default.replication.factor=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
# Otherwise a typo would create a topic without readers.
auto.create.topics.enable=false
`;

/** Logs to stdout, because the image logs to files beside the program. */
const log4j = `Configuration:
  status: warn
  Appenders:
    Console:
      name: stdout
      PatternLayout:
        pattern: "[%d] %p %m (%c)%n"
  Loggers:
    Root:
      level: info
      AppenderRef:
        - ref: stdout
`;

/** The cluster's id: 16 arbitrary bytes, which must never change. */
const clusterId = 'Y29zdC1vbnByZW0ta2Fma2E';

const properties = `${configurationFolder}/server.properties`;

/**
 * These variables are the server's own, because a tool in the same pod needs neither its memory
 * (tools/documentation/facts/kafka.md#memory) nor its log.
 */
const start = `set -eu
export LOG_DIR=/tmp/logs
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted --cluster-id ${clusterId} --config ${properties}
export KAFKA_LOG4J_OPTS=-Dlog4j2.configurationFile=${configurationFolder}/log4j2.yaml
# 448 MiB with a heap of 512 MiB.
export KAFKA_HEAP_OPTS='-XX:InitialRAMPercentage=20 -XX:MaxRAMPercentage=40'
# Empty, Kafka opens a port for JMX on all addresses.
export KAFKA_JMX_OPTS=-Dcom.sun.management.jmxremote.local.only=true
# Without the log of the garbage collector, which would be a file.
export EXTRA_ARGS='-name kafkaServer'
exec /opt/kafka/bin/kafka-server-start.sh ${properties}`;

const accepts = (failures: number): Probe => ({
  check: { connectTo: listens.client },
  every: 5,
  timeout: 5,
  failures,
});

/** One server in KRaft mode. Topics have no replicas; the volume keeps their messages. */
export const kafka = workload({
  name: 'kafka',
  purpose: 'Kafka, one server: it carries the announcements of uploads.',
  kind: 'StatefulSet',
  image,
  wave: 'data',
  command: ['sh', '-c', start],
  listens,
  files: [
    {
      configMap: 'kafka-configuration',
      mountPath: configurationFolder,
      contents: { 'server.properties': serverProperties, 'log4j2.yaml': log4j },
    },
  ],
  store: { claim: kafkaClaim, mountPath: dataFolder },
  probes: { startup: accepts(60), readiness: accepts(3), liveness: accepts(12) },
  gracePeriod: 60,
  singleton: true,
});
