/** Says what differs, a line for each, and what follows. */
import type { Comparison, Difference } from './compare.ts';
import { counted, kinds } from './facts.ts';
import { reliesOn } from './our-code.ts';

/** What is added breaks nothing that runs. */
const breaks = ({ what, kind, name }: Difference): boolean => what !== 'added' && reliesOn(kind, name);

const lineOf = (difference: Difference): string => {
  const { what, kind, name, before, after } = difference;
  const said = [before, after].flatMap((side) => (side ? [`${side.value ? `${side.value} ` : ''}(${side.at})`] : []));
  return `${breaks(difference) ? '!' : ' '} ${what}: ${kinds[kind]} ${name}: ${said.join(' -> ')}`;
};

/** What is printed, and whether something is gone or changed that our code relies on. */
export interface Report {
  readonly lines: readonly string[];
  readonly broken: boolean;
}

/** The report of a comparison. */
export const reportOf = ({ differences, moved }: Comparison): Report => {
  const broken = differences.filter(breaks);
  const relied = `our code relies on ${broken.length} of what is gone or changed (!)`;
  return {
    lines: [
      ...differences.map(lineOf),
      ...(moved > 0 ? [`${counted(moved, 'fact')} moved to other lines`] : []),
      differences.length === 0 ? 'no difference' : `${counted(differences.length, 'difference')}; ${relied}`,
    ],
    broken: broken.length > 0,
  };
};
