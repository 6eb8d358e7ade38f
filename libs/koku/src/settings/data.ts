/** What is kept, and how much is worked on at once (koku/settings.py, koku/celery.py and masu/config.py). */
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { fromOne, timeOfDay, trueOrFalse, wholeNumber } from './value-types.ts';

export const dataSettings = {
  RETAIN_NUM_MONTHS: {
    otherwise: '4',
    purpose:
      'Months of data to keep. Any number but 4 holds for all customers; with 4 each may choose in the user interface.',
    ...fromOne,
  },
  REMOVE_EXPIRED_REPORT_DATA_ON_DAY: {
    otherwise: '1',
    purpose: 'Day of the month on which what is older than RETAIN_NUM_MONTHS is removed; 0: never.',
    type: '0 to 28',
    pattern: /[0-9]|1[0-9]|2[0-8]/,
  },
  REMOVE_EXPIRED_REPORT_UTC_TIME: {
    otherwise: '00:00',
    purpose: 'When on that day, in UTC.',
    ...timeOfDay,
  },
  TAG_ENABLED_LIMIT: {
    otherwise: '200',
    purpose: 'How many tag keys a customer may enable; 0: any number.',
    ...wholeNumber,
  },
  INITIAL_INGEST_NUM_MONTHS: {
    otherwise: '3',
    purpose: 'Months back from today that uploads can change; of a new cloud source, months that are fetched.',
    ...fromOne,
  },
  TRINO_DATE_STEP: {
    otherwise: '5',
    purpose: 'Days that one statement summarises, in Trino or in PostgreSQL.',
    ...fromOne,
  },
  PARQUET_PROCESSING_BATCH_SIZE: {
    otherwise: '200000',
    purpose: 'Rows of an upload that are in memory at once: fewer need less memory, and more time.',
    ...fromOne,
  },
  S3_CONNECTION_TIMEOUT: {
    otherwise: '60',
    purpose: 'Seconds in which the object store must accept a connection.',
    ...fromOne,
  },
  VACUUM_DATA_DAY_OF_WEEK: {
    purpose: 'Day on which PostgreSQL’s autovacuum is adapted to the sizes of tables. Left out: every day.',
    type: 'sun, mon, tue, wed, thu, fri or sat',
    pattern: /sun|mon|tue|wed|thu|fri|sat/,
  },
  VACUUM_DATA_UTC_TIME: {
    otherwise: '00:00',
    purpose: 'When on that day, in UTC.',
    ...timeOfDay,
  },
  AUTOVACUUM_TUNING: {
    purpose:
      'From how many rows on a table is vacuumed when which part of them has changed. Left out: as in the example.',
    type: 'list of rows and part in JSON',
    pattern: /\[\[[0-9]+,0?\.[0-9]+\](,\[[0-9]+,0?\.[0-9]+\])*\]/,
    example: '[[10000000,0.01],[1000000,0.02],[100000,0.05]]',
  },
  DISABLE_ROS_MSG: {
    otherwise: 'False',
    purpose: 'True: nothing is passed on to the resource optimisation, which is not part of this platform yet.',
    ...trueOrFalse,
  },
  ROS_URL_EXPIRATION: {
    otherwise: '172800',
    purpose: 'Seconds for which the resource optimisation may fetch what was passed on to it.',
    ...fromOne,
  },
} as const satisfies Readonly<Record<string, Setting>>;
