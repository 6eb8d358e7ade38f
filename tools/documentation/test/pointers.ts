/** Where the files of the repository point to in the repository, and which of these pointers lead nowhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Texts by their paths, which are relative to the root. */
export type Texts = Readonly<Record<string, string>>;

interface Pointer {
  readonly file: string;
  readonly line: number;
  /** As it is written, such as `tools/documentation/facts/koku.md#migrations`. */
  readonly written: string;
  /** A link in Markdown starts from the folder of its file, a path in other text from the root. */
  readonly isLink: boolean;
}

/**
 * The files that a clone will contain: those that git tracks, and new ones that it does not ignore. So the result of a
 * test follows from what is in the folder, and a cached one stays true after `git add`.
 */
export const textsOf = (root: string): Texts =>
  Object.fromEntries(
    execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 16 * 2 ** 20,
    })
      .split('\0')
      .filter((file) => file !== '' && existsSync(join(root, file)))
      .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );

const address = /[a-z][a-z0-9+.-]*:\/\/[^\s)'"`]+/g;
const link = /\]\(([^)\s]+)\)/g;
/**
 * A page of Markdown anywhere, or a file below a folder of the root: nothing that holds a `*`, `<` or `$`, and nothing below
 * `clusters`, which belongs to the user and has example names in our pages.
 */
const path =
  /(?<![\w./@<>*{}$-])(?:(?:\.\.?\/)*(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.md(?:#[\w-]+)?|(?:generators|libs|overlays|tools)\/[\w./-]+\.(?:json|mjs|py|sh|ts|yaml)|(?:\.\.\/)+[\w-]+)(?![\w*<$/-]|\.\w)/g;

/** A comment, or text for people: strings of a program may name files that it makes. */
const isComment = (line: string): boolean => /^\s*(?:\/\/|\/?\*|#)/.test(line);

const pointersIn = (file: string, text: string): readonly Pointer[] => {
  const isMarkdown = file.endsWith('.md');
  let isCode = false;
  return text.split('\n').flatMap((written, index) => {
    if (isMarkdown && /^\s*```/.test(written)) isCode = !isCode;
    const line = written.replaceAll(address, '');
    const links =
      isMarkdown && !isCode ? [...line.replaceAll(/`[^`]*`/g, '').matchAll(link)].map(([, to = '']) => to) : [];
    const rest = isMarkdown ? line.replaceAll(link, ']') : line;
    const mentions = [...rest.matchAll(path)]
      .map(([mention]) => mention)
      .filter((mention) => /\.md(?:#|$)/.test(mention) || isComment(written) || (isMarkdown && !isCode));
    return [
      ...links.map((to) => ({ file, line: index + 1, written: to, isLink: true })),
      ...mentions.map((to) => ({ file, line: index + 1, written: to, isLink: false })),
    ];
  });
};

/** The anchor that a forge makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** The anchors of a page of Markdown. */
export const anchorsIn = (text: string): readonly string[] =>
  [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** The page in which a reader finds a text: generation puts the applications' parts of the runbook together. */
const pageOf = (file: string): string =>
  /^libs\/[\w-]+\/src\/rules\/runbook\.md$/.test(file) ? 'libs/monitoring/runbook.md' : file;

const faultOf = (texts: Texts, { file: source, written, isLink }: Pointer): string | undefined => {
  const file = pageOf(source);
  const [to = '', anchor] = written.split('#');
  const isRelative = isLink || to.startsWith('.');
  const found = to === '' ? file : posix.normalize(isRelative ? posix.join(posix.dirname(file), to) : to);
  if (found.startsWith('../')) return 'leads out of the repository, so a clone does not contain it';
  const files = Object.keys(texts);
  // Without a folder it is the name of a file, such as README.md, that may be in many folders.
  const isName = !isRelative && !to.includes('/');
  const folder = `${found.replace(/\/$/, '')}/`;
  const isThere = isName
    ? files.some((other) => posix.basename(other) === to)
    : files.some((other) => other === found || other.startsWith(folder));
  if (!isThere) {
    const from = isRelative ? `from ${posix.dirname(file)}` : 'from the root';
    return isName ? 'no folder of the repository has such a file' : `there is no such file or folder, ${from}`;
  }
  const text = texts[found];
  if (anchor === undefined || text === undefined) return undefined;
  const anchors = anchorsIn(text);
  return anchors.includes(anchor) ? undefined : `${found} has no such heading; it has ${anchors.join(', ')}`;
};

/** The sections of a page of Markdown below its title, each with its anchor. */
export const sectionsIn = (text: string): readonly { readonly anchor: string; readonly text: string }[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ anchor: anchorOf(section.split('\n')[0] ?? ''), text: section }));

/** Clusters that the checks refuse, some because of a path. */
const wrongOnPurpose = 'tools/clusters/test/invalid/';

/** What is wrong with the pointers of all files, one sentence each: `file:line: pointer: reason`. */
export const faultsIn = (texts: Texts): readonly string[] =>
  Object.entries(texts)
    .filter(([file]) => !file.startsWith(wrongOnPurpose))
    .flatMap(([file, text]) => pointersIn(file, text))
    .flatMap((pointer) => {
      const fault = faultOf(texts, pointer);
      return fault === undefined ? [] : [`${pointer.file}:${pointer.line}: ${pointer.written}: ${fault}`];
    });

/** The pages and headings that files outside of a folder point to there: the part after the folder. */
export const pointersInto = (folder: string, texts: Texts): ReadonlySet<string> =>
  new Set(
    Object.entries(texts)
      .filter(([file]) => !file.startsWith(folder))
      .flatMap(([file, text]) => pointersIn(file, text))
      .map(({ file, written, isLink }) => (isLink ? posix.join(posix.dirname(file), written) : written))
      .filter((to) => to.startsWith(folder))
      .map((to) => to.slice(folder.length)),
  );
