/** An HTTP server in place of an application: records requests and gives the answer that the test sets. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Endpoint } from '@cost-onprem/kit';

export interface Arrival {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

/** Answers a request after the server has received it. */
export type Answer = (response: ServerResponse) => void;

export const ok: Answer = (response) => response.end('ok');

/** Handles the request, but closes the connection without an answer. */
export const reset: Answer = (response) => response.socket?.resetAndDestroy();

const countBytes = async (request: IncomingMessage) => {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  return bytes;
};

/**
 * Listens on an endpoint's port.
 * @param arrived receives every complete request and returns its answer
 * @returns a function that stops listening and closes every connection
 */
export const listen = async (
  { workload, number }: Endpoint,
  address: string,
  arrived: (arrival: Arrival) => Answer,
) => {
  const server = createServer({ maxHeaderSize: 64 * 1024 }, async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const bytes = await countBytes(request);
    response.setHeader('X-Answered-By', workload);
    arrived({ at: workload, method, path, headers, bytes })(response);
  });
  server.listen(number, address);
  await once(server, 'listening');
  return async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
};
