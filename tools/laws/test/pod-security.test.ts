/** Kubernetes' own evaluator reads every pod of a render, whatever creates it. */
import { expect, test } from 'vitest';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { podSecurityFindings } from '../src/pod-security.ts';
import { pod } from './shop.ts';

const object = (kind: string, name: string, spec: object, apiVersion = 'apps/v1'): Manifest => ({
  apiVersion,
  kind,
  metadata: { name },
  spec: spec as NonNullable<Manifest['spec']>,
});

const container = (security: object, rest: object = {}) => ({
  ...pod().containers?.[0],
  ...rest,
  securityContext: { ...pod().containers?.[0]?.securityContext, ...security },
});

const inTemplate = (name: string, change: object): Manifest =>
  object('Deployment', name, { template: { spec: { ...pod(), ...change } } });

const kafkaContainer = (securityContext: object) => ({ kafka: { template: { kafkaContainer: { securityContext } } } });

/** Each with the beginning of what the evaluator says, or nothing. */
const cases: readonly (readonly [Manifest, string | undefined])[] = [
  [inTemplate('as-it-should-be', {}), undefined],
  [
    inTemplate('unconfined', { containers: [container({ seccompProfile: { type: 'Unconfined' } })] }),
    'seccompProfile: container "shop" must not set',
  ],
  [
    inTemplate('host-port', { containers: [container({}, { ports: [{ containerPort: 80, hostPort: 80 }] })] }),
    'hostPort: container "shop" uses hostPort 80',
  ],
  [inTemplate('proc-mount', { containers: [container({ procMount: 'Unmasked' })] }), 'procMount: container "shop"'],
  [
    inTemplate('sysctl', {
      securityContext: { ...pod().securityContext, sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
    }),
    'forbidden sysctls: kernel.msgmax',
  ],
  [inTemplate('host-network', { hostNetwork: true }), 'host namespaces: hostNetwork=true'],
  [
    inTemplate('windows', { os: { name: 'windows' }, containers: [container({ capabilities: {} })] }),
    'unrestricted capabilities: container "shop"',
  ],
  [
    inTemplate('first', { initContainers: [container({ privileged: true })] }),
    'privileged: container "shop" must not set',
  ],
  [object('Pod', 'bare', { ...pod(), securityContext: {} }, 'v1'), 'runAsNonRoot != true: pod or container "shop"'],
  [
    object(
      'CronJob',
      'nightly',
      { jobTemplate: { spec: { template: { spec: { ...pod(), hostPID: true } } } } },
      'batch/v1',
    ),
    'host namespaces: hostPID=true',
  ],
  [inTemplate('no-pod', { hostNetwork: 'yes' }), 'is no pod that Kubernetes could read'],
  [
    object('Kafka', 'operators', kafkaContainer({ privileged: true }), 'kafka.strimzi.io/v1'),
    'privileged: container "operator" must not set',
  ],
  [object('Kafka', 'operators-own', kafkaContainer({ runAsNonRoot: true }), 'kafka.strimzi.io/v1'), undefined],
];

test('each pod that breaks restricted is found by name, and no other', async () => {
  const found = await podSecurityFindings(cases.map(([manifest]) => manifest));
  for (const [{ kind, metadata }, expected] of cases) {
    const said = found
      .filter((finding) => finding.object === `${kind}/${metadata.name}`)
      .map(({ sentence }) => sentence.replace('breaks PodSecurity restricted: ', ''));
    expect([metadata.name, said.some((sentence) => sentence.includes(expected ?? ''))]).toEqual([
      metadata.name,
      expected !== undefined,
    ]);
  }
});
