/** What Koku keeps, and how much it processes at once (koku/settings.py, koku/celery.py and masu/config.py). */
import { buckets } from '@cost-onprem/contracts';
import type { Setting } from '@cost-onprem/kit/vocabulary';
import { fromOne, timeOfDay, trueOrFalse, wholeNumber } from './value-types.ts';

export const dataSettings = {
  RETAIN_NUM_MONTHS: {
    otherwise: '4',
    purpose:
      'Months of data to keep. With 4 each customer may choose in the user interface. Any other number applies to all.',
    ...fromOne,
  },
  REMOVE_EXPIRED_REPORT_DATA_ON_DAY: {
    otherwise: '1',
    purpose: 'Day of the month on which Koku removes data older than RETAIN_NUM_MONTHS. 0: never.',
    type: '0 to 28',
    pattern: /[0-9]|1[0-9]|2[0-8]/,
  },
  REMOVE_EXPIRED_REPORT_UTC_TIME: {
    otherwise: '00:00',
    purpose: 'Time of that removal, in UTC.',
    ...timeOfDay,
  },
  TAG_ENABLED_LIMIT: {
    otherwise: '200',
    purpose: 'How many tag keys a customer may enable. 0: any number.',
    ...wholeNumber,
  },
  INITIAL_INGEST_NUM_MONTHS: {
    otherwise: '3',
    purpose: 'How many months back uploads can change data, and how many months Koku fetches of a new cloud source.',
    ...fromOne,
  },
  TRINO_DATE_STEP: {
    otherwise: '5',
    purpose: 'Days that one statement summarises, in Trino or in PostgreSQL.',
    ...fromOne,
  },
  PARQUET_PROCESSING_BATCH_SIZE: {
    otherwise: '200000',
    purpose: 'Rows of an upload that Koku holds in memory at once. Fewer rows need less memory and more time.',
    ...fromOne,
  },
  S3_CONNECTION_TIMEOUT: {
    otherwise: '60',
    purpose: 'Seconds within which the object store must accept a connection.',
    ...fromOne,
  },
  VACUUM_DATA_DAY_OF_WEEK: {
    purpose: 'Day on which Koku adapts PostgreSQL’s autovacuum to the sizes of its tables. Default: every day.',
    type: 'sun, mon, tue, wed, thu, fri or sat',
    pattern: /sun|mon|tue|wed|thu|fri|sat/,
  },
  VACUUM_DATA_UTC_TIME: {
    otherwise: '00:00',
    purpose: 'Time of that adaptation, in UTC.',
    ...timeOfDay,
  },
  AUTOVACUUM_TUNING: {
    purpose:
      'Pairs of a number of rows and a part: PostgreSQL vacuums a table of at least so many rows when that part has changed. Default: the example.',
    type: 'list of rows and part in JSON',
    pattern: /\[\[[0-9]+,0?\.[0-9]+\](,\[[0-9]+,0?\.[0-9]+\])*\]/,
    example: '[[10000000,0.01],[1000000,0.02],[100000,0.05]]',
  },
  DISABLE_ROS_MSG: {
    otherwise: 'False',
    purpose: 'True: Koku does not announce files to the resource optimisation.',
    setBy: 'stack',
    ...trueOrFalse,
  },
  REQUESTED_ROS_BUCKET: {
    value: buckets.ros,
    purpose: 'Bucket of the files for the resource optimisation.',
    setBy: 'stack',
  },
  ROS_URL_EXPIRATION: {
    otherwise: '172800',
    purpose: 'Seconds for which the resource optimisation may fetch what Koku passed on.',
    ...fromOne,
  },
} as const satisfies Readonly<Record<string, Setting>>;
