/** Asks on a terminal for the answers that no flag gave. */
import { confirm, intro, note, select, text } from '@clack/prompts';
import { choices, type ChoiceArgument } from '../../clusters/src/layers.ts';
import type { Overlays } from '../../clusters/src/overlays.ts';
import { demanded } from '../../clusters/src/settings.ts';
import { addressFault, namespaceFault, revisionFault } from './address.ts';
import { usualNamespaces, type Answers } from './answers.ts';

/** @throws Error if the person stopped instead of answering */
const answered = <Value>(value: Value): Exclude<Value, symbol> => {
  if (typeof value === 'symbol') throw new Error('Nothing was changed.');
  return value as Exclude<Value, symbol>;
};

/** A check that lets an empty answer pass where there is a default. */
const checked =
  (fault: (value: string) => string | undefined, otherwise = '') =>
  (value: string | undefined): string | undefined =>
    fault(value === undefined || value === '' ? otherwise : value);

const ask = async (message: string, fault: (value: string) => string | undefined, otherwise = ''): Promise<string> =>
  answered(
    await text({
      message,
      ...(otherwise !== '' && { placeholder: otherwise, defaultValue: otherwise }),
      validate: checked(fault, otherwise),
    }),
  );

const required = (value: string): string | undefined => (value === '' ? 'give a value' : undefined);

const choose = async (message: string, names: readonly string[], initialValue?: string): Promise<string> =>
  answered(
    await select({
      message,
      options: names.map((value) => ({ value, label: value })),
      ...(initialValue !== undefined && { initialValue }),
    }),
  );

const askNamespace = async (): Promise<string> => {
  const chosen = answered(
    await select({
      message: 'In which namespace does Argo CD run?',
      options: [
        ...Object.entries(usualNamespaces).map(([value, hint]) => ({ value, label: value, hint })),
        { value: '', label: 'another' },
      ],
    }),
  );
  return chosen === '' ? ask('Its name?', namespaceFault) : chosen;
};

/** The settings that the chosen overlays demand, except the host, which has a question of its own. */
const askSettings = async (chosen: ReadonlySet<string>): Promise<string> => {
  const settings: string[] = [];
  for (const { name, key, setting } of demanded(chosen)) {
    if (name === 'public') continue;
    const { pattern, purpose, example } = setting;
    const fits = (value: string): string | undefined =>
      required(value) ??
      (pattern && !new RegExp(`^(?:${pattern.source})$`, pattern.flags).test(value)
        ? `${value} is not valid: ${purpose}`
        : undefined);
    const such = example === undefined ? '' : ` Such as ${example}.`;
    settings.push(`${name}.${key}=${await ask(`${key} of ${name}? ${purpose}${such}`, fits)}`);
  }
  return settings.join(',');
};

const askCluster = async (given: Answers, overlays: Overlays): Promise<Answers> => {
  const cluster = given.cluster ?? (await ask('What is the name of the first cluster in Argo CD?', required));
  const host = given.host ?? (await ask('Under which host name will it be reached?', required));
  const chosen = new Map<ChoiceArgument, string>();
  for (const { argument, folder, remark, standard } of choices) {
    const [first = '', ...others] = overlays[folder];
    const only = others.length === 0 ? first : undefined;
    const asked = () => choose(`${folder}: ${remark}`, overlays[folder], standard);
    chosen.set(argument, given[argument] ?? only ?? (await asked()));
  }
  const paths = choices.map(({ argument, folder }) => `${folder}/${chosen.get(argument)}`);
  const settings = given.settings ?? (await askSettings(new Set(paths)));
  return { ...given, ...Object.fromEntries(chosen), cluster, host, settings };
};

/** What the questions need to know of the repository. */
export interface Surroundings {
  /** Answers that the repository gives itself; they are offered. */
  readonly known: Answers;
  readonly overlays: Overlays;
  readonly hasClusters: boolean;
  readonly examples: readonly string[];
}

/**
 * Asks for each answer that is not given.
 * @throws Error if the person stops
 */
export const askMissing = async (
  given: Answers,
  { known, overlays, hasClusters, examples }: Surroundings,
): Promise<Answers> => {
  intro('What Argo CD needs to know of your fork');
  const repository = given.repository ?? (await ask('Address of your fork?', addressFault, known.repository));
  const revision = given.revision ?? (await ask('Which branch, tag or commit?', revisionFault, known.revision));
  const argoCdNamespace = given.argoCdNamespace ?? known.argoCdNamespace ?? (await askNamespace());
  const fork: Answers = { ...given, repository, revision, argoCdNamespace };
  const whole = hasClusters && given.cluster === undefined ? fork : await askCluster(fork, overlays);
  if (examples.length === 0 || given.keepExamples === true) return whole;
  const remove = answered(await confirm({ message: `Remove the examples (${examples.join(', ')})?` }));
  return { ...whole, keepExamples: !remove };
};

/**
 * Shows the changes and asks whether to make them.
 * @throws Error if the person does not want them
 */
export const confirmChanges = async (changes: string): Promise<void> => {
  note(changes, 'Changes');
  if (!answered(await confirm({ message: 'Make these changes?' }))) throw new Error('Nothing was changed.');
};
