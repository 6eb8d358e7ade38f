/** How Koku fetches cloud sources (koku/settings.py and koku/celery.py). No effect if ONPREM is True. */
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { fromOne, schedule, trueOrFalse } from './value-types.ts';

export const cloudSettings = {
  SCHEDULE_REPORT_CHECKS: {
    otherwise: 'False',
    purpose: 'Cloud sources. True: Koku looks for new bills on a schedule.',
    ...trueOrFalse,
  },
  REPORT_DOWNLOAD_SCHEDULE: {
    otherwise: '0 * * * *',
    purpose: 'Cloud sources: when Koku looks for new bills, in UTC.',
    ...schedule,
  },
  POLLING_TIMER: {
    otherwise: '86400',
    purpose: 'Cloud sources: seconds after which Koku checks a source again.',
    ...fromOne,
  },
  POLLING_COUNT: {
    otherwise: '21',
    purpose: 'Cloud sources: into how many batches Koku divides the sources. It checks one batch each time.',
    ...fromOne,
  },
  PROCESSING_WAIT_TIMER: {
    otherwise: '3',
    purpose: 'Cloud sources: days after which Koku fetches a bill again if it has not finished processing it.',
    ...fromOne,
  },
  AUTO_DATA_INGEST: {
    otherwise: 'True',
    purpose: 'Cloud sources. True: Koku fetches the bills of a new source at once.',
    ...trueOrFalse,
  },
  INITIAL_INGEST_OVERRIDE: {
    otherwise: 'False',
    purpose: 'Cloud sources. True: Koku fetches as many months each time as for a new source, instead of two.',
    ...trueOrFalse,
  },
  XL_REPORT_COUNT: {
    otherwise: '100',
    purpose: 'Cloud sources: a bill of more files goes to the workers for large bills.',
    ...fromOne,
  },
  PANDAS_COLUMN_BATCH_SIZE: {
    otherwise: '250',
    purpose: 'Cloud sources: columns of a bill that Koku holds in memory at once. Each tag has a column.',
    ...fromOne,
  },
  SOURCE_STATUS_SCHEDULE: {
    otherwise: '0 3 * * *',
    purpose: 'Cloud sources: when Koku checks that it can reach them, in UTC.',
    ...schedule,
  },
  KOKU_DEFAULT_COST_TYPE: {
    otherwise: 'unblended_cost',
    purpose: 'Cloud sources: the type of AWS costs that Koku shows to users who have chosen none.',
    type: 'unblended_cost, blended_cost or calculated_amortized_cost',
    pattern: /(un)?blended_cost|calculated_amortized_cost/,
  },
} as const satisfies Readonly<Record<string, Setting>>;
