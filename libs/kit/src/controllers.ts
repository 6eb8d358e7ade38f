import { Deployment, StatefulSet, type IDeploymentStrategy } from 'kubernetes-models/apps/v1';
import { CronJob, Job } from 'kubernetes-models/batch/v1';
import { hookAnnotations, waveAnnotation } from './argo-cd.ts';
import { labels, selectorLabels } from './labels.ts';
import { podTemplate } from './pod.ts';
import { sessionsAnnotations } from './sessions.ts';
import type { Workload } from './vocabulary.ts';

/** Old ReplicaSets and ControllerRevisions kept for `kubectl rollout undo`. */
const revisionHistoryLimit = 3;

const metadata = (workload: Workload, application: string) => ({
  name: workload.name,
  labels: labels(workload, application),
  annotations: {
    ...waveAnnotation(workload.wave),
    ...(workload.kind === 'Job' && hookAnnotations),
    ...sessionsAnnotations(workload),
  },
});

/** `Recreate` where two pods must not share a claim or work side by side. Else a roll-out drops no request. */
const strategy = ({ store, singleton }: Workload): IDeploymentStrategy =>
  store || singleton
    ? { type: 'Recreate' }
    : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };

const deployment = (workload: Workload, application: string) =>
  new Deployment({
    metadata: metadata(workload, application),
    spec: {
      selector: { matchLabels: selectorLabels(workload.name) },
      strategy: strategy(workload),
      revisionHistoryLimit,
      template: podTemplate(workload, application),
    },
  });

/** It has no claim templates, because a live cluster refuses to change them. The claim is a separate object. */
const statefulSet = (workload: Workload, application: string) =>
  new StatefulSet({
    metadata: metadata(workload, application),
    spec: {
      selector: { matchLabels: selectorLabels(workload.name) },
      serviceName: workload.name,
      // With the default a reverted image does not replace a pod that never became ready. It cannot change later.
      podManagementPolicy: 'Parallel',
      revisionHistoryLimit,
      template: podTemplate(workload, application),
    },
  });

/** A hook of Argo CD. Kubernetes keeps failed pods for their logs and retries up to three times. */
const job = (workload: Workload, application: string) =>
  new Job({
    metadata: metadata(workload, application),
    // A sync that does not end would block the commit that repairs it.
    spec: { backoffLimit: 3, activeDeadlineSeconds: 3600, template: podTemplate(workload, application) },
  });

/** Seconds for which Kubernetes keeps a finished run. An alert on a failed run lasts as long. */
const keptAfterTheEnd = 24 * 60 * 60;

/**
 * Two runs never overlap: a run that takes longer than its period delays the next.
 * @throws Error for a CronJob without a schedule
 */
const cronJob = (workload: Workload, application: string) => {
  if (!workload.schedule) throw new Error(`${workload.name}: a CronJob needs a schedule`);
  return new CronJob({
    metadata: metadata(workload, application),
    spec: {
      schedule: workload.schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      ...(workload.suspended && { suspend: true }),
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: labels(workload, application) },
        spec: {
          backoffLimit: 0,
          ...(workload.deadline && { activeDeadlineSeconds: workload.deadline }),
          ttlSecondsAfterFinished: keptAfterTheEnd,
          template: podTemplate(workload, application),
        },
      },
    },
  });
};

const controllers = { Deployment: deployment, StatefulSet: statefulSet, Job: job, CronJob: cronJob } as const;

/** The object that runs a workload. */
export const controller = (workload: Workload, application: string): Deployment | StatefulSet | Job | CronJob =>
  controllers[workload.kind](workload, application);
