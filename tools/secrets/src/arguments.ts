/**
 * Refuses unknown options, because the command would otherwise ignore a mistyped one.
 * @throws Error naming the option
 */
export const refuseUnknown = (rawArgs: readonly string[], names: readonly string[]): void => {
  const unknown = rawArgs.find(
    (argument) => argument.startsWith('-') && !names.some((name) => argument.split('=')[0] === `--${name}`),
  );
  if (unknown) throw new Error(`${unknown} is not an option; --help lists the options`);
};

/** Splits a list that is separated by commas. */
export const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
