import { expect, test } from 'vitest';
import { refuseUnknown } from '../src/arguments.ts';

const cmd = {
  args: {
    cluster: { type: 'positional' },
    check: { type: 'boolean' },
    base: { type: 'string', alias: 'b' },
  },
} as const;

test.for([
  [[]],
  [['north']],
  [['north', '--check']],
  [['--no-check', 'north']],
  [['--base', 'main', 'north']],
  [['--base=main', 'north']],
  [['-b', 'main', 'north']],
  // The value of an option may look like one.
  [['--base', '--odd', 'north']],
] as const)('%j is understood', ([rawArgs]) => {
  expect(() => refuseUnknown({ rawArgs, cmd })).not.toThrow();
});

test.for([
  [['--chek'], '--chek is not an option; --help lists the options'],
  [['north', '--chek=yes'], '--chek=yes is not an option; --help lists the options'],
  [['-x'], '-x is not an option; --help lists the options'],
  // Only what is on or off can be switched off.
  [['--no-base'], '--no-base is not an option; --help lists the options'],
  [['north', 'south'], 'south is one word too many; --help lists the arguments'],
  [['--base', 'main', 'north', 'south'], 'south is one word too many; --help lists the arguments'],
] as const)('%j is refused', ([rawArgs, sentence]) => {
  expect(() => refuseUnknown({ rawArgs, cmd })).toThrow(sentence);
});

test('a command that takes as many words as there are still refuses an option', () => {
  expect(() => refuseUnknown({ rawArgs: ['north', 'south'], cmd }, 'any')).not.toThrow();
  expect(() => refuseUnknown({ rawArgs: ['north', '--bse=main'], cmd }, 'any')).toThrow('--bse=main is not an option');
});
