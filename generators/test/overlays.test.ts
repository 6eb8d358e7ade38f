/** Declarations that name an overlay name one that there is: the folders of overlays/ decide, whatever the types say. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { application, endpoints, mergeable, workload, type Overlay } from '@cost-onprem/kit';
import { connectionFaults, overlayNames, overlayType, settingFaults } from '../src/overlays.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'overlays-'));
  write('overlays/options/rates/kustomization.yaml', 'kind: Component\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

/** A name that the compiler would refuse. */
const unchecked = (name: string): Overlay => name as Overlay;

describe('overlays', () => {
  test('are folders of folders with a kustomization, and nothing above or below', () => {
    write('overlays/stacks/all/kustomization.yaml', '');
    write('overlays/argo-cd/kustomization.yaml', '');
    write('overlays/options/rates/more/kustomization.yaml', '');
    write('overlays/options/draft/notes.txt', '');
    expect(overlayNames(root)).toEqual(['options/rates', 'stacks/all']);
  });

  test('are what the type of their names allows', () => {
    expect(overlayType(['options/rates', 'stacks/all'])['overlay.ts']).toContain(
      "type Overlay =\n  | 'options/rates'\n  | 'stacks/all';\n",
    );
  });
});

test('a setting with an overlay that does not exist is refused, with its line and what there is', () => {
  const settings = (name: string) => [
    mergeable({ name: 'shop', purpose: 'Sells.', settings: { URL: { purpose: 'x', withOverlay: unchecked(name) } } }),
  ];
  write('libs/shop/src/settings.ts', "\n\nwithOverlay: 'options/rate'\n");
  expect(settingFaults(settings('options/rates'), 'shop', root)).toEqual([]);
  expect(settingFaults(settings('options/rate'), 'shop', root)).toEqual([
    'libs/shop/src/settings.ts:3: URL of shop is set withOverlay: options/rate, which is no overlay; did you mean options/rates? there is options/rates',
  ]);
});

describe('a connection whose server an overlay brings', () => {
  const rates = endpoints('rates', { http: 8080 });
  const shop = (overlay: string) =>
    application({
      name: 'shop',
      bases: {
        '.': {
          workloads: [
            workload({
              name: 'shop',
              purpose: 'Sells.',
              kind: 'Deployment',
              image: 'registry.example.com/shop:1',
              wave: 'application',
              connects: [{ to: rates.http, when: unchecked(overlay) }],
            }),
          ],
        },
      },
    });

  test('is refused where there is no such overlay, with its line and what there is', () => {
    write('libs/shop/src/index.ts', "\nconnects: [{ to: rates.http, when: 'nonsense' }]\n");
    expect(connectionFaults(shop('nonsense'), root)).toEqual([
      'libs/shop/src/index.ts:2: shop connects to rates when: nonsense, which is no overlay; there is options/rates',
    ]);
  });

  test('is refused until the overlay lists what joins the client', () => {
    expect(connectionFaults(shop('options/rates'), root)).toEqual([
      'overlays/options/rates/kustomization.yaml: must list ../../../libs/shop/base/when/options/rates in its components, because it joins shop to a server that comes with options/rates',
    ]);
    write('overlays/options/rates/kustomization.yaml', 'components:\n  - ../../../libs/shop/base/when/options/rates\n');
    expect(connectionFaults(shop('options/rates'), root)).toEqual([]);
  });
});
