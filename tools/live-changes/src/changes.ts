#!/usr/bin/env node
/** Command: reports what changed in each cluster's render since a revision, and what restarts. */
import { basename, join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { allowed } from '../../repository/src/suggest.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { parseManifests } from '../../manifests/src/manifest.ts';
import { refuseUnknown } from '../../repository/src/arguments.ts';
import { clusterNames } from '../../repository/src/clusters.ts';

import { changesOf, linesOf } from './describe.ts';
import { chosenBase, rootOf, withCheckout } from './git.ts';

const objectsOf = async (root: string, cluster: string) =>
  parseManifests(await kustomizeBuild(join(root, 'clusters', cluster)));

const report = async (root: string, revision: string | undefined, wanted: readonly string[]): Promise<void> => {
  const base = await chosenBase(root, revision);
  await withCheckout(root, base, async (earlier) => {
    const [then, now] = [clusterNames(earlier), clusterNames(root)];
    const known = [...new Set([...now, ...then])].toSorted();
    const unknown = wanted.find((name) => !known.includes(name));
    if (unknown) throw new Error(`no cluster ${unknown}; ${allowed(unknown, known)}`);
    console.log(`since ${base.name} (${base.commit.slice(0, 7)})`);
    for (const cluster of wanted.length > 0 ? wanted : known) {
      console.log(`clusters/${cluster}`);
      if (!then.includes(cluster)) console.log('  is new');
      else if (!now.includes(cluster)) console.log('  is gone; Argo CD stops syncing it and deletes nothing');
      else {
        const [before, after] = await Promise.all([objectsOf(earlier, cluster), objectsOf(root, cluster)]);
        for (const line of linesOf(changesOf(before, after))) console.log(line);
      }
    }
  });
};

const command = defineCommand({
  meta: { name: 'changes', description: 'Report what changed in the renders of clusters since a revision.' },
  args: {
    clusters: { type: 'positional', required: false, description: 'Names or folders of clusters; all by default.' },
    base: {
      type: 'string',
      valueHint: 'revision',
      description:
        'The revision to compare with. Default: the commit where HEAD left the default branch of origin, or main.',
    },
  },
  run: async (invocation) => {
    const { args } = invocation;
    try {
      refuseUnknown(invocation, 'any');
      const root = await rootOf(process.cwd());
      await report(
        root,
        args.base,
        args._.map((path) => basename(path)),
      );
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  },
});

await runMain(command);
