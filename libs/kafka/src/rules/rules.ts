import { alert, kafka, noneReady, series, type Rules } from '@cost-onprem/contracts';

/** What is wrong with Kafka, wherever it is. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostKafkaDown',
      severity: 'critical',
      expression: `${series('kafka_brokers')} == 0
or ${noneReady(kafka.client.workload)}`,
      lasts: '5m',
      summary: 'Kafka does not answer',
      description: 'Uploads that were accepted wait. Reports still answer.',
    }),
  ],
};
