/** Sources: the OpenShift clusters that the platform knows. Koku keeps them itself, or takes them from sources-api. */
import { gatewayRoutes } from '@cost-onprem/contracts';
import { askJson, persistent, waitFor, type Ask, type Patience } from './ask.ts';
import { createKokuSource, kokuSource, pathOf } from './koku.ts';

/** The server that takes new sources. */
export type SourcesServer = 'koku' | 'sources-api';

/** A source. */
export interface Source {
  /** Its UUID in Koku. */
  readonly uuid: string;
  /** The path that deletes it. */
  readonly path: string;
}

const api = `${gatewayRoutes['sources-api'].prefix}v3.1`;

interface Listed {
  readonly data: readonly { readonly id: string }[];
}

const idOf = async (ask: Ask, kind: string, filter: string): Promise<string | undefined> =>
  (await askJson<Listed>(ask, 'GET', `${api}/${kind}?filter${filter}`)).data[0]?.id;

const typeOf = async (ask: Ask, kind: string, name: string): Promise<string> => {
  const id = await idOf(ask, kind, `[name]=${name}`);
  if (id === undefined) throw new Error(`sources-api knows no ${kind} named ${name}`);
  return id;
};

/** Creates a source as the metrics operator does (tools/documentation/facts/metrics-operator.md#source). */
const createInSourcesApi = async (ask: Ask, clusterId: string): Promise<string> => {
  const existing = await idOf(ask, 'sources', `[source_ref]=${clusterId}`);
  if (existing !== undefined) return existing;
  const sourceType = await typeOf(ask, 'source_types', 'openshift');
  const applicationType = await typeOf(ask, 'application_types', '/insights/platform/cost-management');
  const { id } = await askJson<{ readonly id: string }>(ask, 'POST', `${api}/sources`, {
    body: { name: `smoke-${clusterId.slice(0, 8)}`, source_ref: clusterId, source_type_id: sourceType },
    expect: [201],
  });
  await askJson(ask, 'POST', `${api}/applications`, {
    body: { source_id: id, application_type_id: applicationType },
    expect: [201],
  });
  return id;
};

/**
 * Creates the source of a cluster, if there is none, and waits until Koku knows it.
 * @param clusterId a UUID
 */
export const createSource = async (
  ask: Ask,
  clusterId: string,
  server: SourcesServer,
  patience: Patience,
): Promise<Source> => {
  const patient = persistent(ask, patience);
  if (server === 'koku') {
    const uuid = await createKokuSource(patient, clusterId);
    return { uuid, path: pathOf('sources', uuid) };
  }
  const id = await createInSourcesApi(patient, clusterId);
  const uuid = await waitFor('the source in Koku', patience, async (see) => {
    see('koku-sources-listener has not created it');
    return kokuSource(ask, clusterId);
  });
  return { uuid, path: `${api}/sources/${id}` };
};
