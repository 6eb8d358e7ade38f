/** Runs the commands of a page of tools/documentation/operations on the stage, so that a page that is wrong fails. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namespace } from '@cost-onprem/contracts';
import { sourceFolder } from '../argo-cd/index.ts';
import { kubeconfig, kubectlProgram } from '../kubernetes/index.ts';
import type { Rehearsed } from './check.ts';

const folder = 'tools/documentation/operations';

/**
 * The commands of a page's section: its blocks of the language `sh`.
 * @param heading of the second level, up to the next one
 * @throws Error when the section is missing or has no commands
 */
export const commandsOf = (page: string, text: string, heading: string): string => {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
  if (blocks.length === 0) throw new Error(`${page}: has no commands below “## ${heading}”`);
  return blocks.join('');
};

/** What the page's reader sets in the shell, with the stage as both clusters. */
const preamble = ({ cluster }: Pick<Rehearsed, 'cluster'>): string => `
export GIT_AUTHOR_NAME=rehearsal GIT_AUTHOR_EMAIL=rehearsal@example.com
export GIT_COMMITTER_NAME=rehearsal GIT_COMMITTER_EMAIL=rehearsal@example.com
cluster='${cluster}'
hub() { '${kubectlProgram()}' --kubeconfig='${kubeconfig}' --namespace=argocd "$@"; }
site() { '${kubectlProgram()}' --kubeconfig='${kubeconfig}' --namespace='${namespace}' "$@"; }
`;

const bash = (script: string, cwd: string): Promise<string> =>
  new Promise((resolve, reject) => {
    // A page waits without a limit where a person would look at Argo CD.
    const limited = ['--kill-after=5', '300', 'bash', '-euo', 'pipefail', '-c', script];
    const child = spawn('timeout', limited, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let both = '';
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
      both += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => (both += part.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(code === 124 ? `took over 300 s\n${both.trim()}` : both.trim())),
    );
  });

/**
 * Runs the commands of a section of a page in the rehearsed commit's folder.
 * @param page file in tools/documentation/operations
 * @param more lines of bash before the commands, such as further values that the page asks its reader for
 * @returns what the commands wrote to stdout
 * @throws Error naming page and section, with what the commands wrote
 */
export const runSection = async (
  rehearsed: Pick<Rehearsed, 'cluster'>,
  page: string,
  heading: string,
  more = '',
): Promise<string> => {
  const path = join(folder, page);
  const commands = commandsOf(path, readFileSync(sourceFolder(path), 'utf8'), heading);
  return bash([preamble(rehearsed), more, commands].join('\n'), sourceFolder('.')).catch((error: Error) => {
    throw new Error(`${path}, ${heading}: ${error.message}`, { cause: error });
  });
};
