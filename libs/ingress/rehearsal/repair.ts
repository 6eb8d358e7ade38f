/** Runs Koku's repair at once, instead of after the minutes for which it leaves a new upload alone. */
import { namespace } from '@cost-onprem/contracts';
import { state, until, type Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';

const cronJob = 'koku-repair';
const name = 'koku-repair-now';

interface Container {
  readonly env?: readonly { readonly name: string }[];
}

interface JobTemplate {
  readonly metadata?: object;
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

/** Its waiting times, which are minutes. */
const impatient = { QUIET_MINUTES: '0', WORKING_MINUTES: '0' } as const;

const withoutPatience = (container: Container) => ({
  ...container,
  env: [
    ...(container.env ?? []).filter((variable) => !(variable.name in impatient)),
    ...Object.entries(impatient).map(([variable, value]) => ({ name: variable, value })),
  ],
});

/** The job of the CronJob's template, with the same labels, which its policies select. */
const jobOf = ({ metadata, spec }: JobTemplate) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { ...metadata, name, namespace },
  spec: {
    ...spec,
    backoffLimit: 0,
    template: {
      ...spec.template,
      spec: { ...spec.template.spec, containers: spec.template.spec.containers.map(withoutPatience) },
    },
  },
});

/** Waits until one run has ended. It fails when it has something to tell, which does not matter here. */
export const repairNow = async (kubectl: Kubectl): Promise<void> => {
  const { spec } = await kubectl.get<{ readonly spec: { readonly jobTemplate: JobTemplate } }>([
    ...['cronjob', cronJob, '-n', namespace],
  ]);
  await kubectl.run(['create', '-f', '-'], JSON.stringify(jobOf(spec.jobTemplate)));
  try {
    await until('the end of the repair', 180, state, async () => {
      const { status } = await kubectl.get<{
        readonly status?: { readonly succeeded?: number; readonly failed?: number };
      }>(['job', name, '-n', namespace]);
      return Boolean(status?.succeeded || status?.failed);
    });
  } finally {
    const { out } = await kubectl.run(['logs', `job/${name}`, '-n', namespace]);
    console.log(out.trimEnd().replace(/^/gm, '         repair: '));
    await kubectl.run(['delete', 'job', name, '-n', namespace]);
  }
};
