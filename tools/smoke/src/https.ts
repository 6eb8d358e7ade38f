/** Requests over HTTPS to the public address. */
import * as http from 'node:http';
import * as https from 'node:https';
import { text } from 'node:stream/consumers';
import { getCACertificates } from 'node:tls';
import { uploadTimeout } from '@cost-onprem/contracts';
import { NoAnswer, secondsToWait, type Answer, type Ask, type Question } from './ask.ts';

/** A client of one platform. */
export interface Client {
  /** The address without a path. */
  readonly address: URL;
  readonly token: string;
  /** The value of the header X-Rh-Identity. */
  readonly identity: string;
  /** Certificates, as PEM, to trust besides those that this machine trusts. */
  readonly ca?: string;
  readonly signal?: AbortSignal;
  /** Seconds for one request. Default: longer than the gateway waits for an upload. */
  readonly timeout?: number;
}

/** Longer than the gateway's longest time-out, so that its answer comes first. */
const longest = uploadTimeout + 20;

const certificateFaults =
  /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH)/;

/** Why there was no answer. */
const noAnswer = (error: NodeJS.ErrnoException, { hostname, host, protocol }: URL): NoAnswer => {
  const code = error.code ?? '';
  if (certificateFaults.test(code))
    return new NoAnswer(
      `the certificate of ${host} is not trusted (${code}); give the file of its CA as --ca=<file>`,
      false,
      error,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new NoAnswer(`the name ${hostname} does not resolve`, code === 'EAI_AGAIN', error);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return new NoAnswer(`${host} does not answer in ${protocol === 'https:' ? 'TLS' : 'HTTP'} (${code})`, false, error);
  return new NoAnswer(`${host} gives no answer: ${error.message || code}`, true, error);
};

/** All certificates of authorities to trust. A list replaces Node's own, so it contains those too. */
const trusted = (ca: string | undefined): string[] =>
  [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ca ?? ''])].filter(Boolean);

/** A client that sends the token and the identity with each request, and verifies the certificate. */
export const httpsClient = ({ address, token, identity, ca, signal, timeout = longest }: Client): Ask => {
  const agent =
    address.protocol === 'https:' ? new https.Agent({ ca: trusted(ca), keepAlive: true }) : new http.Agent();
  const { request } = address.protocol === 'https:' ? https : http;
  return ({ method, path, headers, body }: Question) =>
    new Promise<Answer>((resolve, reject) => {
      signal?.throwIfAborted();
      const limit = AbortSignal.timeout(timeout * 1000);
      const fail = (error: Error): void => {
        if (signal?.aborted) reject(signal.reason as Error);
        else if (limit.aborted) reject(new NoAnswer(`${address.host} gives no answer within ${timeout} s`, true));
        else reject(noAnswer(error, address));
      };
      const sent = request(
        new URL(path, address),
        {
          method,
          agent,
          signal: signal ? AbortSignal.any([signal, limit]) : limit,
          headers: {
            accept: 'application/json',
            ...headers,
            authorization: `Bearer ${token}`,
            'x-rh-identity': identity,
            ...(body && { 'content-length': body.byteLength }),
          },
        },
        (response) => {
          const retryAfter = secondsToWait(response.headers['retry-after']);
          text(response).then(
            (said) =>
              resolve({
                status: response.statusCode ?? 0,
                text: said,
                ...(retryAfter !== undefined && { retryAfter }),
              }),
            fail,
          );
        },
      );
      sent.on('error', fail);
      sent.end(body);
    });
};
