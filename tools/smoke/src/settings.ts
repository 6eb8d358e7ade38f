/** What a person may give to a smoke test, checked. */
import { existsSync, readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { gatewayToken, namespace } from '@cost-onprem/contracts';

/** The variable with the token. A command line would show it to every user of the machine. */
export const tokenVariable = 'SMOKE_TOKEN';

const fileText = (option: string, file: string): string => {
  if (!existsSync(file)) throw new Error(`--${option}=${file}: there is no such file`);
  return readFileSync(file, 'utf8');
};

/**
 * The token, from the variable or from a file.
 * @throws Error if there is none, if there are two, or if it cannot be a header. No message repeats it
 */
export const tokenOf = (environment: NodeJS.ProcessEnv, file: string | undefined): string => {
  const variable = environment[tokenVariable] ?? '';
  if (variable !== '' && file !== undefined)
    throw new Error(`${tokenVariable} and --token-file both give a token; give one of them`);
  const where = file === undefined ? tokenVariable : `--token-file=${file}`;
  const token = (file === undefined ? variable : fileText('token-file', file)).trim();
  if (token === '')
    throw new Error(
      `${where} has no token: it is the key ${gatewayToken.keys.token.key} of the Secret ${gatewayToken.name} in the namespace ${namespace}; tools/smoke/README.md has the command`,
    );
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error(`${where}: a token has no spaces and only letters of ASCII`);
  return token;
};

/** Names of this machine, to which plain HTTP stays on the machine, as through `kubectl port-forward`. */
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * An address without a path.
 * @throws Error for what is no such address
 */
export const addressOf = (given: string): URL => {
  const wrong = (why: string) =>
    new Error(`--address=${given}: ${why}; it must be https://<host> or https://<host>:<port>`);
  if (!URL.canParse(given)) throw wrong('is no address');
  const address = new URL(given);
  if (address.username !== '' || address.password !== '')
    throw new Error('--address: contains a user or a password; the token is the only credential');
  if (address.pathname !== '/' || address.search !== '' || address.hash !== '') throw wrong('has a path');
  if (address.protocol === 'http:' && !loopback.has(address.hostname))
    throw wrong('would send the token without encryption');
  if (address.protocol !== 'https:' && address.protocol !== 'http:') throw wrong('is neither HTTPS nor HTTP');
  return address;
};

/**
 * Certificates to trust, as PEM.
 * @throws Error for a file without a certificate, or with one that cannot be read
 */
export const caOf = (file: string): string => {
  const blocks = fileText('ca', file).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new Error(`--ca=${file}: contains no certificate in PEM`);
  try {
    return blocks.map((block) => new X509Certificate(block).toString()).join('');
  } catch (error) {
    throw new Error(`--ca=${file}: contains a certificate that cannot be read`, { cause: error });
  }
};

/**
 * Whole seconds.
 * @throws Error for what is no whole number above 0
 */
export const secondsOf = (option: string, given: string): number => {
  if (!/^[1-9]\d*$/.test(given)) throw new Error(`--${option}=${given}: must be a whole number of seconds above 0`);
  return Number(given);
};

/**
 * An organisation's identifier or account number. Koku and ROS name a schema and tables after it
 * (tools/documentation/facts/ros.md#names-of-organisations).
 * @throws Error for other letters
 */
export const organisationPart = (option: string, given: string): string => {
  if (!/^[a-z0-9_]{1,30}$/.test(given)) throw new Error(`--${option}=${given}: use up to 30 of a-z, 0-9 and _`);
  return given;
};
