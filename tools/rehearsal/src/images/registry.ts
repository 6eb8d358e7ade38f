/** Lets pip reach its registry inside a build as it does outside. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Settings of pip that Containerfiles declare as arguments. */
const settings = ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_TRUSTED_HOST', 'PIP_DEFAULT_TIMEOUT'];

/** An empty folder of every Debian. */
const mountedAt = '/media';

/**
 * Options of `buildah bud`. Arguments exist in the first stage only, and mounts end with it, so the image contains nothing of
 * this machine. Values are not on the command line, because an address may contain a password.
 */
export const registryAccess = (): {
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} => {
  const given = settings.flatMap((name) => (process.env[name] ? ['--build-arg', name] : []));
  const bundle = ['PIP_CERT', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE']
    .map((name) => process.env[name])
    .find((path) => path && existsSync(path));
  if (!bundle) return { options: given, env: {} };
  const file = realpathSync(bundle);
  return {
    options: [...given, '--build-arg', 'PIP_CERT', '--volume', `${dirname(file)}:${mountedAt}:ro`],
    env: { PIP_CERT: `${mountedAt}/${basename(file)}` },
  };
};
