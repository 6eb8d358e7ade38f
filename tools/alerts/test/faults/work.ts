/** Queues, uploads and requests that do not get through although every pod runs. */
import { uploadTopic } from '@cost-onprem/contracts';
import type { World } from '../../src/promtool.ts';
import { always, grows, named } from '../world.ts';
import { since, queue, arrived, taken, waiting, summaries, answered, within, at, type Case } from './case.ts';

/** Each must fire its alerts. */
export const workFaults: readonly Case[] = [
  at(
    'a worker hangs: its pod is healthy but its queue does not move',
    90,
    queue('cost_model', always(3)),
    'CostQueueWaits{queue="cost_model"}',
    'CostQueueStuck{queue="cost_model"}',
  ),
  at(
    'a worker takes no tasks while Beat keeps sending them',
    20,
    queue('download', (minute) => 1 + Math.floor(minute / 5)),
    'CostQueueWaits{queue="download"}',
  ),
  at(
    'a queue fills faster than its worker works',
    100,
    queue('ocp', (minute) => minute * 2 - (minute % 2) * 5 + 10),
    'CostQueueGrows{queue="ocp"}',
  ),
  at(
    'the listener hangs on one upload',
    45,
    { ...since(taken, always(100)), ...since(waiting, always(1)) },
    'CostListenerStuck{}',
  ),
  at(
    'the listener is too slow for the uploads that arrive',
    90,
    {
      ...since(taken, (minute) => 100 + minute * 2),
      ...since(waiting, (minute) => 60 + minute),
    },
    'CostListenerBehind{}',
  ),
  at(
    'the listener drops each upload because the object store refuses it',
    390,
    { ...since(taken, (minute) => 100 + Math.floor(minute / 60)), ...since(summaries, always(0)) },
    'CostUploadsNotProcessed{}',
  ),
  {
    title: 'no cluster uploads any more',
    begins: 24 * 60,
    lasts: 26 * 60,
    world: { ...since(arrived, always(104), 24 * 60), ...since(taken, always(104), 24 * 60) },
    fires: ['CostNoUploads{}'],
  },
  at(
    'a lock that a killed worker left makes its summary queue itself each second',
    60,
    since(summaries, grows(55)),
    'CostSummaryLoops{}',
  ),
  at(
    'uploads are too large',
    20,
    since(named('ingress_responses', { pod: 'ingress-1', code: '413', useragent: 'operator' }), grows(1)),
    'CostUploadsRefused{code="413"}',
  ),
  at(
    'a cluster sends something else, and ingress had refused nothing before',
    20,
    {
      [named('ingress_responses', { pod: 'ingress-1', code: '415', useragent: 'operator' })]: (minute) =>
        minute < 65 ? undefined : 3,
    },
    'CostUploadsRefused{code="415"}',
  ),
  at(
    'ingress cannot reach Kafka',
    10,
    since(named('ingress_kafka_producer_go_routine_count', { pod: 'ingress-1' }), always(3)),
    'CostUploadsNotAnnounced{}',
  ),
  at(
    'Kafka refuses announcements again and again',
    5,
    {
      [named('ingress_kafka_produce_failures', { pod: 'ingress-1', topic: uploadTopic })]: (minute) =>
        minute < 60 ? undefined : minute,
    },
    'CostUploadsNotAnnounced{}',
  ),
  at(
    'one report in ten fails',
    20,
    since(answered('500'), (minute) => 9 + minute * 3.3),
    'CostApiErrors{service="koku-api-reads"}',
  ),
  at(
    'the API cannot query permissions',
    20,
    since(answered('424'), grows(30)),
    'CostApiErrors{service="koku-api-reads"}',
  ),
  at(
    'one report in ten takes more than ten seconds',
    45,
    Object.assign(
      {},
      ...['0.5', '1.0', '5.0', '10.0'].map((le) => since(within(le), (minute) => 1800 + minute * 27)),
    ) as World,
    'CostApiSlow{service="koku-api-reads"}',
  ),
];
