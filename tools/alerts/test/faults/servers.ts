/** Databases, Kafka, the object store, the cache, their disks, and the certificate. */
import { always, grows, named } from '../world.ts';
import {
  allQueues,
  at,
  available,
  brokers,
  deployment,
  exporter,
  gone,
  reads,
  statefulset,
  taken,
  since,
  waiting,
  type Case,
} from './case.ts';

/** Each must fire its alerts. */
export const serverFaults: readonly Case[] = [
  at(
    'PostgreSQL is down',
    10,
    {
      ...statefulset('db-koku', 0),
      ...since(named('db_connection_errors_total', reads), grows(3)),
      ...deployment('koku-api-reads', 0),
      ...deployment('koku-api-writes', 0),
    },
    'CostDatabaseDown{statefulset="db-koku"}',
    'CostDatabaseDown{statefulset=""}',
    'CostApiDown{deployment="koku-api-reads"}',
    'CostApiDown{deployment="koku-api-writes"}',
  ),
  at(
    'an external PostgreSQL is down',
    10,
    since(named('db_connection_errors_total', reads), grows(3)),
    'CostDatabaseDown{}',
  ),
  at(
    'Kafka is down',
    10,
    { ...statefulset('kafka', 0), ...since(brokers, always(0)), ...since(waiting, gone), ...since(taken, gone) },
    'CostKafkaDown{statefulset="kafka"}',
    'CostKafkaDown{pod="koku-lag-exporter-1"}',
  ),
  at('an external Kafka is down', 10, since(brokers, always(0)), 'CostKafkaDown{}'),
  at('the embedded object store is down', 10, statefulset('object-storage', 0), 'CostObjectStoreDown{}'),
  at(
    'the cache is down',
    10,
    {
      ...statefulset('valkey', 0),
      ...since(named('redis_up', exporter), always(0)),
      ...allQueues(gone),
    },
    'CostCacheDown{}',
  ),
  at(
    'the cache is full of tasks and refuses more',
    20,
    since(named('redis_errors_total', { ...exporter, err: 'OOM' }), grows(5)),
    'CostCacheRefusesWrites{err="OOM"}',
  ),
  at(
    'the cache cannot write to its disk',
    20,
    since(named('redis_errors_total', { ...exporter, err: 'MISCONF' }), grows(5)),
    'CostCacheRefusesWrites{err="MISCONF"}',
  ),
  at(
    'the database’s disk is nearly full',
    15,
    since(available, always(1e9)),
    'CostVolumeNearlyFull{persistentvolumeclaim="db-koku-data"}',
  ),
  at(
    'the database’s disk fills within days',
    120,
    since(available, (minute) => 7e9 - minute * 3e6),
    'CostVolumeFills{persistentvolumeclaim="db-koku-data"}',
  ),
  at(
    'the certificate is not renewed',
    120,
    since(
      named('certmanager_certificate_expiration_timestamp_seconds', {
        namespace: 'cert-manager',
        exported_namespace: 'cost-onprem',
        name: 'koku-gateway-tls',
      }),
      always(10 * 24 * 3600),
    ),
    'CostCertificateExpires{name="koku-gateway-tls"}',
  ),
];
