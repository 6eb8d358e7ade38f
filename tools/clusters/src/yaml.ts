/**
 * Reads YAML that a user wrote, with the line of every value. Aliases are refused and never resolved, because a few lines of
 * them can stand for gigabytes.
 */
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
} from 'yaml';
import type { Path } from './fault.ts';

/** A fault of the text, before anything asks what it means. */
export interface TextFault {
  readonly sentence: string;
  readonly line: number;
}

/** One document of a file. */
export interface ReadDocument {
  readonly value: unknown;
  /** The line of the value at a path, or of the closest value around it. */
  readonly lineOf: (path: Path) => number;
  /** The first line of the text of a string, which for a block is the line after its key. */
  readonly firstLineOf: (path: Path) => number;
}

/** The documents of a text; none if it has faults. */
export interface ReadText {
  readonly documents: readonly ReadDocument[];
  readonly faults: readonly TextFault[];
}

/** More would not fit into a ConfigMap either, and takes seconds to read. */
export const largestText = 2 ** 20;

const tooDeep = 'it nests too deeply';

const textFaults = (
  text: string,
  document: Document.Parsed,
  lineAt: (offset: number) => number,
): readonly TextFault[] => {
  // Further errors of the syntax follow from the first.
  const [first, ...others] = document.errors;
  const errors = first ? [first, ...others.filter(({ code }) => code === 'DUPLICATE_KEY')] : [];
  const faults: TextFault[] = errors.map(({ code, message, pos: [start] }) => ({
    line: lineAt(start),
    sentence:
      code === 'DUPLICATE_KEY'
        ? `has ${/^[^\s:]*/.exec(text.slice(start))?.[0] ?? 'a key'} twice in one mapping; remove one of the two`
        : `does not parse as YAML: ${code === 'RESOURCE_EXHAUSTION' ? tooDeep : message}`,
  }));
  visit(document, {
    Node: (_, node) => {
      const line = lineAt(node.range?.[0] ?? 0);
      if (isAlias(node))
        faults.push({ line, sentence: `uses the YAML alias *${node.source}; repeat the value instead` });
      else if (node.tag !== undefined && isScalar(node) && !node.tag.startsWith('tag:yaml.org,2002:'))
        faults.push({ line, sentence: `has the YAML tag ${node.tag}; remove it` });
    },
  });
  return faults;
};

/** The nodes on the way to a value, the outermost first. Of a mapping's value, it is the key that counts. */
const nodesTo = (document: Document.Parsed, path: Path): readonly unknown[] => {
  const nodes: unknown[] = [document.contents];
  let inner: unknown = document.contents;
  for (const part of path) {
    if (isMap(inner)) {
      const pair = inner.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(part));
      if (!isPair(pair)) break;
      nodes.push(pair.key);
      inner = pair.value;
    } else if (isSeq(inner)) {
      inner = inner.items[Number(part)];
      nodes.push(inner);
    } else break;
  }
  return nodes;
};

/** @throws RangeError if it nests too deeply, because the parser calls itself for each level */
const read = (text: string): ReadText => {
  const counter = new LineCounter();
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const parsed = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, version: '1.1', merge: false });
  const all: readonly Document.Parsed[] = 'empty' in parsed ? [] : parsed;
  const faults = all.flatMap((document) => textFaults(text, document, lineAt));
  if (faults.length > 0) return { documents: [], faults };
  const lineOfNode = (node: unknown): number => lineAt((isNode(node) ? node.range?.[0] : undefined) ?? 0);
  return {
    faults: [],
    documents: all.map((document) => ({
      value: document.toJS() as unknown,
      lineOf: (path) => lineOfNode(nodesTo(document, path).findLast(isNode)),
      firstLineOf: (path) => {
        const node: unknown = document.getIn(path, true);
        const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
        return lineOfNode(node) + (isBlock ? 1 : 0);
      },
    })),
  };
};

const onlyFault = (sentence: string): ReadText => ({ documents: [], faults: [{ line: 1, sentence }] });

/** Reads a text as YAML 1.1, which is what Kustomize reads: there `on` and `yes` are booleans. */
export const readYaml = (text: string): ReadText => {
  if (text.length > largestText) return onlyFault(`is larger than ${largestText / 2 ** 20} MiB`);
  try {
    return read(text);
  } catch (error) {
    if (error instanceof RangeError) return onlyFault(`does not parse as YAML: ${tooDeep}`);
    throw error;
  }
};
