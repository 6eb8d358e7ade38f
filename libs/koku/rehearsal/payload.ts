import { randomUUID } from 'node:crypto';
import { askKoku, type Check } from '../../../tools/rehearsal/src/checks/index.ts';
import { state, until, type Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { costOf, type Cost, type Rates } from './cost.ts';
import { makePayload } from './nise.ts';
import { reportedDays, type Days } from './reports.ts';
import { upload, type Validation } from './upload.ts';

/** The rates of the rehearsals' cost models. */
export const rates: Rates = { coreUsage: 0.1, coreRequest: 0.2, gibibyteUsage: 0.05 };

const rate = (metric: string, costType: string, value: number) => ({
  metric: { name: metric },
  cost_type: costType,
  tiered_rates: [{ value, unit: 'USD', usage: { unit: 'USD' } }],
});

const created = async (kubectl: Kubectl, path: string, body: object): Promise<string> => {
  const answer = await askKoku<{ readonly uuid?: string }>(kubectl, 'POST', path, body);
  if (answer.status !== 201 || !answer.body.uuid)
    throw new Error(`POST ${path}: ${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`);
  return answer.body.uuid;
};

/** An OpenShift cluster that Koku knows, and its rates per hour. */
export const createSource = async (kubectl: Kubectl, clusterId: string): Promise<void> => {
  const source = await created(kubectl, 'sources/', {
    name: `cluster-${clusterId.slice(0, 8)}`,
    source_type: 'OCP',
    authentication: { credentials: { cluster_id: clusterId } },
  });
  await created(kubectl, 'cost-models/', {
    name: `model-${clusterId.slice(0, 8)}`,
    description: 'Created by a rehearsal.',
    source_type: 'OCP',
    source_uuids: [source],
    currency: 'USD',
    distribution: 'cpu',
    rates: [
      rate('cpu_core_usage_per_hour', 'Supplementary', rates.coreUsage),
      rate('memory_gb_usage_per_hour', 'Supplementary', rates.gibibyteUsage),
      rate('cpu_core_request_per_hour', 'Infrastructure', rates.coreRequest),
    ],
  });
};

interface Amount {
  readonly value: number;
}

interface CostReport {
  readonly meta: { readonly total: { readonly cost: { readonly total: Amount } } };
  readonly data: readonly {
    readonly projects?: readonly {
      readonly project: string;
      /** The cost of its usage, without its share of unused capacity. */
      readonly values: readonly { readonly cost: { readonly usage: Amount } }[];
    }[];
  }[];
}

const cents = (dollars: number): number => Math.round(dollars * 100) / 100;

/** Koku's cost of a cluster in these days. */
export const reportedCost = async (kubectl: Kubectl, clusterId: string, { first, last }: Days): Promise<Cost> => {
  const range = `start_date=${first}&end_date=${last}&filter[resolution]=daily&filter[cluster]=${clusterId}`;
  const ask = async (query: string): Promise<CostReport> => {
    const { status, body } = await askKoku<CostReport>(kubectl, 'GET', `reports/openshift/costs/?${query}`);
    if (status !== 200) throw new Error(`the report of costs: ${status}: ${JSON.stringify(body).slice(0, 500)}`);
    return body;
  };
  const cluster = (await ask(range)).meta.total.cost.total.value;
  const namespaces: Record<string, number> = {};
  for (const { projects = [] } of (await ask(`${range}&group_by[project]=*`)).data)
    for (const { project, values } of projects)
      for (const { cost } of values) namespaces[project] = (namespaces[project] ?? 0) + cost.usage.value;
  return {
    cluster: cents(cluster),
    namespaces: Object.fromEntries(Object.entries(namespaces).map(([name, dollars]) => [name, cents(dollars)])),
  };
};

/** Whether Koku reports the expected cost. Ignores the platform's own namespaces, such as the one of unused capacity. */
export const agrees = (reported: Cost, expected: Cost): boolean =>
  reported.cluster === expected.cluster &&
  Object.entries(expected.namespaces).every(([name, dollars]) => reported.namespaces[name] === dollars);

/**
 * Waits until the cost of a cluster is the expected one.
 * @param seconds to wait
 * @throws Error with Koku's cost
 */
export const waitForCost = async (
  kubectl: Kubectl,
  clusterId: string,
  days: Days,
  expected: Cost,
  seconds: number,
): Promise<void> => {
  let said = 'nothing';
  await until('the cost', seconds, state, async () => {
    const reported = await reportedCost(kubectl, clusterId, days).catch((error: unknown) => {
      said = String(error);
      throw error;
    });
    said = JSON.stringify(reported);
    return agrees(reported, expected);
  }).catch(() => {
    throw new Error(`${seconds} s later the cost is ${said}; it must be ${JSON.stringify(expected)}`);
  });
};

const assertSaid = (said: Validation, expected: Validation, what: string): void => {
  if (said !== expected) throw new Error(`for ${what} the listener reports ${said}; it must report ${expected}`);
};

/** Seconds from the announcement until a user must see the cost in the API. */
const patience = 120;

/** The purpose of the whole platform. */
export const payloadBecomesCost: Check = {
  real: ['koku'],
  title: 'a payload becomes cost, to the cent and once; a corrupt one is refused and does not block others',
  stages: ['node'],
  order: 230,
  showsWork: true,
  run: async ({ kubectl }) => {
    const days = reportedDays(new Date());
    const clusterId = randomUUID();
    const started = Date.now();
    await createSource(kubectl, clusterId);
    const customer = Date.now();
    const payload = makePayload(clusterId, days);
    const expected = costOf(payload.reports, rates);
    assertSaid(await upload(kubectl, Buffer.from('not a tar file'), 60), 'failure', 'a corrupt payload');
    const announced = Date.now();
    assertSaid(await upload(kubectl, payload.archive, 60), 'success', 'a payload');
    await waitForCost(kubectl, clusterId, days, expected, patience);
    const seconds = (from: number, to: number) => Math.round((to - from) / 1000);
    console.log(
      `         first customer, source and cost model ${seconds(started, customer)} s; cost after ${seconds(announced, Date.now())} s: ${JSON.stringify(expected)}`,
    );
    assertSaid(await upload(kubectl, payload.archive, 60), 'success', 'the same payload again');
    // The listener has reported its end; a worker would have finished by then, too.
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    const again = await reportedCost(kubectl, clusterId, days);
    if (!agrees(again, expected))
      throw new Error(`the same payload again changes the cost to ${JSON.stringify(again)}`);
  },
};
