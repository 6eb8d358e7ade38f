#!/usr/bin/env node
/** Runs in a pod's network: sends one request, with its body from stdin, and prints status and answer as JSON. */
import { text } from 'node:stream/consumers';

const [url = '', method = '', identity = ''] = process.argv.slice(2);
const body = await text(process.stdin);
const response = await fetch(url, {
  method,
  headers: {
    authorization: `Bearer ${process.env['GATEWAY_TOKEN']}`,
    'x-rh-identity': identity,
    'content-type': 'application/json',
  },
  ...(body && { body }),
  signal: AbortSignal.timeout(200_000),
});
console.log(JSON.stringify({ status: response.status, text: await response.text() }));
