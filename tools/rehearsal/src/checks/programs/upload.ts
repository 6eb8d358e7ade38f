#!/usr/bin/env node
/**
 * Runs in a pod's network: sends uploads as the metrics operator does, some at a time, and prints each answer as one line of
 * JSON. The first line of stdin is the task. When stdin ends, the program starts no further upload.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Task, Upload } from '../uploads/task.ts';

/** Bytes that are written at once. */
const chunk = 64 * 1024;

/** Seconds until a refused upload is sent again. */
const pause = 2;

const contentOf = ({ file, bytes = 0 }: Upload): Buffer =>
  // Not zeros, and not random, which takes long.
  file === undefined ? Buffer.alloc(bytes, 'not compressed') : readFileSync(file);

const boundary = 'rehearsal-of-an-upload';

/** The form as the metrics operator sends it: one part, whose file name is a path. */
const formOf = (upload: Upload): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${upload.field ?? 'file'}"; filename="/tmp/upload/cost-mgmt.tar.gz"\r\n` +
        `Content-Type: ${upload.contentType}\r\n\r\n`,
    ),
    contentOf(upload),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);

const send = (task: Task, upload: Upload): Promise<Answer> =>
  new Promise((resolve) => {
    const began = performance.now();
    const body = formOf(upload);
    const over = new AbortController();
    let sent = 0;
    const finish = (status: number, text: string, requestId = ''): void => {
      if (over.signal.aborted) return;
      over.abort();
      outgoing.destroy();
      resolve({ name: upload.name, status, text, requestId, sent, seconds: (performance.now() - began) / 1000 });
    };
    const outgoing = request(`${task.origin}${task.path}`, {
      method: 'POST',
      agent: false,
      timeout: 60_000,
      headers: {
        ...(!upload.withoutToken && { authorization: `Bearer ${process.env['GATEWAY_TOKEN'] ?? ''}` }),
        'x-rh-identity': task.identity,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': body.length,
      },
    });
    outgoing.on('timeout', () => finish(0, 'no answer in time'));
    outgoing.on('error', (error: NodeJS.ErrnoException) => finish(0, error.code ?? error.message));
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      const id = response.headers['x-rh-insights-request-id'];
      response.on('end', () => finish(response.statusCode ?? 0, text, typeof id === 'string' ? id : ''));
      response.on('error', (error: NodeJS.ErrnoException) => finish(0, `the answer broke: ${error.code}`));
    });
    const write = async (): Promise<void> => {
      const step = upload.rate === undefined ? chunk : Math.max(1, Math.min(chunk, upload.rate / 2));
      for (let at = 0; at < body.length && !over.signal.aborted; at += step) {
        if (upload.stopAfter !== undefined && at >= upload.stopAfter) return finish(0, 'stopped');
        const part = body.subarray(at, at + step);
        sent += part.length;
        // Also called when the connection is gone.
        await new Promise((written) => outgoing.write(part, written));
        if (upload.rate !== undefined) await sleep((part.length / upload.rate) * 1000);
      }
      if (!over.signal.aborted) outgoing.end();
    };
    void write().catch((error: Error) => finish(0, error.message));
  });

const lines = createInterface({ input: process.stdin });
const stopped = new AbortController();
const [line] = (await once(lines, 'line')) as [string];
lines.on('close', () => stopped.abort());
const task = JSON.parse(line) as Task;
const left = [...task.uploads];

const work = async (): Promise<void> => {
  for (let next = left.shift(); next && !stopped.signal.aborted; next = left.shift()) {
    const answer = await send(task, next);
    console.log(JSON.stringify(answer));
    if (task.again && answer.status !== 202) {
      left.push(next);
      await sleep(pause * 1000);
    }
  }
};
await Promise.all(Array.from({ length: task.atOnce }, work));
process.exit();
