/** A client that neither normalises paths nor keeps connections. */
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Request {
  readonly method?: string;
  readonly path: string;
  /** An address of this machine; 127.0.0.1 by default. */
  readonly host?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Bytes that it announces and sends. */
  readonly bytes?: number;
  /** Bytes that it announces but does not send. */
  readonly announcedBytes?: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export const megabyte = 1024 * 1024;

function* body(bytes: number) {
  const chunk = Buffer.alloc(megabyte, 'x');
  for (let left = bytes; left > 0; left -= megabyte) yield chunk.subarray(0, Math.min(left, megabyte));
}

const lengthOf = ({ bytes, announcedBytes }: Request): OutgoingHttpHeaders => {
  const length = bytes ?? announcedBytes;
  return length === undefined ? {} : { 'Content-Length': length };
};

/** Sends one request to a port of this machine and reads the whole reply. */
export const exchange = (port: number, wanted: Request): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', path, host = '127.0.0.1', bytes = 0, announcedBytes } = wanted;
    const headers = { Host: 'cost.example.com', ...wanted.headers, ...lengthOf(wanted) };
    const outgoing = request({ host, port, method, path, headers, agent: false });
    outgoing.on('response', async (response) => {
      try {
        const chunks = await response.toArray();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      } catch (error) {
        reject(error);
      } finally {
        outgoing.destroy();
      }
    });
    outgoing.on('error', reject);
    if (announcedBytes !== undefined) outgoing.flushHeaders();
    else pipeline(Readable.from(body(bytes)), outgoing).catch(reject);
  });
