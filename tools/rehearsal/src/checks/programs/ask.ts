#!/usr/bin/env node
/** Runs in a pod's network: sends the request that stdin has as JSON, and prints status and answer as JSON. */
import { text } from 'node:stream/consumers';

const { url, method, headers, body } = JSON.parse(await text(process.stdin)) as {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64. */
  readonly body?: string;
};
const response = await fetch(url, {
  method,
  headers: { ...headers, authorization: `Bearer ${process.env['GATEWAY_TOKEN']}` },
  ...(body !== undefined && { body: Buffer.from(body, 'base64') }),
  signal: AbortSignal.timeout(200_000),
});
const retryAfter = response.headers.get('retry-after');
console.log(JSON.stringify({ status: response.status, text: await response.text(), retryAfter }));
