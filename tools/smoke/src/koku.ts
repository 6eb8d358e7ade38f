/** Koku's API: sources, cost models and the report of costs. */
import { kokuPrefix } from '@cost-onprem/contracts';
import { askJson, Refusal, waitFor, type Ask, type Patience } from './ask.ts';
import type { Cost, Rates } from './cost.ts';

const api = `${kokuPrefix}/v1`;

/** The path of an object. */
export const pathOf = (kind: 'sources' | 'cost-models', uuid: string): string => `${api}/${kind}/${uuid}/`;

interface Listed {
  readonly data: readonly { readonly uuid: string }[];
}

/** The first object of a list. @returns its UUID */
const first = async (ask: Ask, kind: 'sources' | 'cost-models', search: string): Promise<string | undefined> =>
  (await askJson<Listed>(ask, 'GET', `${api}/${kind}/?${search}`)).data[0]?.uuid;

/** The source of a cluster, if Koku knows one. @returns its UUID */
export const kokuSource = (ask: Ask, clusterId: string): Promise<string | undefined> =>
  first(ask, 'sources', `source_ref=${clusterId}`);

/** Whether the API answers with this token and this identity. */
export const reach = async (ask: Ask): Promise<void> => {
  await askJson(ask, 'GET', `${api}/sources/?limit=1`);
};

/**
 * Creates an object. When an answer got lost on the way, a second attempt finds the object of the first one.
 * @returns its UUID
 */
const created = async (ask: Ask, kind: 'sources' | 'cost-models', body: object, search: string): Promise<string> => {
  const existing = await first(ask, kind, search);
  if (existing !== undefined) return existing;
  try {
    const { uuid } = await askJson<{ readonly uuid?: string }>(ask, 'POST', `${api}/${kind}/`, { body, expect: [201] });
    if (uuid) return uuid;
  } catch (error) {
    const other = error instanceof Refusal && error.status === 400 ? await first(ask, kind, search) : undefined;
    if (other === undefined) throw error;
    return other;
  }
  throw new Error(`POST ${api}/${kind}/ answers 201 without a UUID`);
};

/** Lets Koku know an OpenShift cluster, unless it does already. @returns the UUID of the source */
export const createKokuSource = (ask: Ask, clusterId: string): Promise<string> =>
  created(
    ask,
    'sources',
    {
      name: `smoke-${clusterId.slice(0, 8)}`,
      source_type: 'OCP',
      authentication: { credentials: { cluster_id: clusterId } },
    },
    `source_ref=${clusterId}`,
  );

const rate = (metric: string, costType: string, value: number) => ({
  metric: { name: metric },
  cost_type: costType,
  tiered_rates: [{ value, unit: 'USD', usage: { unit: 'USD' } }],
});

/** Rates for one source. @returns the UUID of the cost model */
export const createCostModel = (ask: Ask, source: string, rates: Rates): Promise<string> =>
  created(
    ask,
    'cost-models',
    {
      name: `smoke-${source.slice(0, 8)}`,
      description: 'Created by a smoke test.',
      source_type: 'OCP',
      source_uuids: [source],
      currency: 'USD',
      distribution: 'cpu',
      rates: [
        rate('cpu_core_usage_per_hour', 'Supplementary', rates.coreUsage),
        rate('memory_gb_usage_per_hour', 'Supplementary', rates.gibibyteUsage),
        rate('cpu_core_request_per_hour', 'Infrastructure', rates.coreRequest),
      ],
    },
    `source_uuid=${source}`,
  );

/** Deletes an object, unless it is gone already. Koku answers 500 while it still works on the object, and sources-api 202. */
export const remove = (ask: Ask, path: string, patience: Patience): Promise<boolean> =>
  waitFor(`the end of ${path}`, patience, async () => {
    await askJson(ask, 'DELETE', path, { expect: [200, 202, 204, 404] });
    return true;
  });

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

/** Koku's cost of a cluster on a day. */
export const reportedCost = async (ask: Ask, clusterId: string, day: string): Promise<Cost> => {
  const range = `start_date=${day}&end_date=${day}&filter[resolution]=daily&filter[cluster]=${clusterId}`;
  const report = (query: string): Promise<CostReport> =>
    askJson(ask, 'GET', `${api}/reports/openshift/costs/?${query}`);
  const cluster = (await report(range)).meta.total.cost.total.value;
  const namespaces: Record<string, number> = {};
  for (const { projects = [] } of (await report(`${range}&group_by[project]=*`)).data)
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

/** A cost in words. */
export const inDollars = ({ cluster, namespaces }: Cost): string =>
  [`${cluster.toFixed(2)} USD`, ...Object.entries(namespaces).map(([name, sum]) => `${name} ${sum.toFixed(2)}`)].join(
    ', ',
  );

/**
 * Waits until the cost of a cluster on a day is the expected one, to the cent.
 * @throws Error with Koku's last cost
 */
export const waitForCost = (
  ask: Ask,
  clusterId: string,
  day: string,
  expected: Cost,
  patience: Patience,
): Promise<Cost> =>
  waitFor('the cost', patience, async (see) => {
    const reported = await reportedCost(ask, clusterId, day);
    see(`Koku reports ${inDollars(reported)}, and must report ${inDollars(expected)}`);
    return agrees(reported, expected) ? reported : undefined;
  });
