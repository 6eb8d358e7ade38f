/** PodSecurity `restricted`, as Kubernetes itself judges it, for all pods of a render in one process. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { containerSecurity, podSecurity } from '@cost-onprem/kit/security';
import { binary } from '../../binaries/src/binary.ts';
import { identity, podTemplateOf, type Manifest, type PodSpec } from '../../manifests/src/manifest.ts';
import { operatorKindOf } from '../../manifests/src/pods.ts';
import type { Finding } from './law.ts';

/** A container without an image comes from a wrong patch. A law reports that, and further faults would hide it. */
const withImages = ({ containers, initContainers, ...rest }: PodSpec): PodSpec => ({
  ...rest,
  ...(initContainers && { initContainers: initContainers.filter(({ image }) => image) }),
  ...(containers && { containers: containers.filter(({ image }) => image) }),
});

type Context = Readonly<Record<string, unknown>>;

/** An operator's security contexts: each with the field above it. */
const contextsIn = (value: unknown, above: string): readonly (readonly [level: 'pod' | 'container', Context])[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'podSecurityContext' || key === 'securityContext'
      ? [[key === 'podSecurityContext' || above === 'pod' ? 'pod' : 'container', inner as Context] as const]
      : contextsIn(inner, key),
  );
};

/** The operator decides what the object does not set, so only what it sets is judged: in a pod that is otherwise restricted. */
const podWith = (level: 'pod' | 'container', context: Context): object => ({
  securityContext: { ...podSecurity, ...(level === 'pod' && context) },
  containers: [{ name: 'operator', securityContext: { ...containerSecurity, ...(level === 'container' && context) } }],
});

/** The pods that the evaluator reads: an object's own, and those of an operator as far as the object secures them. */
const questions = (object: Manifest): readonly object[] => {
  const template = podTemplateOf(object);
  const name = identity(object);
  if (template) return [{ object: name, metadata: template.metadata ?? {}, spec: withImages(template.spec) }];
  return operatorKindOf(object)?.pods
    ? contextsIn(object.spec, 'spec').map(([level, context]) => ({
        object: name,
        metadata: {},
        spec: podWith(level, context),
      }))
    : [];
};

interface Violation {
  readonly object: string;
  readonly message: string;
}

/**
 * Every pod of a render that breaks PodSecurity `restricted` of the newest version. It starts one process, so start it
 * beside other work.
 * @throws Error when the program is not available, or fails
 */
export const podSecurityFindings = async (objects: readonly Manifest[]): Promise<readonly Finding[]> => {
  const input = objects.flatMap(questions);
  if (input.length === 0) return [];
  const child = spawn(await binary('pod-security'));
  const status = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // A program that ends early closes its input. Its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(input.map((question) => JSON.stringify(question)).join('\n'));
  const [output, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), status]);
  if (code !== 0) throw new Error(`pod-security failed: ${complaint.trim() || `exit code ${code}`}`);
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Violation)
    .map(({ object, message }) => ({ object, sentence: `breaks PodSecurity restricted: ${message}` }));
};
