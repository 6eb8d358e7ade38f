/**
 * Compares our code with the table of facts. After an upgrade renews the table, these tests say which code must change.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  kafkaTopics,
  kokuMasu,
  kokuQueueDatabase,
  kokuQueues,
  listenerGroup,
  sourcesListenerGroup,
  requestTimeout,
  uploadTopic,
} from '@cost-onprem/contracts';
import type { Setting } from '@cost-onprem/kit';
import { describe, expect, test } from 'vitest';
import { repository } from '../../repository/src/repository.ts';
import type { ConstantName } from '../src/constants.ts';
import { containers, counters, repairColumns, repairProgram, repairTables, variablesOf } from '../src/our-code.ts';
import { committed, readTable, textOf } from '../src/table.ts';
import { kokuRepairTimes } from '../../../libs/koku/src/repair-times.ts';
import { kokuSettings } from '../../../libs/koku/src/settings.ts';
import { leftOut } from '../../../libs/koku/src/settings/left-out.ts';

const table = readTable(committed('koku'));

/** Variables that Koku's own code does not name, and the program that reads each. */
const readByOthers: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'boto3, the client of AWS',
  AWS_CA_BUNDLE: 'boto3, the client of the object store',
  AWS_CONFIG_FILE: 'boto3, the client of the object store',
  AWS_SECRET_ACCESS_KEY: 'boto3, the client of AWS',
  GOOGLE_APPLICATION_CREDENTIALS: 'the clients of GCP',
  MANAGEMENT_COMMAND: 'the command of koku-management-command',
  PROMETHEUS_MULTIPROC_DIR: 'the Prometheus client',
  PGSERVICE: 'libpq',
  PGSERVICEFILE: 'libpq',
  PYTHONPATH: 'Python',
  REQUESTS_CA_BUNDLE: 'requests, with which the listener fetches uploads',
  WORKER_QUEUES: 'the command of the workers',
};

/** Names that Koku builds from an application and a service. `left-out.ts` lists the names that Koku spells out. */
const ofServices: readonly string[] = [
  // The address of sources-api; with ONPREM nothing uses it.
  'KOKU_SOURCES_CLIENT_HOST',
  'KOKU_SOURCES_CLIENT_PORT',
  'SOURCES_API_SVC_HOST',
  'SOURCES_API_SVC_PORT',
  // The address of RBAC; ENHANCED_ORG_ADMIN makes RBAC unnecessary.
  'RBAC_SERVICE_HOST',
  'RBAC_SERVICE_PORT',
];

const reads = table.variables.filter(({ reader }) => reader !== 'comment');
const named = new Set(reads.map(({ name }) => name));

describe('variables', () => {
  test.each(containers)('of %s are all read by something, and none is set twice', (title, container) => {
    const { own, shared } = variablesOf(container);
    const prefix = container.env?.find(({ name }) => name === 'DATABASE_SERVICE_NAME')?.value?.toUpperCase();
    const read = new Set([...named].map((name) => (prefix ? name.replace('*', prefix) : name)));
    // Programs that are not part of Koku: a wait for a server, an exporter, the repair.
    const program = [...(container.command ?? []), title.startsWith('koku-repair,') ? repairProgram : ''].join('\n');
    // Kubernetes itself reads those that another variable is put together from.
    const parts = new Set(
      (container.env ?? []).flatMap(({ value = '' }) => [...value.matchAll(/\$\(([^)]+)\)/g)].map(([, name]) => name)),
    );
    const unread = [...own, ...shared].filter(
      (name) =>
        !(name in readByOthers) &&
        !read.has(name) &&
        !parts.has(name) &&
        !new RegExp(String.raw`\b${name}\b`).test(program),
    );
    expect(unread).toEqual([]);
    expect(own).toEqual([...new Set(own)]);
    expect(own.filter((name) => shared.includes(name))).toEqual([]);
  });

  test('that Koku reads are settings, or set on a container, or left out with a reason in the manual', () => {
    const given = containers.flatMap(([, container]) => variablesOf(container).own);
    const settings = Object.keys(kokuSettings.settings);
    const out = leftOut.flatMap(({ variables }) => variables);
    const known = new Set([...given, ...settings, ...out, ...ofServices, ...Object.keys(readByOthers)]);
    expect([...named].filter((name) => !known.has(name) && !name.includes('*'))).toEqual([]);
    // A variable in a commented-out line may be left out too, because it has no effect.
    const mentioned = new Set(table.variables.map(({ name }) => name));
    expect([...out, ...ofServices].filter((name) => settings.includes(name) || !mentioned.has(name))).toEqual([]);
    expect(out).toEqual([...new Set(out)]);
  });

  /** The defaults of a variable; none if Koku only tests whether it is set. */
  const defaultsOf = (variable: string): ReadonlySet<string | undefined> =>
    new Set(reads.flatMap(({ name, otherwise }) => (name === variable && otherwise !== null ? [otherwise] : [])));

  const defaults = Object.entries<Setting>(kokuSettings.settings).flatMap(([key, { otherwise }]) =>
    otherwise === undefined ? [] : [[key, otherwise] as const],
  );

  test.each(defaults)('%s defaults to %s', (key, otherwise) => {
    expect(defaultsOf(key)).toEqual(new Set([otherwise]));
  });

  test('no setting repeats Koku’s default, except those that something else relies on', () => {
    const needless = Object.entries<Setting>(kokuSettings.settings).filter(
      ([key, { value }]) => value !== undefined && defaultsOf(key).has(value),
    );
    // The stack and an option overwrite the first two; the repair and Sentry need the others.
    expect(needless.map(([key]) => key).toSorted()).toEqual(
      ['ONPREM', 'REQUESTED_ROS_BUCKET', 'WORKER_CACHE_TIMEOUT', 'KOKU_SENTRY_ENVIRONMENT'].toSorted(),
    );
  });

  test('our time limit for requests equals Koku’s default', () => {
    expect(defaultsOf('TIMEOUT')).toEqual(new Set([String(requestTimeout)]));
  });
});

describe('columns', () => {
  test('in the repair’s SQL are all fields of Koku', () => {
    const known = new Set(table.columns.map(({ name }) => name));
    expect(repairColumns.filter((name) => !known.has(name))).toEqual([]);
  });

  test('belong to tables that the repair names, and every shared table has some', () => {
    const tables = new Set(repairColumns.map((name) => name.replace(/\..*/, '')));
    const unnamed = [...tables].filter((name) => name !== 'OCPLineItemBase' && !repairProgram.includes(name));
    expect(unnamed).toEqual([]);
    expect(tables.size).toBe(8);
    // Django itself declares the table of a cache.
    expect(repairTables.filter((name) => name !== 'worker_cache_table' && !tables.has(name))).toEqual([]);
  });
});

test('our queues are the queues in Koku’s source', () => {
  expect(kokuQueues).toEqual([...new Set(table.queues.map(({ name }) => name))].toSorted());
});

test('the counters that rules and panels read exist in Koku', () => {
  const known = new Set(table.metrics.filter(({ type }) => type === 'Counter').map(({ name }) => name));
  expect(counters.length).toBeGreaterThan(0);
  expect(counters.filter((name) => !known.has(name))).toEqual([]);
});

/** The text of all files below a folder whose names have this ending. */
const textsIn = (folder: string, end: string): string =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(end))
    .map((file) => readFileSync(join(repository, folder, file), 'utf8'))
    .join('\n');

const manifests = textsIn('libs/koku/base', '.yaml');
const rules = textsIn('libs/koku/src/rules', '.ts');
const rehearsal = textsIn('libs/koku/rehearsal', '.ts');

const valuesOf = (wanted: ConstantName): readonly string[] =>
  table.constants.filter(({ name }) => name === wanted).map(({ value }) => value);

/** The expected values of a constant, and the texts of our code that rely on it. */
interface Relied {
  readonly is: readonly string[];
  readonly ours?: string;
  readonly says?: readonly string[];
}

/** Topics of other applications. */
const ofOthers = new Set(['platform.payload-status', 'rosocp.kruize.recommendations']);

/** Kinds of reports in an upload. */
const kinds = ['pod_usage', 'storage_usage', 'node_labels', 'namespace_labels', 'vm_usage', 'gpu_usage'];

const relied: Readonly<Record<ConstantName, Relied>> = {
  'application name while migrating': {
    is: ['koku_db_migration'],
    ours: manifests,
    says: ['APPLICATION_NAME=koku_db_migration python3'],
  },
  // The repair looks for the cluster between two separators.
  'arguments in the key of a lock': {
    is: [
      'schema, provider_type, provider_uuid, cache_arg_date',
      'schema_name, infrastructure_provider_uuid, openshift_provider_uuid, cache_arg_date',
      'schema_name, provider_uuid, start_date, end_date',
    ],
  },
  'begin of a step': { is: ['start'], ours: repairProgram, says: ['{{summary,start}}'] },
  'bytes of the largest manifest': { is: ['10 * 1_024 * 1_024'], ours: repairProgram, says: ['= 10 * 1024 * 1024'] },
  'cache of locks': { is: ['worker_cache_table'], ours: repairProgram, says: ['from public.worker_cache_table where'] },
  'check of the template schema': {
    is: ['_check_clone_func', '_verify_template'],
    ours: manifests,
    says: ['tenant._check_clone_func() and tenant._verify_template()'],
  },
  'command of manage.py': {
    is: ['check_migrations', 'listener', 'migrate_schemas', 'sources_listener'],
    ours: manifests,
    says: ['manage.py check_migrations', '- listener\n', 'manage.py migrate_schemas', '- sources_listener\n'],
  },
  'count of a day’s files': { is: ['0', 'counter + 1'], ours: repairProgram, says: ['if times > 1'] },
  'end of a step': { is: ['end'], ours: repairProgram, says: ['{{summary,end}}'] },
  'folder of the image': {
    is: ['/opt/koku', '/opt/koku/koku'],
    ours: manifests,
    says: ['workingDir: /opt/koku\n', 'value: /opt/koku/koku:', 'cd "$APP_HOME"'],
  },
  'group of the listeners': { is: [listenerGroup, sourcesListenerGroup] },
  'header of announcements': { is: ['hccm'], ours: repairProgram, says: ['headers={"service": "hccm"}'] },
  'holder of a lock': { is: ['HOSTNAME'], ours: manifests, says: ['export HOSTNAME='] },
  // The line contains the password, and our log filter recognises it by these words.
  'log of a consumer’s configuration': {
    is: ['Consumer config'],
    ours: manifests,
    says: ['startswith("Consumer config")'],
  },
  'milliseconds for one announcement': { is: ['1080000'] },
  'middleware that counts requests': {
    is: [
      'django_prometheus.middleware.PrometheusAfterMiddleware',
      'django_prometheus.middleware.PrometheusBeforeMiddleware',
    ],
    ours: rules,
    says: ["'django_http_responses_total_by_status_view_method_total'"],
  },
  'name of a day’s files': {
    is: ['{report_type}.{day}.{manifest_id}'],
    ours: repairProgram,
    says: [String.raw`(?P<kind>[a-z_]+)\.(?P<day>\d{4}-\d{2}-\d{2})\.\d+`],
  },
  'page of masu': {
    is: ['celery_queue_tasks/', 'report_data/'],
    ours: repairProgram,
    says: ['_masu("celery_queue_tasks")', '_masu(\n            "report_data"'],
  },
  'path of the probe server': { is: ['/livez', '/metrics', '/readyz'] },
  'port of the API': { is: [String(kokuMasu.http.number)] },
  'port of the probe server': { is: [String(kokuMasu.metrics.number)] },
  'Redis database': { is: [String(kokuQueueDatabase)] },
  'script of the image': {
    is: ['scripts/run_migrations.sh'],
    ours: manifests,
    says: ['bash scripts/run_migrations.sh'],
  },
  'separator in the key of a lock': {
    is: [':'],
    ours: repairProgram,
    says: [String.raw`f"%.tasks.update\\_%:{provider}:%"`],
  },
  'step of a manifest': { is: ['summary'], ours: repairProgram, says: ["#>> '{{summary,start}}'"] },
  'table of locks': {
    is: ['public.worker_cache_table'],
    ours: repairProgram,
    says: ['delete from public.worker_cache_table'],
  },
  'table of rows': {
    is: kinds.flatMap((kind) => [`openshift_${kind}_line_items`, `openshift_${kind}_line_items_daily`]),
    ours: repairProgram,
    says: ['f"openshift_{kind}_line_items", f"openshift_{kind}_line_items_daily"'],
  },
  'task delayed_tasks_trigger': {
    is: ['masu.celery.tasks.trigger_delayed_tasks'],
    ours: rehearsal,
    says: ["'masu.celery.tasks.trigger_delayed_tasks'", 'Sending due task delayed_tasks_trigger'],
  },
  // The repair recognises them by their common part.
  'task with a lock': {
    is: ['openshift_on_cloud', 'summary_tables', 'cost_model_costs'].map(
      (what) => `masu.processor.tasks.update_${what}`,
    ),
  },
  topic: { is: kafkaTopics.map(({ name }) => name).filter((name) => !ofOthers.has(name)) },
  'value of a lock': { is: ['_hostname'], ours: repairProgram, says: ['lock.is_held_by(host)'] },
  'view of the status': { is: ['server-status'], ours: rules, says: ["view: { not: 'server-status' }"] },
  'when a summary ends': { is: ['ManifestState.END'] },
};

describe('constants', () => {
  test.each(Object.entries(relied))('%s', (name, { is, ours = '', says = [] }) => {
    expect(new Set(valuesOf(name as ConstantName))).toEqual(new Set(is));
    for (const said of says) expect(ours).toContain(said);
  });

  test('the topic of uploads is a topic of Koku’s', () => {
    expect(valuesOf('topic')).toContain(uploadTopic);
  });

  test('the repair waits longer than a listener may take for one upload', () => {
    const [milliseconds] = valuesOf('milliseconds for one announcement').map(Number);
    expect(kokuRepairTimes.working * 60_000).toBeGreaterThan(Number(milliseconds));
  });

  test('probes use paths that the probe server has', () => {
    const asked = [...manifests.matchAll(/\bpath: (\S+)\n\s+port: metrics$/gm)].map(([, path]) => path);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((path = '') => !valuesOf('path of the probe server').includes(path))).toEqual([]);
  });
});

test('the committed table has the format that the command writes', async () => {
  expect(readFileSync(committed('koku'), 'utf8')).toBe(await textOf(table));
});
