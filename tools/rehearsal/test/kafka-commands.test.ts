/** The promises of Kafka's own scripts, tested on the stand-ins; a program that prints its arguments replaces Java. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kafka-'));
  cpSync(join(import.meta.dirname, '../images/kafka'), join(root, 'bin'), { recursive: true });
  mkdirSync(join(root, 'java/bin'), { recursive: true });
  writeFileSync(join(root, 'java/bin/java'), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(root, 'java/bin/java'), 0o755);
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const started = (script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  execFileSync('bash', [join(root, 'bin', script), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', JAVA_HOME: join(root, 'java'), ...env },
  })
    .trim()
    .split('\n');

const config = (file: string): string => `-Dlog4j2.configurationFile=${root}/bin/../config/${file}`;

test('a tool gets 256 MiB and its arguments, and creates no folder', () => {
  const words = started('kafka-run-class.sh', ['a.Class', '--option', 'two words']);
  expect(words).toEqual(expect.arrayContaining(['-Xmx256M', config('tools-log4j2.yaml'), `${root}/bin/../libs/*`]));
  expect(words.slice(-3)).toEqual(['a.Class', '--option', 'two words']);
  expect(existsSync(join(root, 'logs'))).toBe(false);
});

test('the server gets 1 GiB, its own log, and a log of the garbage collector, in a new folder', () => {
  const words = started('kafka-server-start.sh', ['a.properties', '--override', 'b=c']);
  expect(words).toEqual(expect.arrayContaining(['-Xmx1G', '-Xms1G', config('log4j2.yaml')]));
  expect(words.filter((word) => word.startsWith('-Xlog:gc*:'))).toEqual([
    `-Xlog:gc*:file=${root}/bin/../logs/kafkaServer-gc.log:time,tags:filecount=10,filesize=100M`,
  ]);
  expect(words.slice(-4)).toEqual(['kafka.Kafka', 'a.properties', '--override', 'b=c']);
  expect(existsSync(join(root, 'logs'))).toBe(true);
});

test('variables replace the server’s defaults', () => {
  const words = started('kafka-server-start.sh', ['a.properties'], {
    CLASSPATH: '/more/*',
    EXTRA_ARGS: '-name other',
    KAFKA_HEAP_OPTS: '-Xmx1m -Xms2m',
    KAFKA_JMX_OPTS: '-Dnone=1',
    KAFKA_JVM_PERFORMANCE_OPTS: '-XX:+UseSerialGC',
    KAFKA_LOG4J_OPTS: '-Dlog=2',
    KAFKA_OPTS: '-Da=1 -Db=2',
    LOG_DIR: join(root, 'elsewhere'),
  });
  expect(words).toEqual([
    ...['-Xmx1m', '-Xms2m', '-XX:+UseSerialGC', '-Dnone=1', `-Dkafka.logs.dir=${root}/elsewhere`, '-Dlog=2'],
    ...['-cp', `/more/*:${root}/bin/../libs/*`, '-Da=1', '-Db=2', 'kafka.Kafka', 'a.properties'],
  ]);
});

test('a port for JMX opens when a variable names it', () => {
  expect(started('kafka-run-class.sh', ['a.Class'], { JMX_PORT: '9101' })).toEqual(
    expect.arrayContaining([
      '-Dcom.sun.management.jmxremote.port=9101',
      '-Dcom.sun.management.jmxremote.rmi.port=9101',
    ]),
  );
});

test.each(['kafka-server-start.sh', 'kafka-run-class.sh'])(
  '%s without arguments prints its usage, and fails',
  (script) => {
    const usage = expect.objectContaining({ status: 1, stdout: expect.stringContaining(`${script} [-daemon] `) });
    expect(() => started(script, [])).toThrow(usage);
  },
);
