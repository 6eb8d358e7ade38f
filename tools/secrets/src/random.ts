import { randomInt } from 'node:crypto';

const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A secret of that many letters and digits; others break Koku
 * (tools/documentation/facts/koku.md#characters-of-secrets).
 */
export const randomValue = (length: number): string =>
  Array.from({ length }, () => characters[randomInt(characters.length)]).join('');
