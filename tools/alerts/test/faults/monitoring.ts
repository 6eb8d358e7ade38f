/** Metrics that do not arrive. */
import type { World } from '../../src/promtool.ts';
import { always, healthy, named } from '../world.ts';
import { allQueues, at, exporter, gone, since, type Case } from './case.ts';

/** Each must fire its alerts. */
export const monitoringFaults: readonly Case[] = [
  at(
    'the exporter of the cache is down',
    30,
    {
      ...since(named('redis_up', exporter), gone),
      ...allQueues(gone),
      ...since(named('up', exporter), always(0)),
    },
    'CostMonitoringBlind{}',
    'CostTargetDown{pod="valkey-exporter-1"}',
  ),
  at(
    'no metrics of Deployments arrive',
    30,
    Object.assign(
      {},
      ...Object.keys(healthy)
        .filter((name) => name.startsWith('kube_deployment'))
        .map((name) => since(name, gone)),
    ) as World,
    'CostMonitoringBlind{}',
  ),
  at(
    'the metrics endpoint of a worker hangs',
    20,
    since(named('up', { pod: 'koku-celery-worker-ocp-1', service: 'koku-celery-worker-ocp' }), always(0)),
    'CostTargetDown{service="koku-celery-worker-ocp"}',
  ),
];
