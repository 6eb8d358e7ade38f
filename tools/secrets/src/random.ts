import { randomInt } from 'node:crypto';

const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A secret of letters and digits, as many as asked for: others break what reads some of them (facts/koku.md §8). */
export const randomValue = (length: number): string =>
  Array.from({ length }, () => characters[randomInt(characters.length)]).join('');
