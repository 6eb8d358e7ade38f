/** Writes thousandths of a core in Kubernetes' notation. */
export const cpu = (millicores: number): string =>
  millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;

/** Writes Mi in Kubernetes' notation, as Gi if the number is whole. */
export const memory = (mebibytes: number): string =>
  mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;

const binary: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, Ti: 1024 ** 2 };
const decimal: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/**
 * Reads a CPU quantity, in thousandths of a core.
 * @throws Error for anything that is not a number with or without `m`
 */
export const toMillicores = (quantity: string | number): number => {
  const match = /^([0-9.]+)(m?)$/.exec(String(quantity));
  if (!match) throw new Error(`${quantity} is not a CPU quantity, such as 1, 0.5 or 500m`);
  return Number(match[1]) * (match[2] ? 1 : 1000);
};

/**
 * Reads a memory or storage quantity, in Mi.
 * @throws Error for a suffix that Kubernetes does not know
 */
export const toMebibytes = (quantity: string | number): number => {
  const match = /^([0-9.]+)([A-Za-z]*)$/.exec(String(quantity));
  const [, value = '', suffix = ''] = match ?? [];
  const factor = binary[suffix] ?? (decimal[suffix] ?? Number.NaN) / 2 ** 20;
  if (!match || Number.isNaN(factor)) throw new Error(`${quantity} is not a memory quantity, such as 512Mi, 2Gi or 1G`);
  return Number(value) * factor;
};
