/** What Koku reads and is no setting; the manual says why, and a test on the table of facts that nothing is missing here. */

interface LeftOut {
  readonly why: string;
  readonly variables: readonly string[];
}

export const leftOut: readonly LeftOut[] = [
  {
    why: 'The platform decides it: one container is one process or server, and the name of a schema never changes.',
    variables: [
      'APPLICATION_NAME',
      'APP_POD_NAME',
      'CLOWDER_ENABLED',
      'DJANGO_LOG_FILE',
      'DJANGO_LOG_HANDLERS',
      'DJANGO_READ_DOT_ENV_FILE',
      'GIT_COMMIT',
      'GUNICORN_THREADS',
      'GUNICORN_WORKERS',
      'HOSTNAME',
      'KAFKA_CONNECT',
      'LOG_DIRECTORY',
      'REQUEST_SOFT_TIMEOUT',
      'RUN_GUNICORN',
      'SCHEMA_SUFFIX',
      'SOURCES',
      'TEMPLATE_SCHEMA',
      'USE_READREPLICA',
    ],
  },
  {
    why: 'The option `sentry` gives them.',
    variables: ['KOKU_ENABLE_SENTRY', 'KOKU_SENTRY_DSN'],
  },
  {
    why: 'Only with Unleash, which is not part of this platform: without it no customer is large, limited or validated.',
    variables: [
      'LARGE_PROCESSING_WAIT_TIMER',
      'MAX_GROUP_BY_OVERRIDE',
      'UNLEASH_HOST',
      'UNLEASH_LOG_LEVEL',
      'UNLEASH_PORT',
      'UNLEASH_TOKEN',
      'VALIDATION_RANGE',
      'WORKER_CACHE_LARGE_CUSTOMER_CONCURRENT_TASKS',
      'WORKER_CACHE_LARGE_CUSTOMER_TIMEOUT',
    ],
  },
  {
    why: 'Only with RBAC, which is not part of this platform.',
    variables: ['RBAC_CACHE_TIMEOUT', 'RBAC_CACHE_TTL', 'RBAC_SERVICE_PATH', 'RBAC_SERVICE_PROTOCOL'],
  },
  {
    why: 'A stack with Trino and sources-api gives them; there is none yet.',
    variables: [
      'HIVE_DATABASE_NAME',
      'HIVE_DATABASE_PASSWORD',
      'HIVE_DATABASE_USER',
      'SOURCES_API_PREFIX',
      'SOURCES_INTERNAL_API_PREFIX',
      'SOURCES_PROBE_HEADER',
      'SOURCES_PSK',
      'TRINO_DEFAULT_CATALOG',
      'TRINO_DEFAULT_ISOLATION_LEVEL',
      'TRINO_HOST',
      'TRINO_PORT',
      'TRINO_S3A_OR_S3',
      'TRINO_USER',
    ],
  },
  {
    why: 'For services of Red Hat’s own, to which nothing here sends.',
    variables: ['ENABLE_HCS_DEBUG', 'ENABLE_SUBS_DEBUG', 'ENABLE_SUBS_PROVIDER_TYPES', 'REQUESTED_SUBS_BUCKET'],
  },
  {
    why: 'Logs in CloudWatch need keys of AWS in every pod; what collects a cluster’s logs reads those of Koku too.',
    variables: ['CW_AWS_ACCESS_KEY_ID', 'CW_AWS_REGION', 'CW_AWS_SECRET_ACCESS_KEY', 'CW_LOG_GROUP'],
  },
  {
    why: 'For developers and tests: some let everybody in.',
    variables: [
      'AZURE_COST_MGMT_CLIENT_API_VERSION',
      'DATE_OVERRIDE',
      'DEBUG_ATTACH',
      'DEMO_ACCOUNTS',
      'DEVELOPMENT',
      'DEVELOPMENT_IDENTITY',
      'DISABLE_LOGGING',
      'FORCE_HEADER_OVERRIDE',
      'GITHUB_ACTIONS',
      'IQE_TEST_RUN',
      'KEEPDB',
      'QE_SCHEMA',
      'S3_BUCKET_NAME_OCP_INGRESS',
      'SKIP_MINIO_DATA_DELETION',
      'SOURCES_FAKE_CLUSTER_HEADER',
      'SOURCES_FAKE_HEADER',
      'SOURCES_FAKE_SERVICE_ACCOUNT_HEADER',
    ],
  },
  {
    why: 'Koku reads them and does nothing with them.',
    variables: [
      'ACCOUNT_ACCESS_TYPE',
      'COLD_STORAGE_RETRIVAL_WAIT_TIME',
      'DELETE_CYCLE_MAX_RETRY',
      'DELETE_CYCLE_RECORD_LIMIT',
      'KOKU_DEFAULT_LOCALE',
      'KOKU_DEFAULT_TIMEZONE',
      'NOTIFICATION_CHECK_TIME',
      'PROMETHEUS_PUSHGATEWAY',
      'REPORT_PROCESSING_BATCH_SIZE',
      'S3_HOST',
      'S3_PORT',
      'S3_SECURE',
    ],
  },
];
