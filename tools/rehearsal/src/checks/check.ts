/** What a check is given, and what it is. */
import type { Manifest } from '../../../manifests/src/manifest.ts';
import { needsExternalServers } from '../external-servers/index.ts';
import { lastSegment, type GivenImage } from '../images/index.ts';
import type { Kubectl, StageName } from '../kubernetes/index.ts';
import type { Work } from './work.ts';

/** A cluster that is Synced and Healthy on a stage. */
export interface Rehearsed {
  readonly kubectl: Kubectl;
  readonly cluster: string;
  readonly stage: StageName;
  /** What its kustomization lists, as folders of overlays/: `profiles/minimal`. */
  readonly overlays: ReadonlySet<string>;
  /** What it was rendered to. */
  readonly objects: readonly Manifest[];
  /** Where each image comes from; none on a stage without containers. */
  readonly images: readonly GivenImage[];
}

/** Something that a user relies on, tried on a running cluster. */
export interface Trial {
  /** A sentence that is true when the trial passes. */
  readonly title: string;
  /**
   * Images, by the last part of their path, whose application the trial is about. Where an understudy is in the place
   * of one, the trial says nothing, so it is not run.
   */
  readonly real?: readonly string[];
  /** @throws Error saying what is not so */
  readonly run: (rehearsed: Rehearsed) => Promise<void>;
}

/** A trial that says where and when it is made. */
export interface Check extends Trial {
  /** Stages that can show it. */
  readonly stages: readonly StageName[];
  /** Whether it can be made of a cluster; left out, it is made of every one. */
  readonly applies?: (rehearsed: Rehearsed) => boolean;
  /**
   * Its place, from low to high: 100 asks only, 200 uses the platform, 300 restarts pods, 400 takes servers away, 500
   * looks at what must be true after all that, 600 changes the cluster by commits.
   */
  readonly order: number;
  /** Whether it takes too long for each commit; then `--long` makes it. */
  readonly long?: boolean;
  /** Whether it shows that the platform as a whole does its work; other checks then end with it (`allWork`). */
  readonly showsWork?: boolean;
}

/** What an application brings to rehearsals: what the file libs/<application>/rehearsal/index.ts exports by default. */
export interface ApplicationRehearsal {
  readonly checks: readonly Check[];
  /**
   * What a cluster is given to do while pods are removed at random.
   * @param mark of this time, for what stays in the cluster from an earlier one
   */
  readonly work?: (rehearsed: Rehearsed, mark: string) => Promise<Work>;
}

/** Whether an understudy is in the place of an image. @param image the last part of its path */
export const isPlayed = ({ images }: Pick<Rehearsed, 'images'>, image: string): boolean =>
  images.some((given) => given.origin === 'understudy' && lastSegment(given.image) === image);

/** Whether a cluster has an object of its own. */
export const hasObject = ({ objects }: Rehearsed, wanted: string, name: string): boolean =>
  objects.some(({ kind, metadata }) => kind === wanted && metadata.name === name);

/** Whether all servers are the cluster's own: those can be taken away, and brought back. */
export const hasOwnServers = ({ overlays }: Rehearsed): boolean => !needsExternalServers(overlays);
