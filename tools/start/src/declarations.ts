/** Compiles the declarations, because a misspelt row or a boolean without quotes is an error for the compiler alone. */
import { execFile } from 'node:child_process';
import { repository } from '../../repository/src/repository.ts';

/** The compiler's message about one place: `file(line,column): error TS1234: message`, with details indented below it. */
const message = /^([^\s(]+)\((\d+),\d+\): error TS\d+: (.*)$/;

/** The compiler's output as sentences, each with its file and line. */
export const compilerFaults = (output: string): readonly string[] =>
  output.split('\n').flatMap((line) => {
    const [, file, number, text] = message.exec(line) ?? [];
    return file ? [`${file}:${number}: ${text}`] : [];
  });

/**
 * Whether the sources of libs/ compile. Prints the faults, each once. It takes less than a second, so nothing keeps the result.
 */
export const declarationsCompile = (): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const args = ['--project', 'tools/start/tsconfig.declarations.json', '--noEmit', '--pretty', 'false'];
    execFile('tsc', args, { cwd: repository, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (!error) return resolve(true);
      if (typeof error.code !== 'number') return reject(error);
      const faults = compilerFaults(stdout);
      console.error(faults.length > 0 ? [...new Set(faults)].join('\n') : stdout + stderr);
      resolve(false);
    });
  });
