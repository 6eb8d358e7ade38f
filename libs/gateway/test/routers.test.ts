/** What we ask of the router in front of the gateway agrees with the gateway's own limits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { largestBody, largestHeader } from '@cost-onprem/contracts';
import { expect, test } from 'vitest';

const platform = (file: string) =>
  readFileSync(join(import.meta.dirname, '../../../overlays/platforms/kubernetes', file), 'utf8');

test('the Ingress lets bodies and headers of answers pass that the gateway lets pass', () => {
  const ingress = platform('ingress.yaml');
  expect(ingress).toContain(`nginx.ingress.kubernetes.io/proxy-body-size: ${largestBody}m`);
  expect(ingress).toContain(`nginx.ingress.kubernetes.io/proxy-buffer-size: ${largestHeader}k`);
});

test('the platform’s page says how ingress-nginx lets the largest header pass', () => {
  expect(platform('README.md')).toContain(`{"large-client-header-buffers":"4 ${largestHeader}k"}`);
});
