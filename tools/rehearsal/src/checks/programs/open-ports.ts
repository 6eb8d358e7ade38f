#!/usr/bin/env node
/** Runs in a pod's network: tries TCP addresses, given as `ip:port`, and prints as JSON which of them open. */
import { createConnection } from 'node:net';

/** Milliseconds, because a policy may drop packets instead of refusing them. */
const patience = 2000;

const opens = (target: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [host = '', port = ''] = target.split(':');
    const socket = createConnection({ host, port: Number(port), timeout: patience });
    const done = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket
      .on('connect', () => done(true))
      .on('error', () => done(false))
      .on('timeout', () => done(false));
  });

const targets = process.argv.slice(2);
const results = await Promise.all(targets.map(opens));
console.log(JSON.stringify(targets.filter((_, index) => results[index])));
