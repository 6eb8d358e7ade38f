/** The page of settings is complete. */
import type { Mergeable } from '@cost-onprem/kit';
import { describe, expect, test } from 'vitest';
import { loadApplications, mergeablesOf } from '../../tools/repository/src/applications.ts';
import { pages } from '../src/documentation/pages.ts';

const applications = await loadApplications();
const lines = (pages(applications)['settings.md'] ?? '').split('\n');

/** Cells of a row; a bar in a pattern is escaped. */
const cells = (line: string): readonly string[] => line.split(/(?<!\\)\|/).slice(1, -1);

describe.for(mergeablesOf(applications).map((mergeable: Mergeable) => [mergeable.name, mergeable] as const))(
  '%s',
  ([name, mergeable]) => {
    test.for(Object.entries(mergeable.settings))(
      '%s has its own row with type, default, who sets it, and purpose',
      ([key, setting]) => {
        const start = lines.indexOf(`## \`${name}\``);
        const section = lines.slice(start + 1);
        const end = section.findIndex((line) => line.startsWith('## '));
        const rows = section.slice(0, end).filter((line) => line.startsWith(`| \`${key}\` |`));
        expect(rows).toHaveLength(1);
        const [, type, , who, purpose] = cells(rows[0] ?? '').map((cell) => cell.trim());
        expect(cells(rows[0] ?? '')).toHaveLength(5);
        expect([type, who].every((cell) => cell !== undefined && cell.length > 1)).toBe(true);
        expect(purpose).toContain(setting.purpose);
      },
    );

    test('defaults and examples of settings match their own patterns', () => {
      const impossible = Object.entries(mergeable.settings).flatMap(
        ([key, { value = '', otherwise = '', example = '', pattern = /.*/s }]) =>
          [value, otherwise, example]
            .filter((text) => text !== '' && !new RegExp(`^(?:${pattern.source})$`, pattern.flags).test(text))
            .map((text) => `${key}=${text}`),
      );
      expect(impossible).toEqual([]);
    });
  },
);
