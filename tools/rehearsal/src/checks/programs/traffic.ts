#!/usr/bin/env node
/**
 * Runs in a pod's network: sends requests to a URL at a steady rate until it is told to stop, reads and writes in turn, each
 * on a new connection, and prints as JSON how many it sent and which answers it got.
 */
import { request } from 'node:http';

const [url = '', rate = '', identity = '', mark = ''] = process.argv.slice(2);
const counts: Record<string, number> = {};
let sent = 0;
let underWay = 0;
let stopping = false;

const count = (what: string): void => {
  counts[what] = (counts[what] ?? 0) + 1;
  underWay -= 1;
  if (stopping && underWay === 0) finish();
};

const finish = (): void => {
  console.log(JSON.stringify({ sent, counts }));
  process.exit();
};

const send = (): void => {
  const method = sent % 2 === 0 ? 'GET' : 'POST';
  sent += 1;
  underWay += 1;
  const path = method === 'GET' ? 'status/' : 'cost-models/';
  const authorization = `Bearer ${process.env['GATEWAY_TOKEN']}`;
  const headers = {
    authorization,
    'x-rh-identity': identity,
    'content-type': 'application/json',
    'user-agent': mark,
  };
  const outgoing = request(`${url}${path}`, { method, headers, agent: false, timeout: 30_000 }, (response) => {
    response.resume().on('close', () => count(`${method} ${response.statusCode}`));
  });
  outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')));
  outgoing.on('error', (error: NodeJS.ErrnoException) => count(`${method} ${error.code ?? error.message}`));
  outgoing.end(method === 'POST' ? '{}' : undefined);
};

const timer = setInterval(send, 1000 / Number(rate));
const stop = (): void => {
  clearInterval(timer);
  stopping = true;
  if (underWay === 0) finish();
};
process.on('SIGTERM', stop);
process.stdin.on('end', stop).resume();
