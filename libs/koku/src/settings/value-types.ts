/** Types of settings' values: a pattern, and the same in words for the manual. */
import type { ValueType } from '@cost-onprem/kit/vocabulary';

/** Python's notation, because Koku reads it. */
export const trueOrFalse: ValueType = { type: 'True or False', pattern: /True|False/ };

export const wholeNumber: ValueType = { type: 'whole number', pattern: /0|[1-9][0-9]*/ };

export const fromOne: ValueType = { type: 'whole number from 1', pattern: /[1-9][0-9]*/ };

/** Levels of Python's logging, which Celery and gunicorn use too. */
export const logLevel: ValueType = {
  type: 'DEBUG, INFO, WARNING, ERROR or CRITICAL',
  pattern: /DEBUG|INFO|WARNING|ERROR|CRITICAL/,
};

/** A time of day, in UTC. */
export const timeOfDay: ValueType = { type: 'HH:MM', pattern: /([01][0-9]|2[0-3]):[0-5][0-9]/ };

/** Cron's five fields, in UTC. */
export const schedule: ValueType = { type: 'five fields of cron', pattern: /[0-9*/,-]+( [0-9a-z*/,-]+){4}/i };
