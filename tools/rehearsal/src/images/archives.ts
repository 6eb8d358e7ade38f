/** Images in files: OCI and Docker archives in a folder, found by the references that they hold. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One image in an archive. */
export interface ArchivedImage {
  readonly archive: string;
  /** The name under which containerd imports it, with registry and tag. */
  readonly name: string;
  /** Digest of its manifest, which only an OCI archive has. */
  readonly digest?: string;
}

interface OciIndex {
  readonly manifests?: readonly {
    readonly digest: string;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

type DockerManifest = readonly { readonly RepoTags?: readonly string[] | null }[];

/** A member of a tar file as JSON, or nothing without such a member. */
const member = <Content>(archive: string, name: string): Content | undefined => {
  const names = execFileSync('tar', ['-tf', archive], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
  });
  const found = names.split('\n').find((path) => path.replace(/^\.\//, '') === name);
  if (found === undefined) return undefined;
  return JSON.parse(execFileSync('tar', ['-xOf', archive, found], { encoding: 'utf8', maxBuffer: 2 ** 26 })) as Content;
};

/** A reference as containerd expands it, when its registry or tag is missing. */
export const fullReference = (reference: string): string => {
  const [, name = '', rest = ''] = /^(.*?)((?::[^/:@]+)?(?:@.*)?)$/.exec(reference) ?? [];
  const [first = ''] = name.split('/');
  const hasRegistry = name.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  const path = hasRegistry ? name : `docker.io/${name.includes('/') ? name : `library/${name}`}`;
  return `${path}${rest === '' ? ':latest' : rest}`;
};

const ociImages = (archive: string, { manifests = [] }: OciIndex): readonly ArchivedImage[] =>
  manifests.map(({ digest, annotations = {} }) => ({
    archive,
    name: annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'] ?? '',
    digest,
  }));

/** Docker writes both descriptions into one archive: its own names the images, OCI's has their digests. */
const imagesIn = (archive: string): readonly ArchivedImage[] => {
  try {
    const docker = member<DockerManifest>(archive, 'manifest.json') ?? [];
    const oci = member<OciIndex>(archive, 'index.json') ?? {};
    const tagged = docker.flatMap(({ RepoTags }) => (RepoTags ?? []).map((name) => ({ archive, name })));
    return [...tagged, ...ociImages(archive, oci)]
      .filter(({ name }) => name !== '')
      .map((image) => ({ ...image, name: fullReference(image.name) }));
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw new Error(`${archive}: is not an archive of images: ${(stderr ?? String(error)).trim().split('\n')[0]}`, {
      cause: error,
    });
  }
};

/**
 * All images in the archives of a folder: files that end in `.tar`, `.tar.gz` or `.tgz`.
 * @throws Error naming the folder, or the file that is not an archive of images
 */
export const archivedImages = (folder: string): readonly ArchivedImage[] => {
  if (!existsSync(folder)) throw new Error(`${folder}: is not a folder; --images=archive=<folder> must name one`);
  return readdirSync(folder)
    .filter((file) => /\.(?:tar|tar\.gz|tgz)$/.test(file))
    .toSorted()
    .flatMap((file) => imagesIn(join(folder, file)));
};

/**
 * The archive of a pinned reference. A digest in the reference decides alone, whatever the tag.
 * @returns nothing where no archive has it
 */
export const archiveOf = (archived: readonly ArchivedImage[], reference: string): ArchivedImage | undefined => {
  const [, digest] = reference.split('@');
  return digest
    ? archived.find((image) => image.digest === digest)
    : archived.find(({ name }) => name === fullReference(reference));
};
