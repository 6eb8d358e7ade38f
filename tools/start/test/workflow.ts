/** Reads the workflows of the repository, so that tests run and check what GitHub runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { repository } from '../../repository/src/repository.ts';

/** One step of a job. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** One job. */
export interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A workflow's text and its jobs. */
export interface Workflow {
  readonly text: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The workflow in a file of .github/workflows. */
export const readWorkflow = (file: string): Workflow => {
  const text = readFileSync(join(repository, '.github/workflows', file), 'utf8');
  return { ...(load(text) as Omit<Workflow, 'text'>), text };
};

/** The commands of a job, without those that change the machine. */
export const commandsOf = ({ steps }: Job): readonly Step[] =>
  steps.filter(({ run }) => run !== undefined && !/\bsudo\b/.test(run));
