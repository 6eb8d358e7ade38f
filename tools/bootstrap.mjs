// Plain JavaScript without dependencies, because it runs before npm installs anything, with any Node from version 20.
// Installs the packages of package-lock.json if needed, then runs the script with the Node among them.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const bin = join(root, 'node_modules/.bin');
const stamp = join(root, 'node_modules/.installed-lock.json');
const lock = join(root, 'package-lock.json');

const fail = (sentence) => {
  console.error(sentence);
  process.exit(1);
};

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node ${process.versions.node} is too old: install Node 20 or newer`);

const run = (command, args, { output = 'inherit', env = process.env } = {}) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['inherit', output, 'inherit'], env });
  if (error) fail(`${command} does not start: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
};

const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(lock, 'utf8');
if (!installed) {
  console.error('installing the packages of package-lock.json (once)');
  // Not `npm ci`, because it refuses a lock file without the binaries of other platforms, which a registry's mirror may
  // lack. This command installs the locked versions too, and does not write the lock file.
  // To stderr, because the output of the script may go into a file.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { output: process.stderr });
  copyFileSync(lock, stamp);
}

const [script, ...rest] = process.argv.slice(2);
if (!script) fail('usage: node tools/bootstrap.mjs <script> [arguments]');
run(join(bin, 'node'), [join(root, script), ...rest], {
  env: {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    // Cache compiled code, because most steps are short programs.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.cache/node'),
  },
});
