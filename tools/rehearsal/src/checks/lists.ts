/** Which checks a stage can show, in the order in which they are made. */
import type { Manifest } from '../../../manifests/src/manifest.ts';
import { needsOutside } from '../external-servers/index.ts';
import type { StageName } from '../kubernetes/index.ts';
import { admitted, restricted } from './admission.ts';
import { brokenWave } from './broken-wave.ts';
import { handEditHealed, optionPruned, profileThereAndBack, storageGrows } from './changes.ts';
import { type Check, type Rehearsed, isPlayed } from './check.ts';
import { oneBucket } from './bucket.ts';
import { brokerOutage, hasBroker, messagesSurvive } from './broker.ts';
import { faultsRepaired } from './faults.ts';
import { databaseSurvives, queueSurvives } from './data.ts';
import { workerFinishes } from './worker.ts';
import { readsAndWrites, rollingRestart } from './entrance.ts';
import { kafkaModes } from './kafka-modes.ts';
import { policiesEnforced } from './network.ts';
import { databaseOutage } from './outage.ts';
import { payloadBecomesCost } from './payload.ts';
import { queuesTaken } from './queues.ts';
import { hasReplica, replicaServesReads } from './replica.ts';
import { fewRights, makesSecrets } from './rights.ts';
import { scheduleFires } from './schedule.ts';
import { silenceNoticed } from './silence.ts';
import { understudiesRefuse } from './understudies.ts';
import { nothingSeen, secretRemade, secretsKept, secretsRotated } from './secrets.ts';

/** Changes begin at the smallest size, and disks never shrink. */
const changes = (cluster: string): readonly Check[] =>
  cluster.endsWith('-minimal') ? [profileThereAndBack, storageGrows, optionPruned] : [];

const controlPlane = (cluster: string, objects: readonly Manifest[]): readonly Check[] => [
  restricted,
  admitted,
  ...(makesSecrets(objects) ? [fewRights] : []),
  handEditHealed,
  brokenWave,
  ...changes(cluster),
];

const understudies = (rehearsed: Rehearsed): readonly Check[] =>
  isPlayed(rehearsed, 'koku') ? [understudiesRefuse] : [];

/** The cluster's own servers are taken away and brought back; external servers are connected to. */
const external = (rehearsed: Rehearsed): readonly Check[] => [
  readsAndWrites,
  queuesTaken,
  ...understudies(rehearsed),
  payloadBecomesCost,
  oneBucket,
  nothingSeen,
  kafkaModes,
];

const ownServers = (rehearsed: Rehearsed, { objects } = rehearsed): readonly Check[] => [
  readsAndWrites,
  queuesTaken,
  ...understudies(rehearsed),
  payloadBecomesCost,
  workerFinishes,
  ...(objects.some(({ kind }) => kind === 'NetworkPolicy') ? [policiesEnforced] : []),
  ...(hasReplica(objects) ? [replicaServesReads] : []),
  rollingRestart,
  queueSurvives,
  databaseSurvives,
  ...(hasBroker(objects) ? [messagesSurvive, brokerOutage(120)] : []),
  databaseOutage,
  silenceNoticed,
  scheduleFires,
  nothingSeen,
  ...(makesSecrets(objects) ? [fewRights, secretsKept] : []),
];

/** What takes too long to be shown of each commit; it ends with restarts that are meant. */
export const longChecksOf = ({ objects }: Rehearsed): readonly Check[] => [
  ...(hasBroker(objects) ? [brokerOutage(600)] : []),
  ...(makesSecrets(objects) ? [secretRemade, secretsRotated] : []),
  faultsRepaired,
];

/** What can be shown of a cluster on a stage. */
export const checksOf = (stage: StageName, rehearsed: Rehearsed): readonly Check[] => {
  const { cluster, objects } = rehearsed;
  if (stage === 'control-plane') return controlPlane(cluster, objects);
  return needsOutside(objects) ? external(rehearsed) : ownServers(rehearsed);
};
