/** The real kubeconform checks objects against the committed schemas. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { schemaFaults } from '../../clusters/src/kubeconform.ts';
import type { Schema } from '../src/schema.ts';

const json = join(import.meta.dirname, '../json');

const deployment = (spec: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  ${spec}
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: "shop:1", resources: { limits: { cpu: 1, memory: 1Gi } } }] }
`;

describe('a rendered object', () => {
  test('passes if it is valid', async () => {
    expect(await schemaFaults(deployment('replicas: 2'))).toEqual([]);
  });

  test('is refused for an undeclared key', async () => {
    expect(await schemaFaults(deployment('replicaz: 2'))).toEqual([expect.stringContaining('replicaz')]);
  });

  test('is refused for a value of another type, and for null', async () => {
    expect(await schemaFaults(deployment('replicas: two'))).toHaveLength(1);
    expect(await schemaFaults(deployment('replicas: null'))).toHaveLength(1);
  });

  test('may give a port by number or by name', async () => {
    const service = (port: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { ports: [{ port: 80, targetPort: ${port} }] }\n`;
    expect(await schemaFaults(`${service('8080')}---\n${service('http')}`)).toEqual([]);
  });

  test('of a custom kind is checked as strictly', async () => {
    const monitor = (key: string) =>
      `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: shop }\nspec: { selector: {}, endpoints: [{ ${key}: metrics }] }\n`;
    expect(await schemaFaults(monitor('port'))).toEqual([]);
    expect(await schemaFaults(monitor('prot'))).toEqual([expect.stringContaining('prot')]);
  });

  test('of a kind without a schema is an error and is not skipped', async () => {
    const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: one }\n';
    expect(await schemaFaults(widget)).toEqual([
      'Widget/one is of a kind without a schema (example.com/v1): add its definition and run npm run schemas',
    ]);
  });
});

describe('every committed schema', () => {
  const schemas = readdirSync(json).map((file) => [file, readFileSync(join(json, file), 'utf8')] as const);

  test('can be read by kubeconform', async () => {
    const documents = schemas.map(([, text]) => {
      const { apiVersion, kind } = (JSON.parse(text) as Schema).properties ?? {};
      return `apiVersion: ${apiVersion?.['const']}\nkind: ${kind?.['const']}\nmetadata: { name: one, typo: "" }\n`;
    });
    const faults = await schemaFaults(documents.join('---\n'));
    expect(faults).toHaveLength(schemas.length);
    expect(faults.filter((fault) => !fault.includes("additional properties 'typo' not allowed"))).toEqual([]);
  });

  test('allows null nowhere', () => {
    expect(schemas.filter(([, text]) => text.includes('"null"')).map(([file]) => file)).toEqual([]);
  });

  test('has no descriptions', () => {
    expect(schemas.filter(([, text]) => /"description":"/.test(text)).map(([file]) => file)).toEqual([]);
  });
});
