/** Recommendations of the resource optimisation (tools/documentation/facts/ros.md#list-of-recommendations). */
import { gatewayRoutes } from '@cost-onprem/contracts';
import { askJson, waitFor, type Ask, type Patience } from './ask.ts';
import { dayAfter, uses } from './usage.ts';

/** The path of the list. */
const list = `${gatewayRoutes['rosocp-api'].prefix}openshift`;

interface Sizes {
  readonly cpu?: { readonly amount?: number; readonly format?: string };
  readonly memory?: { readonly amount?: number; readonly format?: string };
}

interface Listed {
  readonly data: readonly {
    readonly cluster_uuid: string;
    readonly project: string;
    readonly container: string;
    readonly recommendations?: {
      readonly recommendation_terms?: {
        readonly short_term?: {
          readonly recommendation_engines?: { readonly cost?: { readonly config?: { readonly requests?: Sizes } } };
        };
      };
    };
  }[];
}

/** What a container should request, by the recommendation that saves cost. */
export interface Recommendation {
  readonly project: string;
  readonly container: string;
  readonly requests: Sizes;
}

/** The short-term recommendations for a cluster from a report of one day. */
export const recommendationsOf = async (
  ask: Ask,
  clusterId: string,
  day: string,
): Promise<readonly Recommendation[]> => {
  // Without dates the API lists those of this month, which are none of a report of its eve.
  const range = `start_date=${day}&end_date=${dayAfter(day)}&limit=100`;
  const query = `cluster=${clusterId}&${range}&memory-unit=MiB&true-units=true`;
  const { data } = await askJson<Listed>(ask, 'GET', `${list}?${query}`);
  return data
    .filter(({ cluster_uuid }) => cluster_uuid === clusterId)
    .flatMap(({ project, container, recommendations }) => {
      const { requests } =
        recommendations?.recommendation_terms?.short_term?.recommendation_engines?.cost?.config ?? {};
      return requests?.cpu || requests?.memory ? [{ project, container, requests }] : [];
    });
};

/** A recommendation in words. */
export const inWords = ({ project, container, requests: { cpu, memory } }: Recommendation): string =>
  `${project}/${container}: ${[cpu, memory].flatMap((size) => (size ? `${size.amount} ${size.format}` : [])).join(', ')}`;

/**
 * Waits until every container of a report has a recommendation.
 * @throws Error with what is missing
 */
export const waitForRecommendations = (
  ask: Ask,
  clusterId: string,
  day: string,
  patience: Patience,
): Promise<readonly Recommendation[]> =>
  waitFor('the recommendations', patience, async (see) => {
    const found = await recommendationsOf(ask, clusterId, day);
    const missing = uses.filter(
      ({ namespace, workload }) =>
        !found.some(({ project, container }) => project === namespace && container === workload),
    );
    see(`there is none for ${missing.map(({ namespace, workload }) => `${namespace}/${workload}`).join(', ')}`);
    return missing.length === 0 ? found : undefined;
  });

/** Waits until a removed source has taken its recommendations with it (tools/documentation/facts/ros.md#end-of-a-source). */
export const waitForNoRecommendation = (
  ask: Ask,
  clusterId: string,
  day: string,
  patience: Patience,
): Promise<boolean> =>
  waitFor('the end of the recommendations', patience, async (see) => {
    const found = await recommendationsOf(ask, clusterId, day);
    see(`there are still ${found.length}`);
    return found.length === 0 ? true : undefined;
  });
