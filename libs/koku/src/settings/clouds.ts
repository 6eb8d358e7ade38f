/** How cloud sources are fetched (koku/settings.py and koku/celery.py): of no effect where ONPREM is True. */
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { fromOne, schedule, trueOrFalse } from './value-types.ts';

export const cloudSettings = {
  SCHEDULE_REPORT_CHECKS: {
    otherwise: 'False',
    purpose: 'Cloud sources. True: it is looked for new bills by itself.',
    ...trueOrFalse,
  },
  REPORT_DOWNLOAD_SCHEDULE: {
    otherwise: '0 * * * *',
    purpose: 'Cloud sources: when it is looked for new bills, in UTC.',
    ...schedule,
  },
  POLLING_TIMER: {
    otherwise: '86400',
    purpose: 'Cloud sources: seconds after which a source is looked at again.',
    ...fromOne,
  },
  POLLING_COUNT: {
    otherwise: '21',
    purpose: 'Cloud sources: into how many batches the sources are divided, one for each time that it is looked.',
    ...fromOne,
  },
  PROCESSING_WAIT_TIMER: {
    otherwise: '3',
    purpose: 'Cloud sources: days after which a bill whose processing has not ended is fetched again.',
    ...fromOne,
  },
  AUTO_DATA_INGEST: {
    otherwise: 'True',
    purpose: 'Cloud sources. True: the bills of a new source are fetched at once.',
    ...trueOrFalse,
  },
  INITIAL_INGEST_OVERRIDE: {
    otherwise: 'False',
    purpose: 'Cloud sources. True: each time as many months are fetched as of a new source, instead of two.',
    ...trueOrFalse,
  },
  XL_REPORT_COUNT: {
    otherwise: '100',
    purpose: 'Cloud sources: files of a bill above which it goes to the workers for large ones.',
    ...fromOne,
  },
  PANDAS_COLUMN_BATCH_SIZE: {
    otherwise: '250',
    purpose: 'Cloud sources: columns of a bill that are in memory at once, where tags have one each.',
    ...fromOne,
  },
  SOURCE_STATUS_SCHEDULE: {
    otherwise: '0 3 * * *',
    purpose: 'Cloud sources: when it is tried whether they can be reached, in UTC.',
    ...schedule,
  },
  KOKU_DEFAULT_COST_TYPE: {
    otherwise: 'unblended_cost',
    purpose: 'Cloud sources: which costs of AWS are shown to users who have chosen none.',
    type: 'unblended_cost, blended_cost or calculated_amortized_cost',
    pattern: /(un)?blended_cost|calculated_amortized_cost/,
  },
} as const satisfies Readonly<Record<string, Setting>>;
