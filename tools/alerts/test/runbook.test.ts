/** An alert leads to its paragraph in the runbook, and the runbook names only existing things. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbookPath } from '@cost-onprem/contracts';
import { workloadsOf } from '@cost-onprem/kit';
import { describe, expect, test } from 'vitest';
import { loadApplications } from '../../repository/src/applications.ts';
import { repository } from '../../repository/src/repository.ts';
import { alertsOf, readGroups } from '../src/rules.ts';

const alerts = alertsOf(readGroups());
const runbook = readFileSync(join(repository, runbookPath), 'utf8');

/** Paragraphs by their headings. */
const paragraphs = Object.fromEntries(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...body] = part.split('\n');
      return [heading, body.join('\n').split(/^# /m)[0] ?? ''];
    }),
);

/** The anchor that editors and git hosts derive from a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

describe.each(alerts)('$alert', ({ alert, annotations, labels }) => {
  test('has a severity, a summary and a description', () => {
    expect(labels['severity']).toMatch(/^(critical|warning)$/);
    expect(annotations['summary']).toMatch(/^\S.*[^.]$/);
    expect(annotations['description']).toMatch(/^\S.*\.$/);
  });

  test('links to its paragraph, which has the meaning, what users see, commands and the fix', () => {
    expect(annotations['runbook_url']).toBe(`${runbookPath}#${anchor(alert)}`);
    expect(paragraphs[alert]).toMatch(/^\*\*Means:\*\* [^]*\*\*Users see:\*\* [^]*```sh\n[^]*```\n[^]*\*\*Fix:\*\* /m);
  });
});

test('a paragraph is with its alert, in the application that both are about', async () => {
  const applications = await loadApplications();
  const astray = applications.flatMap(({ name, rules = {}, runbook: own = '' }) =>
    Object.values(rules)
      .flat()
      .flatMap((rule) => ('alert' in rule && !own.includes(`\n## ${rule.alert}\n`) ? [`${name}: ${rule.alert}`] : [])),
  );
  expect(astray).toEqual([]);
});

test('the runbook has no paragraph for an alert that does not exist', () => {
  const names = new Set(alerts.map(({ alert }) => alert));
  expect(Object.keys(paragraphs).filter((heading) => heading.startsWith('Cost') && !names.has(heading))).toEqual([]);
});

test('links inside the runbook have targets, and its paths exist', () => {
  const anchors = new Set(Object.keys(paragraphs).map(anchor));
  const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, to = '']) => to);
  expect(links.filter((to) => !anchors.has(to))).toEqual([]);
  const paths = [...runbook.matchAll(/`((?:libs|overlays|tools)\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

describe('names', async () => {
  const applications = await loadApplications();
  const workloads = applications.flatMap(workloadsOf);
  const names = new Set(workloads.map(({ name }) => name));
  const claims = new Set(workloads.flatMap(({ store }) => (store ? [store.claim] : [])));

  test('rules name only declared workloads and claims', () => {
    const labels = /\b(deployment|statefulset|service|job_name|cronjob|persistentvolumeclaim)(?:=~|!=|=)"([^"]*)"/g;
    const unknown = readGroups()
      .flatMap(({ rules }) => rules)
      .flatMap(({ expr }) => [...expr.matchAll(labels)])
      .flatMap(([, label = '', value = '']) => value.split('|').map((name) => [label, name] as const))
      .filter(([label, name]) => !(label === 'persistentvolumeclaim' ? claims : names).has(name));
    expect(unknown).toEqual([]);
  });

  test('the runbook names only declared workloads', () => {
    const sent = [
      ...runbook.matchAll(/(?:deployment|statefulset|job|cronjob)\/([a-z][a-z-]+)|kubernetes\.io\/name=([a-z-]+)/g),
    ];
    expect(sent.map(([, one, other]) => one ?? other ?? '').filter((name) => !names.has(name))).toEqual([]);
  });
});
