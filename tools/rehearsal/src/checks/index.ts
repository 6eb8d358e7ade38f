/** Which checks a stage can show, in the order in which they are made. */
import type { Manifest } from '../../../manifests/src/manifest.ts';
import { needsOutside } from '../outside.ts';
import type { StageName } from '../stage.ts';
import { admitted, restricted } from './admission.ts';
import { brokenWave } from './broken-wave.ts';
import { handEditHealed, optionPruned, profileThereAndBack, storageGrows } from './changes.ts';
import type { Check, Rehearsed } from './check.ts';
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

/** Servers of our own are taken away and brought back; somebody else's are connected to. */
const elsewhere: readonly Check[] = [
  readsAndWrites,
  queuesTaken,
  payloadBecomesCost,
  oneBucket,
  nothingSeen,
  kafkaModes,
];

const realNode = (objects: readonly Manifest[]): readonly Check[] => [
  readsAndWrites,
  queuesTaken,
  payloadBecomesCost,
  workerFinishes,
  ...(objects.some(({ kind }) => kind === 'NetworkPolicy') ? [policiesEnforced] : []),
  ...(hasReplica(objects) ? [replicaServesReads] : []),
  rollingRestart,
  queueSurvives,
  databaseSurvives,
  ...(hasBroker(objects) ? [messagesSurvive, brokerOutage(120)] : []),
  databaseOutage,
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
export const checksOf = (stage: StageName, { cluster, objects }: Rehearsed): readonly Check[] =>
  stage === 'control-plane' ? controlPlane(cluster, objects) : needsOutside(objects) ? elsewhere : realNode(objects);
