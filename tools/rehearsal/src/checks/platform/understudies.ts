/** An understudy is Ready only while everything that its application declares works: one fault of each kind shows it. */
import { dbKoku, kafka, kokuListener, kafkaTopics, namespace } from '@cost-onprem/contracts';
import { reachesLabel } from '@cost-onprem/kit';
import { podOf, readySince, runInPod, state, until, type Kubectl, type Pod } from '../../kubernetes/index.ts';
import { assertAllReady } from '../../argo-cd/index.ts';
import { hasObject, isPlayed, type Check, type Rehearsed } from '../check.ts';
import { assertUnderstudiesConnect, lastReport } from '../understudy-reports.ts';

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

interface Container {
  readonly name: string;
  readonly env?: readonly Variable[];
  readonly volumeMounts?: readonly { readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly readinessProbe?: { readonly httpGet?: { readonly path: string; readonly port: number | string } };
}

/** The fields of a pod that faults change. */
interface LivePod {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: unknown;
    readonly nodeName?: string;
  };
}

/** The application with the most kinds of connections. */
const { workload: copied } = kokuListener.metrics;

interface Fault {
  readonly name: string;
  readonly make: (pod: LivePod) => LivePod;
  /** The subject and the sentence of the one failure; none where only the kubelet can know it. */
  readonly about?: RegExp;
  readonly sentence: RegExp;
}

const inContainer =
  (change: (container: Container) => Container) =>
  (pod: LivePod): LivePod => ({ ...pod, spec: { ...pod.spec, containers: pod.spec.containers.map(change) } });

const withVariable = (name: string, value: string) =>
  inContainer((container) => ({
    ...container,
    env: [...(container.env ?? []).filter((variable) => variable.name !== name), { name, value }],
  }));

const withoutVariable = (name: string) =>
  inContainer((container) => ({ ...container, env: (container.env ?? []).filter((one) => one.name !== name) }));

const withoutLabel =
  (label: string) =>
  ({ metadata, spec }: LivePod): LivePod => ({
    spec,
    metadata: {
      ...metadata,
      labels: Object.fromEntries(Object.entries(metadata.labels).filter(([name]) => name !== label)),
    },
  });

const faults: readonly Fault[] = [
  {
    name: 'wrong-password',
    make: withVariable('REDIS_PASSWORD', 'wrong'),
    about: /^redis /,
    sentence: /password|authenticat/i,
  },
  {
    name: 'missing-ca',
    make: withVariable('DATABASE_SERVICE_CERTFILE', '/etc/nowhere/ca.crt'),
    about: /^postgresql /,
    sentence: /the CA file \/etc\/nowhere\/ca.crt does not exist/,
  },
  {
    name: 'closed-policy',
    make: withoutLabel(reachesLabel(dbKoku.endpoint)),
    about: /^postgresql /,
    sentence: /timeout|refused|unreachable/i,
  },
  {
    name: 'other-bucket',
    make: withVariable('S3_BUCKET_NAME', 'no-such-bucket'),
    about: /^s3 /,
    sentence: /bucket no-such-bucket: (does not exist|the keys are refused)/,
  },
  {
    name: 'read-only-folder',
    make: inContainer((container) => ({
      ...container,
      volumeMounts: (container.volumeMounts ?? []).map((mount) =>
        mount.mountPath === '/tmp' ? { ...mount, readOnly: true } : mount,
      ),
    })),
    about: /^folder \/tmp$/,
    sentence: /cannot be written to/,
  },
  {
    name: 'missing-variable',
    make: withoutVariable('DJANGO_SECRET_KEY'),
    about: /^variable DJANGO_SECRET_KEY$/,
    sentence: /is missing/,
  },
  {
    name: 'wrong-port',
    make: inContainer((container) => ({
      ...container,
      readinessProbe: { ...container.readinessProbe, httpGet: { path: '/readyz', port: 9999 } },
    })),
    sentence: /Readiness probe failed: .*:9999.*refused/,
  },
];

/** A copy without a fault. */
const sound: Fault = { name: 'sound', make: (pod) => pod, sentence: /^$/ };

const podName = ({ name }: Fault): string => `${copied}-${name}`;

/** A pod without a controller and without init containers. */
const copyOf = (pod: LivePod, fault: Fault): object => {
  const { metadata, spec } = fault.make(pod);
  const { nodeName: _, initContainers: __, ...rest } = spec;
  const { 'pod-template-hash': ___, ...labels } = metadata.labels;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName(fault), namespace, labels },
    spec: { ...rest, terminationGracePeriodSeconds: 0 },
  };
};

const warnings = async (kubectl: Kubectl, pod: string): Promise<string> => {
  const { items } = await kubectl.get<{ readonly items: readonly { readonly message: string }[] }>([
    ...['events', '-n', namespace, '--field-selector', `involvedObject.name=${pod},type=Warning`],
  ]);
  return items.map(({ message }) => message).join('\n');
};

/** Whether a pod reports its fault, and no other. */
const saysIt = async (kubectl: Kubectl, fault: Fault): Promise<boolean> => {
  if (!fault.about) return fault.sentence.test(await warnings(kubectl, podName(fault)));
  const failures = Object.entries((await lastReport(kubectl, podName(fault)))?.fails ?? {});
  const [[about = '', sentence = ''] = []] = failures;
  return failures.length === 1 && fault.about.test(about) && fault.sentence.test(sentence);
};

const isReady = async (kubectl: Kubectl, pod: string): Promise<boolean> =>
  readySince(await kubectl.get<Pod>(['pod', pod, '-n', namespace])) !== undefined;

const tryFault = async (kubectl: Kubectl, fault: Fault): Promise<void> => {
  await until(`the sentence of ${podName(fault)}`, 120, state, () => saysIt(kubectl, fault)).catch(async () => {
    const said = fault.about
      ? JSON.stringify((await lastReport(kubectl, podName(fault)))?.fails)
      : await warnings(kubectl, podName(fault));
    throw new Error(`${podName(fault)} reports ${said}; it must report ${String(fault.sentence)} only`);
  });
  if (await isReady(kubectl, podName(fault))) throw new Error(`${podName(fault)} is Ready`);
};

const topic = kafkaTopics.find(({ name }) => name === 'platform.notifications.ingress')?.name ?? '';

const topics = (kubectl: Kubectl, ...words: readonly string[]): Promise<string> =>
  runInPod(
    kubectl,
    kafka.client.workload,
    `KAFKA_HEAP_OPTS=-Xmx64m /opt/kafka/bin/kafka-topics.sh --bootstrap-server 127.0.0.1:9092 ${words.join(' ')} --topic ${topic}`,
  );

/** Removes a topic that only Koku could write to, and creates it again. */
const tryMissingTopic = async (rehearsed: Rehearsed): Promise<void> => {
  const { kubectl } = rehearsed;
  if (!hasObject(rehearsed, 'StatefulSet', kafka.client.workload)) return;
  await topics(kubectl, '--delete');
  try {
    const { metadata } = await podOf(kubectl, copied);
    await until('the sentence about a missing topic', 90, state, async () => {
      const fails = (await lastReport(kubectl, metadata.name))?.fails ?? {};
      return Object.values(fails).join() === `topics are missing: ${topic}`;
    });
    await until('the unreadiness of a client without its topic', 90, state, async () => {
      return !(await isReady(kubectl, metadata.name));
    });
  } finally {
    await topics(kubectl, '--create', '--partitions', '3');
  }
  await until('the readiness of all once the topic is back', 120, state, () =>
    assertAllReady(kubectl).then(() => true),
  );
};

/** The probes of most applications answer without their servers, so Ready does not show that a client connects. */
export const understudiesConnect: Check = {
  title: 'every understudy reports that all of its connections, variables and folders work',
  stages: ['node'],
  applies: ({ images }) => images.some(({ origin }) => origin === 'understudy'),
  order: 110,
  run: assertUnderstudiesConnect,
};

/** Without this check, a rehearsal with understudies would prove nothing. */
export const understudiesRefuse: Check = {
  title:
    'a wrong password, a missing CA, a closed policy, another bucket, a missing topic, a read-only folder, a missing variable, a probe on a wrong port: each makes its pod unready with a sentence, and no other pod',
  stages: ['node'],
  applies: (rehearsed) => isPlayed(rehearsed, 'koku'),
  order: 220,
  run: async (rehearsed) => {
    const { kubectl } = rehearsed;
    const { metadata } = await podOf(kubectl, copied);
    const pod = await kubectl.get<LivePod>(['pod', metadata.name, '-n', namespace]);
    const all = [...faults, sound];
    const names = all.map(podName);
    try {
      const items = all.map((fault) => copyOf(pod, fault));
      await kubectl.run(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
      await until('the readiness of a copy without a fault', 120, state, () => isReady(kubectl, podName(sound)));
      for (const fault of faults) await tryFault(kubectl, fault);
    } finally {
      await kubectl.run([
        'delete',
        'pod',
        ...names,
        '-n',
        namespace,
        '--ignore-not-found',
        '--grace-period=0',
        '--force',
      ]);
    }
    await assertAllReady(kubectl);
    await tryMissingTopic(rehearsed);
  },
};
