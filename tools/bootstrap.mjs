// Runs on whatever Node 20 or newer a machine has, before anything is installed: plain JavaScript, no dependencies.
// Installs what package-lock.json names if it is not there, then hands over to the Node that came with it.
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

const run = (command, args, env = process.env) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (error) fail(`${command} does not run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
};

const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(lock, 'utf8');
if (!installed) {
  console.error('installing the packages of package-lock.json (once)');
  // Not `npm ci`: it refuses a lock file that lacks the binaries of other platforms, which a registry's mirror may not
  // have. This takes the locked versions as well, and writes nothing.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  copyFileSync(lock, stamp);
}

const [script, ...rest] = process.argv.slice(2);
if (!script) fail('usage: node tools/bootstrap.mjs <script> [arguments]');
run(join(bin, 'node'), [join(root, script), ...rest], {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  // What was compiled once is not compiled again: most steps are short programs.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.cache/node'),
});
