/** The types of a check and of its inputs. */
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
  /** The folders of overlays/ that its kustomization lists: `profiles/minimal`. */
  readonly overlays: ReadonlySet<string>;
  /** Its render. */
  readonly objects: readonly Manifest[];
  /** The origin of each image; none on a stage without containers. */
  readonly images: readonly GivenImage[];
}

/** Something that a user relies on, tried on a running cluster. */
export interface Trial {
  /** A sentence that is true when the check passes. */
  readonly title: string;
  /**
   * Images, by the last part of their path, whose application the check is about. Where an understudy replaces one of
   * them, the check would show nothing, so it does not run.
   */
  readonly real?: readonly string[];
  /** @throws Error with the failure */
  readonly run: (rehearsed: Rehearsed) => Promise<void>;
}

/** A check that says where and when it runs. */
export interface Check extends Trial {
  /** Stages that can show it. */
  readonly stages: readonly StageName[];
  /** Whether it applies to a cluster. Default: to every cluster. */
  readonly applies?: (rehearsed: Rehearsed) => boolean;
  /**
   * Its position, in ascending order: 100 only reads, 200 uses the platform, 300 restarts pods, 400 removes servers, 500
   * examines the result of all that, 600 changes the cluster by commits.
   */
  readonly order: number;
  /** Whether it takes too long for each commit; then only `--long` runs it. */
  readonly long?: boolean;
  /** Whether it shows that the platform as a whole works; other checks then run it at their end (`allWork`). */
  readonly showsWork?: boolean;
}

/** The default export of libs/<application>/rehearsal/index.ts: what an application adds to rehearsals. */
export interface ApplicationRehearsal {
  readonly checks: readonly Check[];
  /**
   * The work of a cluster while pods are removed at random.
   * @param mark of this run, because objects of an earlier one may still be in the cluster
   */
  readonly work?: (rehearsed: Rehearsed, mark: string) => Promise<Work>;
}

/** Whether an understudy replaces an image. @param image the last part of its path */
export const isPlayed = ({ images }: Pick<Rehearsed, 'images'>, image: string): boolean =>
  images.some((given) => given.origin === 'understudy' && lastSegment(given.image) === image);

/** Whether a cluster's render contains an object. */
export const hasObject = ({ objects }: Rehearsed, wanted: string, name: string): boolean =>
  objects.some(({ kind, metadata }) => kind === wanted && metadata.name === name);

/** Whether all servers are in the cluster, so that a check can remove and restore them. */
export const hasOwnServers = ({ overlays }: Rehearsed): boolean => !needsExternalServers(overlays);
