/** Overlays that exclude each other. */

import type { Folder } from './layers.ts';

type Overlay = `${Folder}/${string}`;

/** Two folders of overlays/, and the reason. */
interface Conflict {
  readonly overlays: readonly [Overlay, Overlay];
  readonly because: string;
}

const conflicts: readonly Conflict[] = [
  {
    overlays: ['object-storage/odf', 'platforms/kubernetes'],
    because: 'OpenShift Data Foundation exists on OpenShift only',
  },
  {
    overlays: ['options/external-postgresql', 'options/read-replica'],
    because: 'our replica follows our own server only; an external replica is the host in db-koku-reads-endpoint',
  },
  {
    overlays: ['options/router-on-host-network', 'platforms/openshift'],
    because: 'the platform admits OpenShift’s router by its labels, on the host network too',
  },
  {
    overlays: ['options/node-local-dns', 'platforms/openshift'],
    because: 'the DNS pods of OpenShift answer on every node themselves',
  },
  {
    overlays: ['options/http01-solver', 'platforms/openshift'],
    because: 'a Route takes the router’s certificate, so no challenge concerns this namespace',
  },
];

/** The conflicts among the overlays of a cluster, as the rest of sentences after its file's name. */
export const conflictFaults = (overlays: ReadonlySet<string>): readonly string[] =>
  conflicts
    .filter(({ overlays: pair }) => pair.every((overlay) => overlays.has(overlay)))
    .map(({ overlays: [one, other], because }) => `names both ${one} and ${other}: ${because}`);
