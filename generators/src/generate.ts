#!/usr/bin/env node
/** Command: writes what follows from the libraries' declarations, or checks that it is written. */
import { defineCommand, runMain } from 'citty';
import { repository } from '../../tools/repository/src/repository.ts';
import { outputsOf, writers, type Outputs } from './outputs.ts';
import { driftOf, fileDriftOf, writeFile, writeFolder } from './write.ts';
import { withPlainErrors } from '../../tools/repository/src/plain-errors.ts';

const check = (outputs: Outputs): number => {
  const drift = Object.entries(outputs).flatMap(([path, content]) =>
    typeof content === 'string' ? fileDriftOf(repository, path, content) : driftOf(repository, path, content),
  );
  for (const { file, what } of drift) {
    console.error(`${file}: ${what}; it must be what the declarations give: edit those, and run npm run generate`);
  }
  return drift.length;
};

const write = (outputs: Outputs): void => {
  for (const [path, content] of Object.entries(outputs)) {
    if (typeof content === 'string') {
      if (writeFile(repository, path, content)) console.log(`wrote ${path}`);
    } else if (writeFolder(repository, path, content)) {
      console.log(`wrote ${path} (${Object.keys(content).length} files)`);
    }
  }
};

const command = defineCommand({
  meta: {
    name: 'generate',
    description: 'Write what follows from the declarations: bases, profiles, storage sizes, pages, a schema.',
  },
  args: {
    library: { type: 'positional', required: false, description: `One of ${writers().join(', ')}; all if left out.` },
    check: { type: 'boolean', default: false, description: 'Write nothing; fail and name each file that differs.' },
  },
  run: withPlainErrors(async ({ args }) => {
    const libraries = args.library ? [args.library] : writers();
    // Everything is computed before anything is written: a fault in one library leaves all folders as they were.
    const outputs: Outputs = Object.assign({}, ...(await Promise.all(libraries.map(outputsOf)))) as Outputs;
    if (!args.check) return write(outputs);
    if (check(outputs) > 0) process.exitCode = 1;
  }),
});

await runMain(command);
