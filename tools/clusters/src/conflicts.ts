/** Overlays that one cluster cannot have together. */

import type { Folder } from './layers.ts';

type Overlay = `${Folder}/${string}`;

/** Two folders of overlays/, and why. */
interface Conflict {
  readonly overlays: readonly [Overlay, Overlay];
  readonly because: string;
}

const conflicts: readonly Conflict[] = [
  {
    overlays: ['object-storage/odf', 'platforms/kubernetes'],
    because: 'OpenShift Data Foundation is on OpenShift alone',
  },
  {
    overlays: ['options/external-postgresql', 'options/read-replica'],
    because:
      'our replica follows our own server alone; a replica of somebody else’s is the host in db-koku-reads-endpoint',
  },
];

/** The conflicts among the overlays of a cluster, as sentences that go on after the name of its file. */
export const conflictFaults = (overlays: ReadonlySet<string>): readonly string[] =>
  conflicts
    .filter(({ overlays: pair }) => pair.every((overlay) => overlays.has(overlay)))
    .map(({ overlays: [one, other], because }) => `names both ${one} and ${other}: ${because}`);
