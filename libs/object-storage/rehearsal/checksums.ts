import { join } from 'node:path';
import { kokuListener } from '@cost-onprem/contracts';
import { runProgramInPod, type Check } from '../../../tools/rehearsal/src/checks/index.ts';

/** Prints the headers with which boto3 calls an object store, by call. */
export const recorder = join(import.meta.dirname, 'recorder.py');

/** Headers of checksums that not every store knows. @param recorded the recorder's output */
export const checksumHeaders = (recorded: string): readonly string[] => {
  const calls = JSON.parse(recorded) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  return Object.entries(calls).flatMap(([call, headers]) =>
    Object.entries(headers)
      .filter(([name, value]) => /checksum|trailer/.test(name) || /TRAILER|aws-chunked/.test(value))
      .map(([name, value]) => `${call}: ${name}: ${value}`),
  );
};

/** The boto3 of Koku's image, with the variables and files of its pod. */
export const noChecksums: Check = {
  title: 'clients of the object store add no checksum that only AWS knows',
  stages: ['node'],
  order: 241,
  run: async ({ kubectl }) => {
    const found = checksumHeaders(await runProgramInPod(kubectl, kokuListener.metrics.workload, recorder, {}));
    if (found.length > 0) throw new Error(`boto3 sends ${found.join(', ')}`);
  },
};
