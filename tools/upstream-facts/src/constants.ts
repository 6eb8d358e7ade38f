/** Constants of Koku's that our code relies on, and the pattern that finds each. */
import type { Constant } from './facts.ts';
import { blocksIn } from './python.ts';
import { placeIn, type SourceFile } from './source.ts';

/** How to find a constant. Its value is the pattern's only group. */
interface Recognised {
  readonly pattern: RegExp;
  /** First line of the block that contains it. */
  readonly within?: string;
  /** Matches the path of a file instead of its text. */
  readonly isPath?: true;
}

const step = (enumeration: string, member: string): Recognised => ({
  within: String.raw`class ${enumeration}\(\w+\):`,
  pattern: new RegExp(String.raw`\b${member} = "(\w+)"`, 'g'),
});

/** The constants by name. test/koku.test.ts says which of our files relies on each. */
export const recognised = {
  'application name while migrating': { pattern: /^MIGRATION_APP_NAME = "(\w+)"$/gm },
  'arguments in the key of a lock': { pattern: /\bcache_args = \[([^\]\n]+)\]/g },
  'begin of a step': step('ManifestState', 'START'),
  'bytes of the largest manifest': { pattern: /^_MAX_MANIFEST_BYTES = ([\d_]+(?: \* [\d_]+)*)/gm },
  'cache of locks': { pattern: /\.DatabaseCache",\s+"LOCATION": "(\w+)"/g },
  'check of the template schema': { pattern: /\bdef (_check_clone_func|_verify_template)\(/g },
  'command of manage.py': {
    pattern: /\/management\/commands\/(check_migrations|listener|migrate_schemas|sources_listener)\.py$/g,
    isPath: true,
  },
  'count of a day’s files': { pattern: /\.report_tracker\[file_prefix\] = (.+)$/gm },
  'end of a step': step('ManifestState', 'END'),
  'folder of the image': { pattern: /\bAPP_(?:ROOT|HOME)=(\/\S+)/g },
  'group of the listeners': { pattern: /"group\.id": "([^"]+)",/g },
  'header of announcements': { pattern: /\bif service == "(\w+)"/g },
  'holder of a lock': { pattern: /\bself\._hostname = settings\.(\w+)/g },
  'log of a consumer’s configuration': { pattern: /\bLOG\.\w+\(f"([\w ]+) \{conf\}"\)/g },
  'milliseconds for one announcement': { pattern: /"max\.poll\.interval\.ms": ([\d_]+)/g },
  'middleware that counts requests': { pattern: /"(django_prometheus\.middleware\.\w+)"/g },
  'name of a day’s files': { pattern: /\bfile_prefix = f"([^"]+)"/g },
  // Only masu's first list, because ONPREM removes the pages of the others.
  'page of masu': {
    within: String.raw`urlpatterns = \[`,
    pattern: /\bpath\("(celery_queue_tasks\/|report_data\/)"/g,
  },
  'path of the probe server': { pattern: /\bself\.path == "([^"]+)"/g },
  'port of the API': { pattern: /^CLOWDER_PORT = "(\d+)"$/gm },
  'port of the probe server': { pattern: /^CLOWDER_METRICS_PORT = (\d+)$/gm },
  'Redis database': { pattern: /^REDIS_DB = (\d+)$/gm },
  'script of the image': { pattern: /^(scripts\/run_migrations\.sh)$/g, isPath: true },
  'separator in the key of a lock': { pattern: /\bcache_str \+= "(.)"\.join\(/g },
  'step of a manifest': step('ManifestStep', 'SUMMARY'),
  'table of locks': { pattern: /\bFROM (\S+) WHERE cache_key\b/g },
  'table of rows': { within: String.raw`class \w+\(OCPLineItemBase\):`, pattern: /\bdb_table = "(\w+)"/g },
  'task delayed_tasks_trigger': { pattern: /\bbeat_schedule\["delayed_tasks_trigger"\] = \{\s+"task": "([\w.]+)"/g },
  'task with a lock': { pattern: /\btask_name = "([\w.]+)"$/gm },
  topic: { pattern: /\bget_kafka_topic\("([^"]+)"\)/g },
  'value of a lock': { pattern: /\bcache\.set\(cache_str, self\.(\w+), timeout\)/g },
  'view of the status': { pattern: /\bpath\("status\/", [^\n]*\bname="([\w-]+)"\)/g },
  'when a summary ends': { pattern: /\bset_summary_timestamp\((ManifestState\.END), manifest_id\)/g },
} as const satisfies Readonly<Record<string, Recognised>>;

/** The name of a constant. */
export type ConstantName = keyof typeof recognised;

/** Constants in a file. */
export const constantsIn = (file: SourceFile): readonly Constant[] =>
  Object.entries<Recognised>(recognised).flatMap(([name, { pattern, within, isPath }]) => {
    const parts = within ? blocksIn(file, within) : [{ text: isPath ? file.path : file.text, start: 0 }];
    return parts.flatMap(({ text, start }) =>
      [...text.matchAll(pattern)].map((match) => ({
        name,
        value: match[1] ?? '',
        at: isPath ? `${file.path}:1` : placeIn(file, start + match.index),
      })),
    );
  });
