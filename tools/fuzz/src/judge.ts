/** What the checks of this repository say to a mutated cluster, and whether they say it well. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFaults } from '../../clusters/src/kubeconform.ts';
import { ClusterFaults, renderCluster, type Rendered } from '../../clusters/src/render.ts';

/** The checks' answer. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly render: Rendered }
  | { readonly kind: 'refused'; readonly sentences: readonly string[] }
  | { readonly kind: 'crashed'; readonly why: string };

/** Words of a program's own error, which mean that no check foresaw the input. */
const ofPrograms =
  /TypeError|ReferenceError|RangeError|SyntaxError|Cannot read propert|is not a function|is not iterable|undefined|\[object |\n\s+at |panic:|goroutine|ENOENT|EISDIR|unmarshal|NaN/;

/** The longest sentence that a person reads. A value of the input is quoted in part. */
const longest = 2000;

const badSentence = (name: string, sentence: string): string | undefined => {
  if (ofPrograms.test(sentence)) return 'uses the words of a program';
  if (sentence.length > longest) return `has ${sentence.length} characters`;
  if (!sentence.startsWith(`clusters/${name}/`)) return 'does not begin with its file';
  return undefined;
};

const check = async (name: string, root: string): Promise<Verdict> => {
  try {
    const render = await renderCluster(name, root);
    const faults = await schemaFaults(render.yaml);
    return faults.length > 0
      ? { kind: 'refused', sentences: faults.map((fault) => `clusters/${name}/: ${fault}`) }
      : { kind: 'accepted', render };
  } catch (error) {
    if (error instanceof ClusterFaults) return { kind: 'refused', sentences: error.faults };
    return { kind: 'crashed', why: (error as Error).stack ?? String(error) };
  }
};

const left = (root: string): readonly string[] => {
  const folders = ['clusters', '.cache'];
  return folders.flatMap((folder) => {
    mkdirSync(join(root, folder), { recursive: true });
    return readdirSync(join(root, folder)).map((entry) => `${folder}/${entry}`);
  });
};

/**
 * Writes a cluster, lets the checks judge it, and removes it.
 * @param root a copy of the repository
 */
export const judge = async (root: string, name: string, files: ReadonlyMap<string, string>): Promise<Verdict> => {
  const before = left(root);
  const folder = join(root, 'clusters', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  const verdict = await check(name, root);
  rmSync(folder, { recursive: true, force: true });
  const remains = left(root).filter((entry) => !before.includes(entry));
  if (remains.length > 0) return { kind: 'crashed', why: `left behind: ${remains.join(', ')}` };
  if (verdict.kind === 'refused') {
    const [bad] = verdict.sentences.flatMap((sentence) => {
      const why = badSentence(name, sentence);
      return why ? [`${why}: ${sentence.slice(0, longest)}`] : [];
    });
    if (bad) return { kind: 'crashed', why: `a sentence ${bad}` };
    if (verdict.sentences.length === 0) return { kind: 'crashed', why: 'refused without a sentence' };
  }
  return verdict;
};
