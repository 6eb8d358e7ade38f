/** Finds the facts of Koku that our code names. Our code relies on these. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kokuQueues, metrics, profileConfigMaps } from '@cost-onprem/contracts';
import type { Mergeable } from '@cost-onprem/kit';
import { metrics as kokuMetrics } from '../../../libs/koku/src/rules/metrics.ts';
import { containersOf, parseManifests, podTemplateOf, type Container } from '../../manifests/src/manifest.ts';
import { mergeables } from '../../repository/src/declarations.ts';
import { repository } from '../../repository/src/repository.ts';
import { recognised } from './constants.ts';
import type { UpstreamName } from './upstreams.ts';
import type { Kind } from './facts.ts';
import { kokuSettings } from '../../../libs/koku/src/settings.ts';
import { leftOut } from '../../../libs/koku/src/settings/left-out.ts';

const repair = join(repository, 'libs/koku/src/repair');

const baseOf = (application: UpstreamName): string => join(repository, `libs/${application}/base`);

/** Every container of an application's, with a title. */
export const containersIn = (application: UpstreamName): readonly (readonly [title: string, container: Container])[] =>
  readdirSync(baseOf(application), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!files\/)(?:.*\/)?(?!kustomization\.|external-secrets\.)[^/]*\.yaml$/.test(file))
    .toSorted()
    .flatMap((file) => parseManifests(readFileSync(join(baseOf(application), file), 'utf8')))
    .flatMap((object) =>
      containersOf(podTemplateOf(object)?.spec ?? {}).map(
        (container) => [`${object.metadata.name}, ${container.name}`, container] as const,
      ),
    );

/** Every container of Koku's, with a title. */
export const containers = containersIn('koku');

/** Keys of a ConfigMap whose keys become variables. */
const keysOf = (configMap: string): readonly string[] =>
  profileConfigMaps.find(({ name }) => name === configMap)?.keys ??
  Object.keys(mergeables.find(({ name }: Mergeable) => name === configMap)?.settings ?? {});

/** A container's own variables, and those that it shares with other containers through ConfigMaps. */
export const variablesOf = ({ env = [], envFrom = [] }: Container) => ({
  own: env.map(({ name }) => name),
  shared: envFrom.flatMap(({ configMapRef }) => keysOf(configMapRef?.name ?? '')),
});

/** The repair's program, which uses Koku's names for its database, cache and topic. */
export const repairProgram = readdirSync(repair)
  .filter((file) => file.endsWith('.py'))
  .map((file) => readFileSync(join(repair, file), 'utf8'))
  .join('\n');

/** All SQL of the repair: in named constants and in calls. */
const statements = [
  ...repairProgram.matchAll(/^[A-Z_]+ = """$([^]*?)^"""$|"((?:select|update|delete|where) [^"\n]*)"/gm),
]
  .map(([, named, within]) => named ?? within)
  .join('\n');

/** Koku's tables by their aliases in the repair's SQL. */
const tables: Readonly<Record<string, string>> = {
  a: 'api_providerauthentication',
  c: 'api_customer',
  f: 'reporting_common_costusagereportstatus',
  item: 'OCPLineItemBase',
  m: 'reporting_common_costusagereportmanifest',
  p: 'api_provider',
  period: 'reporting_ocpusagereportperiod',
  s: 'api_sources',
};

/** Aliases of results that the SQL itself computes. */
const made = new Set(['files', 'rows']);

const columns = [...statements.matchAll(/(?<![\w.'{$])([a-z]+)\.([a-z_]+)\b(?!\.)/g)]
  .map(([, short = '', column = '']) => ({ short, column }))
  .filter(({ short }) => !made.has(short) && short !== 'public');

/** Columns in the repair's SQL, with their names in the table of facts. An unknown alias stays as it is. */
export const repairColumns: readonly string[] = [
  ...new Set(columns.map(({ short, column }) => `${tables[short] ?? short}.${column}`)),
].toSorted();

/** Tables of the schema `public`, which all customers share, in the repair's SQL. */
export const repairTables: readonly string[] = [
  ...new Set([...statements.matchAll(/\bpublic\.([a-z_]+)/g)].map(([, name = '']) => name)),
].toSorted();

/** Koku's counters that rules or panels read, without the `_total` that the client library appends. */
export const counters: readonly string[] = [...metrics['koku-api'], ...kokuMetrics['koku-workers']].map((name) =>
  name.replace(/_total$/, ''),
);

const named: Readonly<Record<Kind, ReadonlySet<string>>> = {
  variables: new Set([
    ...containers.flatMap(([, container]) => Object.values(variablesOf(container)).flat()),
    ...Object.keys(kokuSettings.settings),
    ...leftOut.flatMap(({ variables }) => variables),
  ]),
  queues: new Set(kokuQueues),
  metrics: new Set(counters),
  columns: new Set(repairColumns),
  constants: new Set(Object.keys(recognised)),
};

/** Names that our code gives to variables of an application. */
const variablesSet = (application: UpstreamName): ReadonlySet<string> =>
  new Set(containersIn(application).flatMap(([, container]) => Object.values(variablesOf(container)).flat()));

/** Whether our code relies on a fact of a project. */
export const reliesOn = (upstream: UpstreamName, kind: Kind, name: string): boolean => {
  const ours = upstream === 'koku' ? named[kind] : kind === 'variables' ? variablesSet(upstream) : new Set<string>();
  if (ours.has(name)) return true;
  const pattern = new RegExp(`^${name.replaceAll('*', '.+')}$`);
  return name.includes('*') && [...ours].some((known) => pattern.test(known));
};
