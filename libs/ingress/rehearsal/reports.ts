/** Reports of a cluster that Koku knows. */
import { randomUUID } from 'node:crypto';
import { dbKoku } from '@cost-onprem/contracts';
import { isPlayed, organisation, throughGateway, type Rehearsed } from '../../../tools/rehearsal/src/checks/index.ts';
import { runInPod } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { createSource, makeReport, reportedDay } from '../../../tools/smoke/src/index.ts';

/** The rows by which Koku, and so its repair, knows a cluster; the understudy of Koku has these tables. */
const rows = (clusterId: string): string => `
with customer as (insert into public.api_customer (schema_name) values ('org${organisation.id}') returning id),
authentication as (
  insert into public.api_providerauthentication (credentials)
  values (jsonb_build_object('cluster_id', '${clusterId}')) returning id
),
provider as (
  insert into public.api_provider (uuid, type, customer_id, authentication_id)
  select gen_random_uuid(), 'OCP', customer.id, authentication.id from customer, authentication returning uuid
)
insert into public.api_sources (provider_id, org_id) select uuid, '${organisation.id}' from provider`;

/** Makes a new cluster known to Koku. @returns its id */
export const knownCluster = async (rehearsed: Rehearsed): Promise<string> => {
  const clusterId = randomUUID();
  if (isPlayed(rehearsed, 'koku')) {
    const psql = `psql --quiet --dbname=koku --set=ON_ERROR_STOP=1 <<'END'\n${rows(clusterId)};\nEND`;
    await runInPod(rehearsed.kubectl, dbKoku.endpoint.workload, psql);
    return clusterId;
  }
  await createSource(throughGateway(rehearsed.kubectl), clusterId, 'koku', { seconds: 60 });
  return clusterId;
};

/** Reports of a cluster, each with a manifest of its own. */
export const reportsOf = async (clusterId: string, count: number): Promise<readonly Buffer[]> => {
  const day = reportedDay(new Date());
  const reports = await Promise.all(Array.from({ length: count }, () => makeReport(clusterId, day)));
  return reports.map(({ archive }) => archive);
};
