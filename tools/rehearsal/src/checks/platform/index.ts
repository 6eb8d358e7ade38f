/** Checks of the platform as a whole. Each application's library has its own checks. */
import type { Check } from '../check.ts';
import { admitted, restricted } from './admission.ts';
import { backupRestores, disksRestored } from './backup.ts';
import { brokenWave } from './broken-wave.ts';
import { handEditHealed, optionPruned, profileThereAndBack, storageGrows } from './changes.ts';
import { fullFolderEvicts, noneEvicted } from './ephemeral.ts';
import { policiesEnforced } from './network.ts';
import { clusterRemoved } from './removal.ts';
import { fewRights } from './rights.ts';
import { silenceNoticed } from './silence.ts';
import { understudiesConnect, understudiesRefuse } from './understudies.ts';

export const platformChecks: readonly Check[] = [
  restricted,
  admitted,
  understudiesConnect,
  understudiesRefuse,
  policiesEnforced,
  silenceNoticed,
  fewRights,
  noneEvicted,
  fullFolderEvicts,
  backupRestores,
  disksRestored,
  handEditHealed,
  brokenWave,
  profileThereAndBack,
  storageGrows,
  optionPruned,
  clusterRemoved,
];
