/**
 * Refuses what looks like an option and is none: a mistyped one must not mean that it was left out.
 * @throws Error naming it
 */
export const refuseUnknown = (rawArgs: readonly string[], names: readonly string[]): void => {
  const unknown = rawArgs.find(
    (argument) => argument.startsWith('-') && !names.some((name) => argument.split('=')[0] === `--${name}`),
  );
  if (unknown) throw new Error(`${unknown}: no such option; --help lists them`);
};

/** Words with commas between them. */
export const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
