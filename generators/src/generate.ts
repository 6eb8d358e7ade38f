#!/usr/bin/env node
/** Command: writes the generated files from the libraries' declarations, or compares them. */
import { defineCommand, runMain } from 'citty';
import { driftOf, fileDriftOf, writeFile, writeFolder } from '../../tools/repository/src/owned-folder.ts';
import { repository } from '../../tools/repository/src/repository.ts';
import { outputsOf, writers, type Outputs } from './outputs.ts';
import { withPlainErrors } from '../../tools/repository/src/plain-errors.ts';

const check = (outputs: Outputs): number => {
  const drift = Object.entries(outputs).flatMap(([path, content]) =>
    typeof content === 'string' ? fileDriftOf(repository, path, content) : driftOf(repository, path, content),
  );
  for (const { file, what } of drift) {
    console.error(
      `${file}: differs from the declarations (${what}); change libs/*/src instead and run npm run generate`,
    );
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
    description: 'Write the Kustomize bases, profiles, storage sizes, pages and a schema from libs/*/src.',
  },
  args: {
    library: { type: 'positional', required: false, description: `One of ${writers().join(', ')}; all by default.` },
    check: { type: 'boolean', default: false, description: 'Write nothing; name each file that differs, and fail.' },
  },
  run: withPlainErrors(async ({ args }) => {
    const libraries = args.library ? [args.library] : writers();
    // Compute everything before writing anything, so that an error in one library leaves all folders unchanged.
    const outputs: Outputs = Object.assign({}, ...(await Promise.all(libraries.map(outputsOf)))) as Outputs;
    if (!args.check) return write(outputs);
    if (check(outputs) > 0) process.exitCode = 1;
  }),
});

await runMain(command);
