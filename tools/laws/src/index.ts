import type { Manifest } from '../../manifests/src/manifest.ts';
import { addressesAnswer } from './addresses.ts';
import { inNamespace, kindsAdmitted, namespaceRestricted } from './admitted.ts';
import type { Fence, Finding, Law } from './law.ts';
import { connectionsAllowed } from './connections.ts';
import { withinLimits } from './limits.ts';
import { metricsScraped } from './metrics.ts';
import { kept, noPlaceholders, noSecretValues, sameUser, selectsOne, single, sizedClaims } from './objects.ts';
import {
  bounded,
  boundedByOperator,
  boundedFolders,
  pinned,
  pinnedByOperator,
  portsOnce,
  restricted,
  sizedEphemeral,
  stopsInTime,
} from './pods.ts';
import { noPlainSecrets } from './plain-secrets.ts';
import { defaultDenied, outsideAdmitted, pathsOpen } from './policies.ts';
import { policiesNarrow } from './policy-widths.ts';
import { portsOpen, targetsNamed } from './ports.ts';
import { queuesConsumed } from './queues.ts';
import { provides } from './references.ts';
import { boundToOwn, fewRights, tokensWithRights } from './rights.ts';
import { routesReached } from './routes.ts';
import { secretsMade } from './secrets.ts';
import { gatewayFirst, servicesInside } from './services.ts';
import { settingsRead } from './settings-read.ts';
import { timeoutsGrow } from './timeouts.ts';
import { bundlesBrought } from './trust.ts';
import { referencesResolve, variablesOnce } from './variables.ts';
import { mountsNamed } from './volumes.ts';

export type { Fence, Finding, Law } from './law.ts';

const laws: readonly Law[] = [
  kindsAdmitted,
  inNamespace,
  namespaceRestricted,
  ...restricted,
  tokensWithRights,
  fewRights,
  boundToOwn,
  servicesInside,
  gatewayFirst,
  bounded,
  boundedByOperator,
  boundedFolders,
  mountsNamed,
  sizedEphemeral,
  stopsInTime,
  portsOnce,
  pinned,
  pinnedByOperator,
  variablesOnce,
  referencesResolve,
  provides,
  addressesAnswer,
  settingsRead,
  routesReached,
  noSecretValues,
  noPlainSecrets,
  secretsMade,
  kept,
  sizedClaims,
  single,
  sameUser,
  selectsOne,
  noPlaceholders,
  queuesConsumed,
  connectionsAllowed,
  defaultDenied,
  pathsOpen,
  outsideAdmitted,
  policiesNarrow,
  portsOpen,
  targetsNamed,
  metricsScraped,
  timeoutsGrow,
  bundlesBrought,
  withinLimits,
];

/** All violations of a render, each once, in the order of the laws. */
export const findings = (objects: readonly Manifest[], fence: Fence): readonly Finding[] => {
  const all = laws.flatMap((law) => law(objects, fence));
  return all.filter(
    ({ object, sentence }, index) =>
      all.findIndex((other) => other.object === object && other.sentence === sentence) === index,
  );
};
