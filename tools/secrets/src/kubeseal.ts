import { spawn } from 'node:child_process';
import { namespace } from '@cost-onprem/contracts';
import { binary } from '../../binaries/src/binary.ts';
import { at } from '../../manifests/src/manifest.ts';

/** The controller that can decrypt the values. */
export interface Recipient {
  /** A file with the controller's certificate; without it, kubeseal fetches the certificate from the controller. */
  readonly cert?: string | undefined;
  /** Context of kubectl's configuration; default: the current one. */
  readonly context?: string | undefined;
}

/**
 * Encrypts the values of one Secret for one cluster's controller. Passes them through a pipe, so that neither a file
 * nor a command line contains them.
 * @throws Error with kubeseal's output
 */
export const seal = async (
  name: string,
  values: Readonly<Record<string, string>>,
  { cert, context }: Recipient,
): Promise<Readonly<Record<string, string>>> => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: values };
  const options = [...(cert ? ['--cert', cert] : []), ...(context ? ['--context', context] : [])];
  const child = spawn(await binary('kubeseal'), ['--format', 'json', ...options], { stdio: 'pipe' });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => err.push(part));
  child.stdin.on('error', () => undefined).end(JSON.stringify(secret));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`kubeseal: ${Buffer.concat(err).toString().trim()}`);
  const sealed: unknown = JSON.parse(Buffer.concat(out).toString());
  return at(sealed, 'spec', 'encryptedData') as Readonly<Record<string, string>>;
};
