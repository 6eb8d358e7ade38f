/** What the extractor finds in Python code of each known form, and what it skips. */
import { describe, expect, test } from 'vitest';
import type { Fact } from '../src/facts.ts';
import { factsIn, isRead } from '../src/koku.ts';

const facts = (text: string, path = 'koku/koku/settings.py') => factsIn([{ path, text }]);

const withoutPlace = <T extends Fact>(found: readonly T[]) =>
  found.map((fact) => Object.fromEntries(Object.entries(fact).filter(([key]) => key !== 'at')));

const variable = (text: string) => withoutPlace(facts(text).variables);

describe('variables', () => {
  test.each([
    ['a string', 'ENVIRONMENT.get_value("A", default="one, (two)")', 'get_value', 'one, (two)'],
    ['single quotes', "ENVIRONMENT.get_value('A', default='one')", 'get_value', 'one'],
    ['a number', 'ENVIRONMENT.int("A", default=14_400)', 'int', '14400'],
    ['a boolean', 'ENVIRONMENT.bool("A", default=False)', 'bool', 'False'],
    ['None', 'ENVIRONMENT.get_value("A", default=None)', 'get_value', null],
    ['a short list', 'ENVIRONMENT.list("A", default=["x", "y"])', 'list', '["x", "y"]'],
    ['a call of several lines', 'ENVIRONMENT.int(\n    "A",\n    default=3  # three, or so\n)', 'int', '3'],
    ['within a formatted string', `f'{ENVIRONMENT.get_value("A", default="x")}:'`, 'get_value', 'x'],
    ['a name', 'LIMIT = 5  # at most\nENVIRONMENT.int("A", default=LIMIT)', 'int', '5'],
    ['a name that refers to a name', 'B = "x"\nC = B\nENVIRONMENT.get_value("A", default=C)', 'get_value', 'x'],
    [
      'a string that a function checks',
      'C = cron("0 * * * *")\nENVIRONMENT.get_value("A", default=C)',
      'get_value',
      '0 * * * *',
    ],
    ['os.environ.get', 'os.environ.get("A", "[]")', 'os.environ.get', '[]'],
    ['os.environ.get without a default', 'os.environ.get("A")', 'os.environ.get', null],
    ['getenv', 'getenv("A", "x")', 'getenv', 'x'],
  ])('%s', (_, text, reader, otherwise) => {
    expect(variable(text)).toEqual([{ name: 'A', reader, otherwise }]);
  });

  test.each([
    ['computed', 'ENVIRONMENT.int("A", default=cpus() * 2)', 'int'],
    ['computed', 'def bucket(name):\n    return ENVIRONMENT.get_value("A", default=name)', 'get_value'],
    ['required', 'ENVIRONMENT.get_value("A")', 'get_value'],
    ['required', 'ENVIRONMENT("A")', 'ENVIRONMENT'],
    ['required', 'os.environ["A"]', 'os.environ'],
  ])('%s: %s', (without, text, reader) => {
    expect(variable(text)).toEqual([{ name: 'A', reader, without }]);
  });

  test('marks a line that is commented out', () => {
    expect(variable('    # return ENVIRONMENT.get_value("A", default=None)')).toEqual([
      { name: 'A', reader: 'comment', otherwise: null },
    ]);
  });

  test('finds names that Koku builds at run time', () => {
    expect(variable('ENVIRONMENT.get_value(f"{SERVICE}_SERVICE_HOST", default="localhost")')).toEqual([
      { name: '*_SERVICE_HOST', reader: 'get_value', otherwise: 'localhost' },
    ]);
    expect(variable('CONFIGURATOR.get_endpoint_port("my-app", "svc", "3000")')).toEqual([
      { name: 'MY_APP_SVC_PORT', reader: 'get_endpoint_port', otherwise: '3000' },
    ]);
  });

  test('stores a long default as a digest, because it is a key', () => {
    const [key] = variable(`ENVIRONMENT.get_value("A", default="${'k'.repeat(50)}")`);
    expect(key?.otherwise).toMatch(/^sha256:[0-9a-f]{12}$/);
    expect(variable(`ENVIRONMENT.get_value("A", default="${'l'.repeat(50)}")`)[0]?.otherwise).not.toBe(key?.otherwise);
  });

  test.each(['os.environ["A"] = "x"', 'wsgi_environ.get("A")', 'ENVIRONMENT.read_env(FILE)', 'headers.get("A")'])(
    'finds no variable: %s',
    (text) => {
      expect(variable(text)).toEqual([]);
    },
  );
});

test('queues: in enumerations and outside of them', () => {
  const text =
    'DEFAULT = "one"\n\n\nclass SomeQueue(StrEnum):\n    """Words."""\n\n    DEFAULT = "two"\n    XXL = "two_xxl"\n\n\n' +
    'class Colour(StrEnum):\n    RED = "red"\n\n\nHCS_QUEUE = "three"\nOTHER = "four"\n';
  expect(facts(text).queues).toEqual([
    { name: 'one', at: 'koku/koku/settings.py:1' },
    { name: 'three', at: 'koku/koku/settings.py:15' },
    { name: 'two', at: 'koku/koku/settings.py:7' },
    { name: 'two_xxl', at: 'koku/koku/settings.py:8' },
  ]);
});

test('metrics, with their labels', () => {
  const text =
    'A = Counter("a_count", "Number of (some, other) things", ["kind", "of"])\nB = Gauge(\n    "b", "B.", multiprocess_mode="livesum"\n)\n' +
    '# C = Counter("c", "C.")\nD = Histogram("d", "D.", labelnames=("x",))\nE = Counter(words)\n';
  expect(withoutPlace(facts(text).metrics)).toEqual([
    { name: 'a_count', type: 'Counter', labels: ['kind', 'of'] },
    { name: 'b', type: 'Gauge', labels: [] },
    { name: 'd', type: 'Histogram', labels: ['x'] },
  ]);
});

describe('columns', () => {
  const columns = (text: string, path = 'koku/api/provider/models.py') =>
    facts(text, path).columns.map(({ name, type }) => `${name} ${type}`);

  test('finds fields, references and the key that Django adds', () => {
    const text =
      'class Customer(models.Model):\n    name = models.CharField(max_length=3)\n    LIMIT = 3\n' +
      '    owner = models.ForeignKey("User", null=True)\n    many = models.ManyToManyField("Provider")\n' +
      '    other = JSONField(\n        default=dict, db_column="another"\n    )\n\n    def name(self):\n        own = models.TextField()\n';
    expect(columns(text)).toEqual([
      'api_customer.another JSONField',
      'api_customer.id implicit',
      'api_customer.name CharField',
      'api_customer.owner_id ForeignKey',
    ]);
  });

  test('finds a table and a key with their own names', () => {
    const text =
      'class Sources(Checked, models.Model):\n    class Meta:\n        db_table = "the_sources"\n\n    uuid = models.UUIDField(default=uuid4, primary_key=True)\n';
    expect(columns(text)).toEqual(['the_sources.uuid UUIDField']);
  });

  test('finds columns of an abstract model', () => {
    const text =
      'class OCPLineItemBase(models.Model):\n    class Meta:\n        abstract = True\n\n    day = models.DateField()\n';
    expect(columns(text)).toEqual(['OCPLineItemBase.day DateField']);
  });

  test('skips other models and migrations', () => {
    expect(columns('class Other(models.Model):\n    name = models.TextField()\n')).toEqual([]);
    expect(
      columns('class Customer(models.Model):\n    a = models.TextField()\n', 'koku/api/migrations/0001.py'),
    ).toEqual([]);
  });
});

test('constants: in the right block or at the right path', () => {
  const text =
    'class Other(StrEnum):\n    START = "a"\n\n\nclass ManifestState(StrEnum):\n    START = "b"\n    END = "c"\n\n\nREDIS_DB = 7\n';
  expect(facts(text).constants).toEqual([
    { name: 'Redis database', value: '7', at: 'koku/koku/settings.py:10' },
    { name: 'begin of a step', value: 'b', at: 'koku/koku/settings.py:6' },
    { name: 'end of a step', value: 'c', at: 'koku/koku/settings.py:7' },
  ]);
  expect(facts('', 'koku/masu/management/commands/listener.py').constants).toEqual([
    { name: 'command of manage.py', value: 'listener', at: 'koku/masu/management/commands/listener.py:1' },
  ]);
});

test('facts with the same name are in the order of files and lines, in whatever order the files come', () => {
  const text = `\nos.environ["A"]\n${'\n'.repeat(7)}ENVIRONMENT("A")\nos.environ["A"]`;
  const files = ['koku/b.py', 'koku/a.py'].map((path) => ({ path, text }));
  expect(factsIn(files)).toEqual(factsIn(files.toReversed()));
  const places = ['a', 'b'].flatMap((name) => [2, 10, 11].map((line) => `koku/${name}.py:${line}`));
  expect(factsIn(files).variables.map(({ at }) => at)).toEqual(places);
});

test.each([
  ['koku/koku/settings.py', true],
  ['koku/koku/koku_test_runner.py', true],
  ['scripts/run_migrations.sh', true],
  ['Dockerfile', true],
  ['koku/masu/test/config.py', false],
  ['koku/koku/test_middleware.py', false],
  ['dev/scripts/create_sources.py', false],
  ['koku/masu/database/sql/a.sql', false],
])('%s is part of the image: %s', (path, runs) => {
  expect(isRead(path)).toBe(runs);
});
