/** Which pods a selector selects, and at which numbers they listen. */
import { domain } from '@cost-onprem/kit/labels';
import { at, podTemplateOf, type Container, type Manifest } from '../../manifests/src/manifest.ts';
import { podsOf } from '../../manifests/src/pods.ts';

type Labels = Readonly<Record<string, string>>;

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

const fits = ({ key, operator, values = [] }: Expression, labels: Labels): boolean => {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
};

/** Whether a Kubernetes LabelSelector selects these labels. An empty one selects all, an absent one none. */
export const selectsLabels = (selector: unknown, labels: Labels): boolean =>
  selector !== undefined &&
  Object.entries((at(selector, 'matchLabels') ?? {}) as Labels).every(([key, value]) => labels[key] === value) &&
  ((at(selector, 'matchExpressions') ?? []) as readonly Expression[]).every((expression) => fits(expression, labels));

/** The pods of one object. */
export interface Selectable {
  readonly owner: Manifest;
  readonly labels: Labels;
  /** Of its containers, without the init containers; empty for pods of operators. */
  readonly containers: readonly Container[];
}

/** All pods of a render. */
export const selectablePods = (objects: readonly Manifest[]): readonly Selectable[] =>
  objects.flatMap((owner) => {
    const containers = podTemplateOf(owner)?.spec.containers ?? [];
    return podsOf(owner).map(({ labels }) => ({ owner, labels, containers }));
  });

/** The number of a port that is given by number, or by the name in a container. */
export const portNumber = ({ containers }: Selectable, port: unknown): number | undefined =>
  typeof port === 'number'
    ? port
    : containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === port)?.containerPort;

/** One port of a Service. */
interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
}

/** The pods behind one port of a Service, each with the number of its port. */
export const behindService = (
  objects: readonly Manifest[],
  pods: readonly Selectable[],
  service: string,
  port: unknown,
): readonly (readonly [pod: Selectable, number: number])[] => {
  const spec = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === service)?.spec;
  const selector = at(spec, 'selector');
  if (selector === undefined) return [];
  const ports = (at(spec, 'ports') ?? []) as readonly ServicePort[];
  const found = ports.find(({ name, port: number, targetPort }) => [name, number, targetPort].includes(port as string));
  return pods
    .filter(({ labels }) => selectsLabels({ matchLabels: selector }, labels))
    .flatMap((pod) => {
      const number = portNumber(pod, found?.targetPort ?? found?.port);
      return number === undefined ? [] : [[pod, number] as const];
    });
};

const declared = new RegExp(`^reaches\\.${RegExp.escape(domain)}/([^.]+)\\.([^.]+)$`);

/** A connection that a label of a client declares. */
export interface DeclaredPath {
  readonly label: string;
  readonly server: string;
  readonly port: string;
}

/** The connections that the labels of a pod declare. */
export const declaredPaths = (labels: Labels): readonly DeclaredPath[] =>
  Object.keys(labels).flatMap((label) => {
    const [, server, port] = declared.exec(label) ?? [];
    return server === undefined || port === undefined ? [] : [{ label, server, port }];
  });
