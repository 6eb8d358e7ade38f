/**
 * The layers of a cluster, in the order of its file. The checks, their messages, the cluster generator with its schema, the
 * tested combinations and the rehearsal's additions follow from this list. A further choice is an entry here and a folder of
 * overlays/ with a folder for each answer. Each layer costs time (tools/documentation/facts/kustomize.md#cost-of-a-layer).
 */

/** The effect of an option. Options that add come before the platform, and those that remove after all others. */
export type Effect = 'adds' | 'patches' | 'removes';

interface Common {
  /** Folder of overlays/. */
  readonly folder: string;
  /** Its name in a sentence. */
  readonly word: string;
  /** The comment behind it in a cluster's file. */
  readonly remark: string;
  /** The list of a cluster's file that names it. */
  readonly list: List;
  /** Neighbours with the same place may be in any order. Default: the layer has its own place. */
  readonly place?: string;
}

/** A list of a cluster's file. */
export type List = 'resources' | 'components';

/** A layer of which every cluster names exactly one. */
export interface Choice extends Common {
  /** The name of the generator's argument. */
  readonly argument: string;
  /** The value for a new cluster without the argument. Without a default, the argument is required. */
  readonly standard?: string;
}

/** Options with one effect, of which a cluster names any number. */
interface Options extends Common {
  readonly folder: 'options';
  readonly effect: Effect;
}

/** One layer. */
export type Layer = Choice | Options;

/** The platform adapts every existing workload, so additions come before it. */
const additions = 'additions';

const component = { list: 'components' } as const;
const options = { ...component, folder: 'options', remark: 'options' } as const;

const entries = [
  {
    folder: 'stacks',
    word: 'stack',
    remark: 'the applications',
    argument: 'stack',
    standard: 'without-trino',
    list: 'resources',
  },
  {
    ...component,
    folder: 'kafka',
    place: additions,
    word: 'Kafka',
    remark: 'which Kafka',
    argument: 'kafka',
    standard: 'single-node',
  },
  {
    ...component,
    folder: 'object-storage',
    place: additions,
    word: 'object storage',
    remark: 'where reports are stored',
    argument: 'objectStorage',
    standard: 'embedded',
  },
  { ...options, effect: 'adds', place: additions, word: 'option that adds something' },
  // It must know all Secrets, and may add a Job that the platform must adapt.
  {
    ...component,
    folder: 'secrets',
    word: 'source of Secrets',
    remark: 'where the Secrets come from',
    argument: 'secrets',
    standard: 'generated',
  },
  { ...component, folder: 'platforms', word: 'platform', remark: 'where it runs', argument: 'platform' },
  { ...options, effect: 'patches', word: 'option that patches' },
  { ...options, effect: 'removes', word: 'option that removes something' },
  {
    ...component,
    folder: 'storage',
    word: 'storage',
    remark: 'how much disk',
    argument: 'storage',
    standard: 'minimal',
  },
  {
    ...component,
    folder: 'profiles',
    word: 'profile',
    remark: 'pod sizes; always last',
    argument: 'profile',
    standard: 'minimal',
  },
] as const satisfies readonly Layer[];

type Entry = (typeof entries)[number];

/** A folder of overlays/ from which every cluster chooses one. */
export type ChoiceFolder = Extract<Entry, { argument: string }>['folder'];

/** The generator's name of a choice. */
export type ChoiceArgument = Extract<Entry, { argument: string }>['argument'];

/** A folder of overlays/ that a cluster may name. */
export type Folder = Entry['folder'];

/** All layers, in the order of a cluster's file. */
export const layers: readonly (Layer & { readonly folder: Folder })[] = entries;

/** The layers of which every cluster names exactly one. */
export const choices = entries.filter((layer) => 'argument' in layer) as readonly (Choice & {
  readonly folder: ChoiceFolder;
  readonly argument: ChoiceArgument;
})[];

const placeOf = ({ place, word }: Layer): string => place ?? word;

/** The places of a list in their order, by their words. */
export const placesIn = (list: List): readonly string[] => [
  ...new Set(layers.filter((layer) => layer.list === list).map(placeOf)),
];

/** The place of a layer in its list. The layers that a cluster names must ascend. */
export const rankOf = (layer: Layer): number => placesIn(layer.list).indexOf(placeOf(layer));
