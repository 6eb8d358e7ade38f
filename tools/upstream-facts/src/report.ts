/** Reports the differences, one line each, and whether they break our code. */
import type { Comparison, Difference } from './compare.ts';
import { counted, kinds } from './facts.ts';
import { reliesOn } from './our-code.ts';

/** Whether a difference may break our code. An added fact cannot. */
const breaks = ({ what, kind, name }: Difference): boolean => what !== 'added' && reliesOn(kind, name);

const lineOf = (difference: Difference): string => {
  const { what, kind, name, before, after } = difference;
  const said = [before, after].flatMap((side) => (side ? [`${side.value ? `${side.value} ` : ''}(${side.at})`] : []));
  return `${breaks(difference) ? '!' : ' '} ${what}: ${kinds[kind]} ${name}: ${said.join(' -> ')}`;
};

/** The lines to print, and whether a fact that our code relies on is gone or changed. */
export interface Report {
  readonly lines: readonly string[];
  readonly broken: boolean;
}

/** The report of a comparison. */
export const reportOf = ({ differences, moved }: Comparison): Report => {
  const broken = differences.filter(breaks);
  const relied = `our code relies on ${broken.length} of the gone or changed facts (!)`;
  return {
    lines: [
      ...differences.map(lineOf),
      ...(moved > 0 ? [`${counted(moved, 'fact')} moved to other lines`] : []),
      differences.length === 0 ? 'no difference' : `${counted(differences.length, 'difference')}; ${relied}`,
    ],
    broken: broken.length > 0,
  };
};
