/** Compares fields as an API server does: an absent field equals an empty one, and 1024Mi equals 1Gi. */
import { toMebibytes, toMillicores } from '@cost-onprem/kit/quantity';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const amount = (resource: string, value: unknown): unknown => {
  try {
    return resource === 'cpu' ? toMillicores(String(value)) : toMebibytes(String(value));
  } catch {
    return value;
  }
};

const settled = (value: unknown, parent = ''): unknown => {
  if (Array.isArray(value)) return value.length > 0 ? value.map((item) => settled(item)) : undefined;
  if (!isFields(value)) return value ?? undefined;
  const amounts = parent === 'requests' || parent === 'limits';
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, amounts ? amount(key, inner) : settled(inner, key)] as const)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

/**
 * Whether an API server treats two values as equal.
 * @param name the field's name: amounts below `requests` and `limits` compare as numbers
 */
export const same = (one: unknown, other: unknown, name = ''): boolean =>
  JSON.stringify(settled(one, name)) === JSON.stringify(settled(other, name));

/** A field that differs between two versions of an object. */
export interface Difference {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The innermost fields that differ. */
export const differences = (from: unknown, to: unknown, path: string, name = path): readonly Difference[] => {
  if (same(from, to, name)) return [];
  if (Array.isArray(from) && Array.isArray(to)) {
    const longer = from.length > to.length ? from : to;
    return longer.flatMap((_, index) => differences(from[index], to[index], `${path}.${index}`, ''));
  }
  if (isFields(from) && isFields(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    // Pass the parent's name, because `same` needs it to recognise amounts below `requests`.
    return keys
      .filter((key) => !same({ [key]: from[key] }, { [key]: to[key] }, name))
      .flatMap((key) => differences(from[key], to[key], `${path}.${key}`, key));
  }
  return [{ path, from, to }];
};

/** A value in a sentence, shortened to 60 characters. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'object' || /\s/.test(String(value)) ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

const absent = (value: unknown): boolean => settled(value) === undefined;

/** The change of a field, as a predicate of the object. */
export const change = ({ path, from, to }: Difference): string => {
  if (absent(from)) return `sets ${path} to ${shown(to)}`;
  if (absent(to)) return `drops ${path}, which was ${shown(from)}`;
  return `changes ${path} from ${shown(from)} to ${shown(to)}`;
};

/** Several changes as one phrase: the first two in full, and the number of the others. */
export const changes = (all: readonly Difference[]): string => {
  const phrases = all.slice(0, 2).map(change);
  const more = all.length - phrases.length;
  return [...phrases, ...(more > 0 ? [`${more} more field${more > 1 ? 's' : ''}`] : [])].join(' and ');
};
