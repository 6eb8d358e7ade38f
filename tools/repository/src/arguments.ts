/** Arguments of commands. citty ignores what a command does not declare, so a mistyped `--check` would write. */

/** One declared argument, as citty has it. */
interface Declared {
  readonly type?: string;
  readonly alias?: string | readonly string[];
}

/** What citty gives to a command that runs. */
export interface Invocation {
  readonly rawArgs: readonly string[];
  readonly cmd: { readonly args?: unknown };
}

const namesOf = ([name, { alias = [] }]: readonly [string, Declared]): readonly string[] => [
  `--${name}`,
  ...[alias].flat().map((short) => `-${short}`),
];

/**
 * Refuses options that the command does not have, and more words than it takes.
 * @param words `any` for a command that takes as many as there are
 * @throws Error naming the first of them
 */
export const refuseUnknown = ({ rawArgs, cmd }: Invocation, words: 'declared' | 'any' = 'declared'): void => {
  const declared = Object.entries((cmd.args ?? {}) as Readonly<Record<string, Declared>>);
  const options = declared.filter(([, { type }]) => type !== 'positional');
  const isOption = (name: string, type?: string): boolean =>
    options.some((option) => namesOf(option).includes(name) && (type === undefined || option[1].type === type));
  let places = words === 'any' ? Infinity : declared.length - options.length;
  for (let index = 0; index < rawArgs.length; index += 1) {
    const argument = rawArgs[index] ?? '';
    const [name = ''] = argument.split('=');
    if (argument.startsWith('-')) {
      if (!isOption(name) && !isOption(name.replace(/^--no-/, '--'), 'boolean'))
        throw new Error(`${argument} is not an option; --help lists the options`);
      // Its value is the next word.
      if (!argument.includes('=') && isOption(name, 'string')) index += 1;
    } else if (places > 0) {
      places -= 1;
    } else {
      throw new Error(`${argument} is one word too many; --help lists the arguments`);
    }
  }
};
