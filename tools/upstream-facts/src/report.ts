/** Reports the differences, one line each, and whether they break our code. */
import type { Comparison, Difference } from './compare.ts';
import { counted, kinds } from './facts.ts';
import { reliesOn } from './our-code.ts';
import type { UpstreamName } from './upstreams.ts';

/** Whether a difference may break our code. An added fact cannot. */
const breaks = (upstream: UpstreamName, { what, kind, name }: Difference): boolean =>
  what !== 'added' && reliesOn(upstream, kind, name);

const lineOf = (upstream: UpstreamName, difference: Difference): string => {
  const { what, kind, name, before, after } = difference;
  const said = [before, after].flatMap((side) => (side ? [`${side.value ? `${side.value} ` : ''}(${side.at})`] : []));
  return `${breaks(upstream, difference) ? '!' : ' '} ${what}: ${kinds[kind]} ${name}: ${said.join(' -> ')}`;
};

/** The lines to print, and whether a fact that our code relies on is gone or changed. */
export interface Report {
  readonly lines: readonly string[];
  readonly broken: boolean;
}

/** The report of a comparison. */
export const reportOf = (upstream: UpstreamName, { differences, moved }: Comparison): Report => {
  const broken = differences.filter((difference) => breaks(upstream, difference));
  const relied = `our code relies on ${broken.length} of the gone or changed facts (!)`;
  return {
    lines: [
      ...differences.map((difference) => lineOf(upstream, difference)),
      ...(moved > 0 ? [`${counted(moved, 'fact')} moved to other lines`] : []),
      differences.length === 0 ? 'no difference' : `${counted(differences.length, 'difference')}; ${relied}`,
    ],
    broken: broken.length > 0,
  };
};
