/**
 * Needs Koku's source: ../shared/sources/koku-768be8253.tar.gz, or the same in the folder that COST_ONPREM_SOURCES names
 * (tools/rehearsal/images/README.md says how to make it); is skipped without it.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  kokuQueueDatabase,
  kokuQueues,
  kokuSettings,
  leftOut,
  listenerGroup,
  mergeables,
} from '@cost-onprem/contracts';
import type { Mergeable, Setting } from '@cost-onprem/kit';
import { minimal } from '@cost-onprem/profiles';
import { beforeAll, describe, expect, test } from 'vitest';
import { metrics } from '../../../libs/monitoring/src/metrics.ts';
import { containersOf, parseManifests, podTemplateOf } from '../../manifests/src/manifest.ts';
import { hasSourceArchive, sourceArchive } from '../src/sources.ts';

const archive = 'koku-768be8253.tar.gz';

/** Variables that Koku's own code does not name, and what reads them. */
const readByOthers: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'boto3, the client of AWS',
  AWS_CA_BUNDLE: 'boto3, the client of the object store',
  AWS_CONFIG_FILE: 'the same',
  AWS_SECRET_ACCESS_KEY: 'boto3, the client of AWS',
  DATABASE_SERVICE_HOST: 'Koku makes the name from the value of DATABASE_SERVICE_NAME (facts/koku.md §1.2)',
  DATABASE_SERVICE_PORT: 'the same',
  GOOGLE_APPLICATION_CREDENTIALS: 'the clients of GCP',
  MANAGEMENT_COMMAND: 'the command of koku-management-command',
  PROMETHEUS_MULTIPROC_DIR: 'the Prometheus client',
  PYTHONPATH: 'Python',
  REQUESTS_CA_BUNDLE: 'requests, with which the listener fetches uploads',
  WORKER_QUEUES: 'the command of the workers',
};

const base = join(import.meta.dirname, '../../../libs/koku/base');

const repair = join(import.meta.dirname, '../../../libs/koku/src/repair');

/** The repair's program; it asks Koku's database, its cache and its topic by names that are Koku's own. */
const repairProgram = readdirSync(repair)
  .filter((file) => file.endsWith('.py'))
  .map((file) => readFileSync(join(repair, file), 'utf8'))
  .join('\n');

/** Koku's tables, by the short names that the repair's statements give them: the model, and its file. */
const repairTables: Readonly<Record<string, readonly [model: string, table: string]>> = {
  m: ['CostUsageReportManifest', 'public.reporting_common_costusagereportmanifest'],
  f: ['CostUsageReportStatus', 'public.reporting_common_costusagereportstatus'],
  p: ['Provider', 'public.api_provider'],
  c: ['Customer', 'public.api_customer'],
  s: ['Sources', 'public.api_sources'],
  a: ['ProviderAuthentication', 'public.api_providerauthentication'],
  period: ['OCPUsageReportPeriod', 'reporting_ocpusagereportperiod'],
};

const containers = readdirSync(base, { recursive: true, encoding: 'utf8' })
  .filter((file) => /koku-[^/]*\.yaml$/.test(file))
  .flatMap((file) => parseManifests(readFileSync(join(base, file), 'utf8')))
  .flatMap((object) => {
    const pod = podTemplateOf(object)?.spec;
    return pod
      ? containersOf(pod).map((container) => [`${object.metadata.name}, ${container.name}`, container] as const)
      : [];
  });

/** Keys of a ConfigMap whose keys become variables. */
const keysOf = (configMap: string): readonly string[] =>
  configMap === 'koku-profile'
    ? Object.keys(minimal.settings)
    : Object.keys(mergeables.find(({ name }: Mergeable) => name === configMap)?.settings ?? {});

describe.skipIf(!hasSourceArchive(archive))('Koku’s source', () => {
  let source: string;
  beforeAll(() => {
    const members = ['--wildcards', '*.py', '*.sh'];
    source = execFileSync('tar', ['-xzOf', sourceArchive(archive), ...members], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
  });

  test.each(containers)('every variable of %s is read by somebody, and none is given twice', (_, container) => {
    const own = (container.env ?? []).map(({ name }) => name);
    const shared = (container.envFrom ?? []).flatMap(({ configMapRef }) => keysOf(configMapRef?.name ?? ''));
    const unread = [...own, ...shared].filter(
      (name) => !(name in readByOthers) && !new RegExp(String.raw`\b${name}\b`).test(source + repairProgram),
    );
    expect(unread).toEqual([]);
    expect(own).toEqual([...new Set(own)]);
    expect(own.filter((name) => shared.includes(name))).toEqual([]);
  });

  /** Names that the application's code asks the environment for; not its tests', and none that it puts together. */
  const asked = (): readonly string[] =>
    [...source.matchAll(/(?:\bENVIRONMENT(?:\.\w+)?|os\.environ\.get)\(\s*"([A-Z0-9_]+)"/g)].flatMap(
      ([, name]) => name ?? [],
    );

  test('whatever Koku reads is a setting, or given to it, or left out for a reason that the manual says', () => {
    const given = containers.flatMap(([, { env = [] }]) => env.map(({ name }) => name));
    const settings = Object.keys(kokuSettings.settings);
    const out = leftOut.flatMap(({ variables }) => variables);
    const known = new Set([...given, ...settings, ...out]);
    expect([...new Set(asked())].filter((name) => !known.has(name))).toEqual([]);
    expect(out.filter((name) => settings.includes(name) || !asked().includes(name))).toEqual([]);
    expect(out).toEqual([...new Set(out)]);
  });

  /** What the code takes where a variable is absent; a name in place of a value is looked up. */
  const defaultsOf = (variable: string): readonly string[] => {
    const literal = (text: string): string =>
      /^"(.*)"$/.exec(text)?.[1] ??
      /^(?:[\d.]+|True|False)$/.exec(text)?.[0] ??
      literal(
        new RegExp(String.raw`^\s*${text} = (?:validate_cron_expression\()?("[^"]*"|[\w.]+)\)?$`, 'm').exec(
          source,
        )?.[1] ?? '"nowhere"',
      );
    const calls = source.matchAll(
      new RegExp(String.raw`\bENVIRONMENT\.\w+\(\s*"${variable}",\s*default=("[^"]*"|[\w.]+)`, 'g'),
    );
    return [...calls].map(([, text = '']) => literal(text));
  };

  const defaults = Object.entries<Setting>(kokuSettings.settings).flatMap(([key, { otherwise }]) =>
    otherwise === undefined ? [] : [[key, otherwise] as const],
  );

  test.each(defaults)('%s is %s where nobody sets it', (key, otherwise) => {
    expect(new Set(defaultsOf(key))).toEqual(new Set([otherwise]));
  });

  test('no setting has as a value what Koku takes anyway, but those that somebody else relies on', () => {
    const needless = Object.entries<Setting>(kokuSettings.settings).filter(
      ([key, { value }]) => value !== undefined && defaultsOf(key).includes(value),
    );
    // The stack overwrites the first; the repair and Sentry cannot do without the others.
    expect(needless.map(([key]) => key)).toEqual(['ONPREM', 'WORKER_CACHE_TIMEOUT', 'KOKU_SENTRY_ENVIRONMENT']);
  });

  /** The class of a Django model, of those by this name the one with most fields. */
  const modelOf = (name: string): string =>
    [...source.matchAll(new RegExp(String.raw`^class ${name}\([^]*?(?=^\S)`, 'gm'))]
      .map(([text]) => text)
      .toSorted((a, b) => b.length - a.length)[0] ?? '';

  test.each(Object.entries(repairTables))(
    'the repair’s columns of %s are fields of Koku’s',
    (short, [model, table]) => {
      expect(repairProgram).toContain(table);
      const statements = [...repairProgram.matchAll(/^[A-Z_]+ = """$([^]*?)^"""$/gm)]
        .map(([, text]) => text)
        .join('\n');
      const columns = [...statements.matchAll(new RegExp(String.raw`\b${short}\.([a-z_]+)`, 'g'))].flatMap(
        ([, name]) => name ?? [],
      );
      const fields = modelOf(model);
      const unknown = columns.filter(
        (name) =>
          name !== 'id' && !new RegExp(String.raw`^ {4}${name.replace(/_id$/, '(?:_id)?')} = `, 'm').test(fields),
      );
      expect(columns).not.toEqual([]);
      expect(unknown).toEqual([]);
    },
  );

  test.each([
    ['group.id": "hccm-group', 'the listeners’ group'],
    ['path("celery_queue_tasks/"', 'what waits'],
    ['path("report_data/"', 'asking for totals'],
    ['SELECT count(*) FROM public.worker_cache_table WHERE cache_key', 'the table of locks'],
    ['task_name = "masu.processor.tasks.update_summary_tables"', 'the lock of a summary'],
    ['task_name = "masu.processor.tasks.update_cost_model_costs"', 'the lock of a cost calculation'],
    ['cache_str += ":".join(str(arg) for arg in task_args)', 'the key of a lock'],
    ['self.cache.set(cache_str, self._hostname, timeout)', 'the holder of a lock'],
    ['"WORKER_CACHE_TIMEOUT", default=3600)', 'how long a lock lasts'],
    ['SUMMARY = "summary"', 'the mark of a manifest’s summary'],
    ['set_summary_timestamp(ManifestState.END, manifest_id)', 'the end of one'],
    ['file_prefix = f"{report_type}.{day}.{manifest_id}"', 'how often a file was split'],
    ['manifest.report_tracker[file_prefix] = counter + 1', 'the same'],
    ['db_table = "openshift_pod_usage_line_items_daily"', 'the tables of rows'],
    ['"max.poll.interval.ms": 1080000', 'how long a listener may work'],
  ])('the repair relies on %s: %s', (text) => {
    expect(source).toContain(text);
  });

  test('the queues are those of the application’s source', () => {
    const declared = /^(?: {4}(?:DEFAULT|XL|PENALTY_BOX)|DEFAULT|[A-Z_]*QUEUE) = "([a-z_]+)"$/gm;
    const queues = [...source.matchAll(declared)].map(([, queue]) => queue);
    expect(kokuQueues).toEqual([...new Set(queues)].toSorted());
  });

  test('what monitoring takes for constants of Koku’s are such', () => {
    // The client's library puts `_total` behind the name of a counter.
    const counters = [...metrics['koku-api'], ...metrics['koku-workers']].map((name) => name.replace(/_total$/, ''));
    expect(counters.filter((name) => !new RegExp(String.raw`Counter\(\s*"${name}"`).test(source))).toEqual([]);
    expect(source).toContain(`"group.id": "${listenerGroup}"`);
    expect(source).toContain(`REDIS_DB = ${kokuQueueDatabase}\n`);
    expect(source).toContain('"django_prometheus.middleware.PrometheusAfterMiddleware"');
    expect(source).toContain('name="server-status"');
  });
});
