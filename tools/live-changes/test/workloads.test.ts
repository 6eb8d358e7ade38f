import { describe, expect, test } from 'vitest';
import { changing, changingSpec } from './manifests.ts';

const statefulSet = 'apps/v1 StatefulSet';
const job = 'batch/v1 Job';
const image = (name: string) => ({ template: { spec: { containers: [{ name: 'main', image: name }] } } });
const annotated = (annotations: Readonly<Record<string, string>>, name: string) => ({ annotations, spec: image(name) });
const disk = (storage: string, more: object = {}) => ({
  volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage } }, ...more } }],
});
const selecting = (app: string, labels: Readonly<Record<string, string>> = { app }) => ({
  selector: { matchLabels: { app } },
  template: { metadata: { labels } },
});

describe('a StatefulSet', () => {
  test.each([
    ['replicas', 1, 2],
    ['template', image('a:1').template, image('a:2').template],
    ['updateStrategy', { type: 'RollingUpdate' }, { type: 'OnDelete' }],
    ['persistentVolumeClaimRetentionPolicy', { whenDeleted: 'Delete' }, { whenDeleted: 'Retain' }],
    ['minReadySeconds', 0, 10],
    ['ordinals', { start: 0 }, { start: 1 }],
    ['revisionHistoryLimit', 10, 2],
  ])('may change its %s', (field, from, to) => {
    expect(changingSpec(statefulSet, { [field]: from }, { [field]: to })).toEqual([]);
  });

  test('keeps its claim templates', () => {
    expect(changingSpec(statefulSet, disk('10Gi'), disk('20Gi'))).toEqual([
      'StatefulSet/x changes spec.volumeClaimTemplates.0.spec.resources.requests.storage from 10Gi to 20Gi; Kubernetes does not change this field of a StatefulSet: restore it, or move the data to a StatefulSet of another name',
    ]);
  });

  test.each([
    ['serviceName', 'one', 'other'],
    ['podManagementPolicy', 'OrderedReady', 'Parallel'],
    ['aFieldOfTheFuture', 1, 2],
  ])('keeps its %s', (field, from, to) => {
    expect(changingSpec(statefulSet, { [field]: from }, { [field]: to })).toEqual([
      expect.stringContaining(`StatefulSet/x changes spec.${field} from ${from} to ${to}; `),
    ]);
  });

  test('keeps its selector', () => {
    expect(changingSpec(statefulSet, selecting('one'), selecting('other'))).toEqual([
      expect.stringContaining('changes spec.selector.matchLabels.app from one to other'),
    ]);
  });

  test('keeps a default that the manifest leaves out', () => {
    expect(changingSpec(statefulSet, {}, { podManagementPolicy: 'Parallel' })).toEqual([
      expect.stringContaining('changes spec.podManagementPolicy from OrderedReady to Parallel'),
    ]);
  });

  test.each([
    ['a default', {}, { podManagementPolicy: 'OrderedReady' }],
    ['a size', disk('1Gi'), disk('1024Mi')],
    ['the default of a claim', disk('1Gi'), disk('1Gi', { volumeMode: 'Filesystem' })],
    ['nothing', {}, { volumeClaimTemplates: [] }],
  ])('may be written differently: %s', (_what, before, after) => {
    expect(changingSpec(statefulSet, before, after)).toEqual([]);
  });
});

describe.each(['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'])('a %s', (kind) => {
  const type = `apps/v1 ${kind}`;

  test('keeps its selector', () => {
    expect(changingSpec(type, selecting('one'), selecting('other'))).toEqual([
      expect.stringContaining(`${kind}/x changes spec.selector.matchLabels.app from one to other; `),
    ]);
  });

  test('may give its pods more labels', () => {
    expect(changingSpec(type, selecting('one'), selecting('one', { app: 'one', version: '2' }))).toEqual([]);
  });

  test('must select its own pods', () => {
    expect(changingSpec(type, selecting('one'), selecting('one', { app: 'other' }))).toEqual([
      `${kind}/x has pods whose label app is other, but selects app In one; the template must match the selector: restore the label`,
    ]);
  });
});

test.each([
  ['Exists', undefined, {}, 1],
  ['Exists', undefined, { tier: 'a' }, 0],
  ['DoesNotExist', undefined, { tier: 'a' }, 1],
  ['DoesNotExist', undefined, {}, 0],
  ['In', ['a', 'b'], { tier: 'c' }, 1],
  ['In', ['a', 'b'], { tier: 'b' }, 0],
  ['NotIn', ['a'], { tier: 'a' }, 1],
  ['NotIn', ['a'], {}, 0],
])('a selector may say %s %s: labels %o have %i faults', (operator, values, labels, faults) => {
  const expression = { key: 'tier', operator, ...(values ? { values } : {}) };
  const spec = { selector: { matchExpressions: [expression] }, template: { metadata: { labels } } };
  expect(changingSpec('apps/v1 Deployment', spec, spec)).toHaveLength(faults);
});

test('a kind of the same name in another group has its own rules', () => {
  expect(changingSpec('example.org/v1 StatefulSet', { serviceName: 'one' }, { serviceName: 'other' })).toEqual([]);
});

describe('a Job', () => {
  const hook = { 'argocd.argoproj.io/hook': 'Sync' };
  const options = (value: string) => ({ 'argocd.argoproj.io/sync-options': value });

  test('keeps its template', () => {
    expect(changingSpec(job, image('a:1'), image('a:2'))).toEqual([
      'Job/x changes spec.template.spec.containers.0.image from a:1 to a:2; Kubernetes does not change this field of a Job: make the Job an Argo CD hook with argocd.argoproj.io/hook-delete-policy: BeforeHookCreation',
    ]);
  });

  test.each([
    ['selector', { matchLabels: { a: 'b' } }, { matchLabels: { a: 'c' } }],
    ['completionMode', undefined, 'Indexed'],
    ['completions', 1, 2],
    ['podFailurePolicy', undefined, { rules: [{ action: 'FailJob' }] }],
    ['successPolicy', undefined, { rules: [{ succeededCount: 1 }] }],
    ['backoffLimitPerIndex', 1, 2],
    ['managedBy', undefined, 'example.org/controller'],
  ])('keeps its %s', (field, from, to) => {
    expect(changingSpec(job, { [field]: from }, { [field]: to })).toEqual([
      expect.stringMatching(new RegExp(`^Job/x (changes|sets) spec\\.${field}`)),
    ]);
  });

  test.each([
    ['backoffLimit', 1, 2],
    ['parallelism', 1, 2],
    ['suspend', true, false],
    ['ttlSecondsAfterFinished', 1, 2],
  ])('may change its %s', (field, from, to) => {
    expect(changingSpec(job, { [field]: from }, { [field]: to })).toEqual([]);
  });

  test('may change its completions with its parallelism if it is indexed', () => {
    const indexed = (completions: number, parallelism: number) => ({
      completionMode: 'Indexed',
      completions,
      parallelism,
    });
    expect(changingSpec(job, indexed(2, 2), indexed(3, 3))).toEqual([]);
    expect(changingSpec(job, indexed(2, 2), indexed(3, 2))).toHaveLength(1);
  });

  test('may write its amounts differently', () => {
    const asking = (cpu: string) => ({ template: { spec: { containers: [{ resources: { requests: { cpu } } }] } } });
    expect(changingSpec(job, asking('1000m'), asking('1'))).toEqual([]);
    expect(changingSpec(job, asking('1000m'), asking('2'))).toHaveLength(1);
  });

  test('may change if Argo CD recreates it', () => {
    expect(changing(job, annotated(hook, 'a:1'), annotated(hook, 'a:2'))).toEqual([]);
    const forced = options('Force=true, Replace=true');
    expect(changing(job, annotated(forced, 'a:1'), annotated(forced, 'a:2'))).toEqual([]);
  });

  test('may become a hook, but cannot change while it stops being one', () => {
    expect(changing(job, annotated({}, 'a:1'), annotated(hook, 'a:2'))).toEqual([]);
    expect(changing(job, annotated(hook, 'a:1'), annotated({}, 'a:2'))).toHaveLength(1);
  });

  test('cannot change by Replace=true alone, which is a PUT', () => {
    const replaced = options('Replace=true');
    expect(changing(job, annotated(replaced, 'a:1'), annotated(replaced, 'a:2'))).toHaveLength(1);
  });

  test('gets a sentence that fits on a line', () => {
    const [sentence = ''] = changingSpec(
      job,
      { template: { a: 1, b: 1, c: 1, d: 1 } },
      { template: { a: 'long '.repeat(30), b: 2, c: 3, d: 4 } },
    );
    expect(sentence).toMatch(
      /^Job\/x changes spec\.template\.a from 1 to "long .{53}… and changes .*b from 1 to 2 and 2 more fields; /,
    );
  });
});
