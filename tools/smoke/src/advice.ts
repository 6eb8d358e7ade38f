/** Where to look after a failed step: workloads, paragraphs of the runbook, and what a status usually means. */
import {
  gatewayToken,
  ingress,
  kafka,
  kokuApiReads,
  kokuApiWrites,
  kokuGateway,
  kokuListener,
  kruize,
  namespace,
  objectStorage,
  sourcesApi,
} from '@cost-onprem/contracts';
import { NoAnswer, Refusal } from './ask.ts';

/** The steps of a smoke test, in their order. */
export const steps = ['address', 'source', 'cost model', 'upload', 'cost', 'recommendation', 'clean up'] as const;

/** One of the steps. */
export type Step = (typeof steps)[number];

/** The runbook, and its paragraphs by their headings. */
export const runbook = 'libs/monitoring/runbook.md';

interface Advice {
  /** Starts of names of workloads, the most likely one first. */
  readonly workloads: readonly string[];
  readonly paragraphs: readonly string[];
}

const api: Advice = {
  workloads: [kokuGateway.http.workload, kokuApiWrites.http.workload, kokuApiReads.http.workload],
  paragraphs: ['CostGatewayDown', 'CostApiDown', 'CostApiErrors'],
};

/** Names of the resource optimisation's workloads begin with this. */
const resourceOptimization = 'rosocp-';

/** What each step needs. */
export const advice: Readonly<Record<Step, Advice>> = {
  address: api,
  source: {
    workloads: [...api.workloads, sourcesApi.http.workload, 'koku-sources-listener'],
    paragraphs: ['CostApiErrors', 'CostApiSlow', 'CostMigrationFailed'],
  },
  'cost model': { ...api, paragraphs: ['CostApiErrors', 'CostApiSlow'] },
  upload: {
    workloads: [ingress.http.workload, kokuGateway.http.workload, objectStorage.s3.workload],
    paragraphs: ['CostUploadsRefused', 'CostUploadsNotAnnounced', 'CostObjectStoreDown'],
  },
  cost: {
    workloads: [kokuListener.metrics.workload, 'koku-celery-worker', ingress.http.workload, kafka.client.workload],
    paragraphs: ['CostUploadsNotProcessed', 'CostUploadsNotAnnounced', 'CostListenerBehind', 'CostQueueStuck'],
  },
  recommendation: {
    workloads: [resourceOptimization, kruize.kruize.workload, kokuListener.metrics.workload],
    paragraphs: ['CostWorkloadDegraded', 'CostObjectStoreDown'],
  },
  'clean up': {
    workloads: [kokuApiWrites.http.workload, `${resourceOptimization}housekeeper`, kruize.kruize.workload],
    paragraphs: ['CostApiErrors', 'CostWorkloadDegraded'],
  },
};

const readToken = `kubectl -n ${namespace} get secret ${gatewayToken.name} -o jsonpath='{.data.${gatewayToken.keys.token.key}}' | base64 -d`;

const certificate =
  'the certificate must be valid for the public host; libs/monitoring/runbook.md#costcertificateexpires';

/** What a status usually means. */
const meanings: Readonly<Record<number, string>> = {
  401: `the gateway does not accept the token; this prints the right one: ${readToken}`,
  403: 'the identity may not do this',
  404: 'the address leads elsewhere, or the gateway of the running cluster has no such route; compare it with the render',
  413: 'a limit on the body is smaller than this small upload, in a router or a proxy in front of the gateway',
  415: 'ingress does not accept the type hccm',
  424: 'Koku asked the RBAC service for the rights of the identity, and got no answer',
};

/** The meaning of an error, where one is known. */
export const meaningOf = (error: unknown): string | undefined => {
  if (error instanceof Refusal) return meanings[error.status];
  if (error instanceof NoAnswer && /certificate/.test(error.message)) return certificate;
  return undefined;
};

/**
 * What to look at after a failed step, in lines.
 * @param workloads names of all workloads of the cluster
 */
export const adviceFor = (step: Step, error: unknown, workloads: readonly string[]): readonly string[] => {
  const present = advice[step].workloads.flatMap((start) => workloads.filter((name) => name.startsWith(start)));
  const meaning = meaningOf(error);
  return [
    ...(meaning === undefined ? [] : [`usually: ${meaning}`]),
    ...(present.length === 0 ? [] : [`workloads: ${[...new Set(present)].join(', ')}`]),
    `runbook: ${advice[step].paragraphs.map((name) => `${runbook}#${name.toLowerCase()}`).join(' ')}`,
  ];
};
