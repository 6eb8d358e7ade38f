/** The inputs of images besides the files of their folders. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { call } from './call.ts';

/** One file beside a Containerfile. */
export interface Input {
  /** Text that changes whenever the file would. Every start computes it, so it must be quick. */
  readonly state: () => string;
  /** Puts the file there. */
  readonly put: (path: string) => Promise<void> | void;
}

/** A short text that identifies a content. */
export const checksum = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** A program that another build made. */
export const programFile = (path: string): Input => ({
  state: () => checksum(readFileSync(path)),
  put: (target) => copyFileSync(path, target),
});

/** A file of a given content. */
export const textFile = (content: string): Input => ({
  state: () => checksum(content),
  put: (target) => writeFileSync(target, content),
});

/** A file from Maven, or from its own cache. */
export const mavenArtifact = (coordinates: string): Input => ({
  state: () => coordinates,
  put: async (target) => {
    // Maven chooses the file's name, so it gets a folder of its own.
    const folder = mkdtempSync(join(dirname(target), '.maven-'));
    try {
      await call('mvn', [
        ...['-q', '-B', 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy'],
        ...[`-Dartifact=${coordinates}`, `-DoutputDirectory=${folder}`],
      ]);
      const [file = ''] = readdirSync(folder);
      renameSync(join(folder, file), target);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/**
 * All packages of a pom.xml with their dependencies, in one tar file.
 * @param path of the pom.xml
 */
export const mavenDependencies = (path: string): Input => ({
  state: () => checksum(readFileSync(path)),
  put: async (target) => {
    const folder = mkdtempSync(join(dirname(target), '.maven-'));
    try {
      await call('mvn', [
        ...['-q', '-B', '-f', path, 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'],
        ...['-DincludeScope=runtime', `-DoutputDirectory=${folder}`],
      ]);
      await call('tar', ['-cf', target, '-C', folder, '.']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** The smallest Debian with a package manager. */
const bootstrap = [
  ...['--quiet', '--mode=root', '--variant=minbase', '--architectures=amd64'],
  // The container runtime creates the devices.
  '--skip=output/dev',
  // These are copies of this machine's.
  '--customize-hook=rm -f "$1/etc/hostname" "$1/etc/resolv.conf"',
  '--aptopt=APT::Install-Recommends "false"',
  '--aptopt=Dir::Cache::pkgcache ""',
  '--aptopt=Dir::Cache::srcpkgcache ""',
  ...['doc', 'info', 'locale', 'man'].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`),
  'trixie',
];

/** The files of the base image. */
export const rootFilesystem: Input = {
  state: () => JSON.stringify(bootstrap),
  put: (target) => call('mmdebstrap', [...bootstrap, target]),
};
