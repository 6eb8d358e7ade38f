/** The checks accept the cluster that a rehearsal commits. */
import { describe, expect, test } from 'vitest';
import { conflictFaults } from '../../clusters/src/conflicts.ts';
import { parseKustomization } from '../../clusters/src/kustomization.ts';
import { layerFaults, overlaysOf } from '../../clusters/src/layer-faults.ts';
import { readOverlays } from '../../clusters/src/overlays.ts';
import { repository } from '../../repository/src/repository.ts';
import { exampleNames, exampleText } from '../../scratch/src/examples.ts';
import { withOption } from '../src/argo-cd/source.ts';

const overlays = readOverlays(repository);

describe.each(exampleNames)('clusters/%s', (cluster) => {
  const text = exampleText(cluster);
  const chosen = overlaysOf(parseKustomization(text), cluster);
  const others = Object.keys(overlays.options).filter(
    (option) =>
      !chosen.has(`options/${option}`) && conflictFaults(new Set([...chosen, `options/${option}`])).length === 0,
  );

  test.each(others)('can be rehearsed with %s', (option) => {
    const changed = withOption(option)(text);
    expect(changed).toContain(`overlays/options/${option}`);
    expect(layerFaults(parseKustomization(changed), cluster, overlays)).toEqual([]);
  });
});
