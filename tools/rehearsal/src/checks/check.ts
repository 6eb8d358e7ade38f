/** What a check is given, and what it is. */
import type { Manifest } from '../../../manifests/src/manifest.ts';
import { lastSegment, type GivenImage } from '../images/index.ts';
import type { Kubectl } from '../kubernetes/index.ts';

/** A cluster that is Synced and Healthy on a stage. */
export interface Rehearsed {
  readonly kubectl: Kubectl;
  readonly cluster: string;
  /** What it was rendered to. */
  readonly objects: readonly Manifest[];
  /** Where each image comes from; none on a stage without containers. */
  readonly images: readonly GivenImage[];
}

/** Something that a user relies on, tried on a running cluster. */
export interface Check {
  /** A sentence that is true when the check passes. */
  readonly title: string;
  /**
   * Images, by the last part of their path, whose application the check is about. Where an understudy is in the place
   * of one, the check says nothing, so it is not run.
   */
  readonly real?: readonly string[];
  /** @throws Error saying what is not so */
  readonly run: (rehearsed: Rehearsed) => Promise<void>;
}

/** Whether an understudy is in the place of an image. @param image the last part of its path */
export const isPlayed = ({ images }: Pick<Rehearsed, 'images'>, image: string): boolean =>
  images.some((given) => given.origin === 'understudy' && lastSegment(given.image) === image);
